/* A part of find's expression, for those who parse it and those who follow it. */
#ifndef FIND_NODE_H
#define FIND_NODE_H
#include <regex.h>
#include <stdio.h>
#include <time.h>
#include "find-expression.h"

enum kind {
  AND, OR, NOT, COMMA,
  NAME, INAME, PATH, IPATH, LNAME, ILNAME, REGEX, IREGEX,
  TYPE, XTYPE, SIZE, EMPTY, PERM, LINKS, INUM, USER, GROUP, UID, GID, NO_USER, NO_GROUP, SAME,
  NEWER, DAYS, MINUTES,
  READABLE, WRITABLE, EXECUTABLE, TRUE, FALSE,
  PRINT, PRINT0, PRINTF, LS, EXEC, EXECDIR, OK, DELETE, PRUNE, QUIT,
  /* Those that are true and set something. */
  MIN_DEPTH, MAX_DEPTH, DEPTH, ONE_DEVICE, DAY_START, REGEX_TYPE,
};

struct node {
  enum kind kind;
  struct node *left, *right;
  const char *text; /* pattern, letters of -type, format of -printf */
  char sign;        /* + or -, of numbers; - or / of -perm */
  char which;       /* a, m or c: the time that is compared */
  unsigned long number, unit;
  struct timespec time;
  struct stat same;
  regex_t regex;
  FILE *file;      /* what -print, -printf and -ls write to */
  char **command;  /* -exec: up to its ; or + */
  int count, together;
  char **paths;    /* of -exec +, which wait */
  char *directory; /* and the directory that they are in, with -execdir */
  int waiting;
};

/* Runs a command for a file; what waits for its +. */
int find_execute(struct node *n, const char *path);
void find_run_waiting(struct node *n);

/* -printf and -ls. */
void find_printf(FILE *to, const char *format, const struct found *f);
void find_list(FILE *to, const struct found *f);

/* The path's last part. */
const char *find_name(const char *path);

const struct timespec *find_time(const struct stat *s, char which);
char find_letter(mode_t mode);

#endif

/* A file in a line: mode, links, owner, group, size, time and name; inode and blocks before that (ls.h). */
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>
#include "file.h"
#include "ls.h"
#include "tool.h"

#define HALF_A_YEAR (182 * 86400L)

static const char *number_or(const char *name, unsigned id, char to[12]) {
  if (name && !ls.numeric) return name;
  snprintf(to, 12, "%u", id);
  return to;
}

static char *human_text(unsigned long bytes, char to[24]) {
  return ls.by_thousands ? tool_human_by(bytes, 1000, to) : tool_human(bytes, to);
}

static void size_text(const struct stat *s, char to[24]) {
  if (S_ISCHR(s->st_mode) || S_ISBLK(s->st_mode))
    snprintf(to, 24, "%u, %u", major(s->st_rdev), minor(s->st_rdev));
  else if (ls.human)
    human_text((unsigned long)s->st_size, to);
  else
    snprintf(to, 24, "%ld", s->st_size);
}

/* The widths of the columns of a long listing. */
struct widths {
  int links, size, inode, blocks, owner, group;
};

static void put_time(const struct timespec *when) {
  char text[256], iso[48];
  time_t now = time(0);
  int recent = when->tv_sec <= now && when->tv_sec > now - HALF_A_YEAR;
  const char *format = recent ? "%b %e %H:%M" : "%b %e  %Y";
  if (ls.time_style && strcmp(ls.time_style, "full-iso") == 0) {
    printf("%s ", file_time(when, iso));
    return;
  }
  if (ls.time_style && *ls.time_style == '+') format = ls.time_style + 1;
  else if (ls.time_style && strcmp(ls.time_style, "long-iso") == 0) format = "%Y-%m-%d %H:%M";
  else if (ls.time_style && strcmp(ls.time_style, "iso") == 0) format = recent ? "%m-%d %H:%M" : "%Y-%m-%d ";
  text[strftime(text, sizeof text, format, localtime(&when->tv_sec))] = 0;
  printf("%s ", text);
}

static void put_long(const char *directory, const struct entry *entry, const struct widths *w) {
  const struct stat *s = &entry->stat;
  char uid[12], gid[12], size[24], mode[11];
  if (entry->is_unknown) {
    printf("%c????????? %*s ", *file_permissions(s->st_mode, mode), w->links, "?");
    if (!ls.no_owner) printf("%-*s ", w->owner, "?");
    if (!ls.no_group) printf("%-*s ", w->group, "?");
    if (ls.author) printf("%-*s ", w->owner, "?");
    printf("%*s %12s ", w->size, "?", "?");
    ls_put_name(entry);
    putchar(ls.end_of_name);
    return;
  }
  size_text(s, size);
  printf("%s %*u ", file_permissions(s->st_mode, mode), w->links, s->st_nlink);
  if (!ls.no_owner) printf("%-*s ", w->owner, number_or(file_owner(s->st_uid, 0), s->st_uid, uid));
  if (!ls.no_group) printf("%-*s ", w->group, number_or(file_group(s->st_gid, 0), s->st_gid, gid));
  if (ls.author) printf("%-*s ", w->owner, number_or(file_owner(s->st_uid, 0), s->st_uid, uid));
  printf("%*s ", w->size, size);
  put_time(ls_time(s));
  int links = ls.classify;
  if (S_ISLNK(s->st_mode)) ls.classify = 0; /* its own @ would be in the way of the arrow */
  ls_put_name(entry);
  ls.classify = links;
  if (S_ISLNK(s->st_mode)) ls_put_target(directory, entry);
  putchar(ls.end_of_name);
}

static void widen(int *width, int to) {
  if (to > *width) *width = to;
}

char *ls_blocks_text(unsigned long blocks, char to[24]) {
  if (ls.human) return human_text(blocks * 512, to);
  snprintf(to, 24, "%lu", (blocks + 1) / 2);
  return to;
}

void ls_put_lines(const char *directory, const struct entry *entries, int count) {
  struct widths w = {1, 1, 1, 1, 1, 1};
  for (int i = 0; i < count; i++) {
    const struct stat *s = &entries[i].stat;
    char text[24], id[12];
    if (entries[i].is_unknown) continue;
    widen(&w.links, snprintf(text, sizeof text, "%u", s->st_nlink));
    widen(&w.inode, snprintf(text, sizeof text, "%lu", s->st_ino));
    widen(&w.blocks, (int)strlen(ls_blocks_text((unsigned long)s->st_blocks, text)));
    size_text(s, text);
    widen(&w.size, (int)strlen(text));
    if (!ls.long_format) continue;
    widen(&w.owner, (int)strlen(number_or(file_owner(s->st_uid, 0), s->st_uid, id)));
    widen(&w.group, (int)strlen(number_or(file_group(s->st_gid, 0), s->st_gid, id)));
  }
  for (int i = 0; i < count; i++) {
    char text[24];
    int is_unknown = entries[i].is_unknown;
    snprintf(text, sizeof text, is_unknown ? "?" : "%lu", entries[i].stat.st_ino);
    if (ls.inodes) printf("%*s ", w.inode, text);
    if (ls.blocks_shown) printf("%*s ", w.blocks, is_unknown ? "?" : ls_blocks_text((unsigned long)entries[i].stat.st_blocks, text));
    if (ls.long_format) {
      put_long(directory, &entries[i], &w);
    } else {
      ls_put_name(&entries[i]);
      putchar(ls.end_of_name);
    }
  }
}

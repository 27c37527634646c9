/* Copying a file or a tree, for cp and mv; and what both ask and say about what they would overwrite. */
#ifndef COPY_H
#define COPY_H

struct copying {
  int recursive;     /* directories with all that is in them */
  int keep;          /* mode, owner and times */
  int keeps_links;   /* symbolic links stay links; -1: unless they are given by name */
  int asks, refuses; /* before overwriting; never overwrites (-i, -n: the last one counts) */
  int newer_only;    /* only what is newer than its target, or missing there */
  int removes;       /* a target that cannot be opened is removed first; 2: every target */
  int says;          /* every file that is copied */
  int attributes_only; /* nothing of what is in them */
  int link;          /* 'l': hard links instead of copies, 's': symbolic ones */
};

/* Copies `from` to the path `to`. Complains itself; returns 0 or 1. */
int copy_path(const char *from, const char *to, const struct copying *how);

/* Whether `to` may be written: asks, refuses and compares times as `how` says. */
int copy_allowed(const char *from, const char *to, const struct copying *how);

/* Asks "name: text " on standard error; whether the answer begins with y or Y. */
int copy_asks(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Where `from` goes when `to` is a directory: "to/name of from"; otherwise `to`. The result lies in `room`. */
const char *copy_target(const char *from, const char *to, char room[4096]);

/* Whether `to` is a directory, as it has to be for several sources and for -t (`is_named`); complains if not. */
int copy_into(const char *to, int is_named);

/* The target among the operands, and how many sources there are from optind on; `directory`: what -t says, `whole`: -T. Complains
   and ends the program when something is missing, or when the target of several sources is no directory. */
const char *copy_operands(int argc, char **argv, const char *directory, int whole, int *sources);

/* Complains "name: cannot WHAT 'path': …"; 1. */
int copy_failed(const char *what, const char *path);

#endif

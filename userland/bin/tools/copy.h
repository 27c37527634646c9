/* Copying a file or a tree, for cp and mv. */
#ifndef COPY_H
#define COPY_H

/* Copies `from` to the path `to`: a directory with all that is in it if `recursive`, else complains about it. With `keep`
   mode and times are kept and links stay links. Complains itself; returns 0 or 1. */
int copy_path(const char *from, const char *to, int recursive, int keep);

/* Where `from` goes when `to` is a directory: "to/name of from"; otherwise `to`. The result lies in `room`. */
const char *copy_target(const char *from, const char *to, char room[4096]);

/* Whether `to` is a directory, as it has to be for several sources; complains if not. */
int copy_into(const char *to);

#endif

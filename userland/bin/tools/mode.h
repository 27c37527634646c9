/* Permissions as chmod(1) and mkdir -m spell them: octal, or [ugoa]*([-+=]([rwxXst]*|[ugo]))+, with commas between. */
#ifndef MODE_H
#define MODE_H
#include <sys/types.h>

/* `mode` (with its file type) changed by `text`, under the given umask. Returns 0, or -1 when `text` is no mode. */
int mode_change(const char *text, mode_t mode, mode_t mask, mode_t *result);
#endif

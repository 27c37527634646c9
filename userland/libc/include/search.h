/* search.h: linear search, doubly linked lists, and binary trees (POSIX). */
#ifndef _SEARCH_H
#define _SEARCH_H
#include <stddef.h>
typedef enum { preorder, postorder, endorder, leaf } VISIT;
void *lfind(const void *key, const void *base, size_t *count, size_t size, int (*compare)(const void *, const void *));
void *lsearch(const void *key, void *base, size_t *count, size_t size, int (*compare)(const void *, const void *));
void insque(void *element, void *before);
void remque(void *element);
void *tsearch(const void *key, void **root, int (*compare)(const void *, const void *));
void *tfind(const void *key, void *const *root, int (*compare)(const void *, const void *));
void *tdelete(const void *restrict key, void **restrict root, int (*compare)(const void *, const void *));
void twalk(const void *root, void (*visit)(const void *, VISIT, int));
#endif

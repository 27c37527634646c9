/* A text that is edited: bytes in one block, and what was done to them, so that it can be undone. */
#ifndef EDIT_TEXT_H
#define EDIT_TEXT_H
#include <stddef.h>

extern char *edit_bytes;
extern size_t edit_size;

/* How many changes lie between the text and its beginning; equal numbers mean equal texts, as long as nothing new is done. */
extern long edit_version;

/* The text to begin with. */
void edit_start(const char *bytes, size_t size);

/* Takes `removed` bytes out at `at` and puts others in. What is typed in one go is undone in one go: `joins` says that this
   continues the change before. */
void edit_replace(size_t at, size_t removed, const char *bytes, size_t inserted, int joins);

/* Undoes or redoes one change; where it was, or -1 when there is none. */
long edit_undo(void);
long edit_redo(void);

#endif

/* Which lines have to be taken out of one text and put into the other to make them equal. */
#ifndef LINE_CHANGES_H
#define LINE_CHANGES_H

/* The two texts as numbers: equal lines have equal numbers. In `changed[side]`, which has count + 2 bytes and begins with an
   unused one at -1, a 1 marks each line that only this side has. As few as possible are marked (Myers, "An O(ND) difference
   algorithm and its variations", 1986), and moved down as far as they go, as GNU's diff does. Returns 0 without memory. */
int line_changes(const int *lines[2], const long count[2], unsigned char *changed[2]);

#endif

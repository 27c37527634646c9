/* Colours for people: only on a terminal, and not where NO_COLOR is set (no-color.org). */
#ifndef COLOUR_H
#define COLOUR_H

#define COLOUR_HEADING "1"
#define COLOUR_GOOD "32"
#define COLOUR_CAREFUL "33"
#define COLOUR_SHARED "36"
#define COLOUR_BAD "31"
#define COLOUR_DIM "2"

/* Whether standard output is to be coloured. `when` is the argument of --color: "auto" or null, "always", "never"; anything
   else ends the program with a complaint. */
int colour_wanted(const char *when);

/* Prints the text in a colour (one of the above; null: none) if `wanted`, padded to `width` (negative: on the right). */
void colour_put(int wanted, const char *colour, int width, const char *text);
#endif

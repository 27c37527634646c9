/* Names as a shell, or C, would have to be told them. */
#ifndef QUOTE_H
#define QUOTE_H

enum quote_style { QUOTE_LITERAL, QUOTE_SHELL, QUOTE_SHELL_ALWAYS, QUOTE_SHELL_ESCAPE, QUOTE_C, QUOTE_ESCAPE };

/* The name in that style, in a block of its own. QUOTE_SHELL and QUOTE_SHELL_ESCAPE quote only what needs it; with
   QUOTE_SHELL_ESCAPE what cannot be printed becomes $'\n' and kin. */
char *quote(const char *name, enum quote_style style);

#endif

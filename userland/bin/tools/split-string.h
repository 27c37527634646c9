/* Words in one text, as env -S has them. */
#ifndef SPLIT_STRING_H
#define SPLIT_STRING_H

/* Splits at white space, with quotes, escapes and ${VARIABLE}; complains about what is malformed and ends the program. The words
   lie in a block that ends with a null. */
char **split_string(const char *text, int *count);

#endif

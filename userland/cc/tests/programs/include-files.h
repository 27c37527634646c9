/* Of include-files.c. */
#ifdef TABLE
ROW(first, 1)
ROW(second, 20)
ROW(third, 300)
#else
#ifndef INCLUDE_FILES_H
#define INCLUDE_FILES_H
static int from_header(int x) { return x * __INCLUDE_LEVEL__; }
enum { included_line = __LINE__ };
#endif
#endif

/* The one program behind the small tools: the name it was called by chooses the main. tool-list.h is written by
   build-image.mjs, one TOOL(name) for each source in bin/. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

typedef int tool_main(int argc, char **argv);
#define TOOL(name) tool_main name##_main;
#include "tool-list.h"
#undef TOOL

static const struct {
  const char *name;
  tool_main *main;
} tools[] = {
#define TOOL(name) {#name, name##_main},
#include "tool-list.h"
#undef TOOL
};

int main(int argc, char **argv) {
  const char *name = program_invocation_short_name;
  if (strcmp(name, "[") == 0) name = "test"; /* no C function can be called [ */
  for (size_t i = 0; i < sizeof tools / sizeof *tools; i++)
    if (strcmp(tools[i].name, name) == 0) return tools[i].main(argc, argv);
  fprintf(stderr, "tools: '%s' is none of:", program_invocation_short_name);
  for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) fprintf(stderr, " %s", tools[i].name);
  fputs("\n", stderr);
  return 127;
}

// Which of the shell's sources run only once something was typed. Until then a terminal's shell reads /etc/profile, shows the
// prompt and waits for a key; a test boots a machine that has nothing else (e2e/tools/split-image.test.ts).

export const lateSources = new Set([
  "arith.c",
  "builtin-control.c",
  "builtin-dir.c",
  "builtin-help.c",
  "builtin-jobs.c",
  "builtin-limits.c",
  "builtin-test.c",
  "complete.c",
  "fc.c",
  "glob.c",
  "search.c",
  "strerror.c",
  "substitute.c",
]);

/* Builtins about variables and parameters: export, readonly, local, unset, set, shift, getopts. */
#include "sh.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
  char letter; /* 0: only by name */
  const char *name;
  bool *place;
} option_table[] = {{'a', "allexport", &sh.allexport}, {'b', "notify", &sh.notify},
                    {'C', "noclobber", &sh.noclobber}, {'e', "errexit", &sh.errexit},
                    {'f', "noglob", &sh.noglob},       {'h', "hashall", &sh.hashall},
                    {0, "ignoreeof", &sh.ignoreeof},   {'m', "monitor", &sh.jobctl},
                    {'n', "noexec", &sh.noexec},       {0, "nolog", &sh.nolog},
                    {'u', "nounset", &sh.nounset},     {0, "pipefail", &sh.pipefail},
                    {'v', "verbose", &sh.verbose},     {'x', "xtrace", &sh.xtrace}};
enum { OPTIONS = sizeof option_table / sizeof *option_table };

static void switch_option(int i, bool on) {
  char letter = option_table[i].letter;
  if (letter == 'm') job_control(on);
  /* -n would leave a person without a shell. */
  else if (letter != 'n' || !at_prompt()) *option_table[i].place = on;
  if (letter == 'b') signals_init();
}

int set_option(int letter, bool on) {
  for (int i = 0; i < OPTIONS; i++)
    if (option_table[i].letter == letter) return switch_option(i, on), 0;
  return -1;
}

int set_named_option(const char *name, bool on) {
  for (int i = 0; i < OPTIONS; i++)
    if (strcmp(option_table[i].name, name) == 0) return switch_option(i, on), 0;
  return -1;
}

char *option_letters(char *buf) {
  char *s = buf;
  for (int i = 0; i < OPTIONS; i++)
    if (option_table[i].letter && *option_table[i].place) *s++ = option_table[i].letter;
  if (sh.interactive) *s++ = 'i';
  *s = 0;
  return buf;
}

static void show_options(bool as_commands) {
  for (int i = 0; i < OPTIONS; i++) {
    bool on = *option_table[i].place;
    if (as_commands) out_fmt("set %co %s\n", on ? '-' : '+', option_table[i].name);
    else out_fmt("%-16s%s\n", option_table[i].name, on ? "on" : "off");
  }
}

static void show_var(struct var *v) {
  if (!v->value) return;
  out_str(v->name);
  out_byte('=');
  out_quoted(v->value);
  out_byte('\n');
}

int builtin_set(int argc, char **argv) {
  if (argc == 1) {
    var_each(show_var);
    return 0;
  }
  int i = 1;
  for (; i < argc && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1]; i++) {
    bool on = argv[i][0] == '-';
    if (strcmp(argv[i], "--") == 0) {
      set_params(argc - i - 1, argv + i + 1);
      return 0;
    }
    for (const char *s = argv[i] + 1; *s; s++) {
      int failed = 0;
      if (*s != 'o') failed = set_option(*s, on);
      else if (i + 1 >= argc) show_options(!on);
      else failed = set_named_option(argv[++i], on), s = "o";
      if (failed) {
        warn("set: no such option: %s", argv[i]);
        return fail_command(2);
      }
    }
  }
  if (i < argc && strcmp(argv[i], "-") == 0) {
    /* The old way to end the options; it also ends tracing. */
    sh.xtrace = sh.verbose = false;
    if (++i >= argc) return 0;
  }
  if (i < argc) set_params(argc - i, argv + i);
  return 0;
}

int builtin_shift(int argc, char **argv) {
  char *end = "";
  long n = argc > 1 ? strtol(argv[1], &end, 10) : 1;
  if (*end || n < 0 || n > sh.nparams) {
    warn("shift: cannot shift that many");
    return fail_command(2);
  }
  for (long i = 0; i < n; i++) free(sh.params[i]);
  memmove(sh.params, sh.params + n, (size_t)(sh.nparams - n + 1) * sizeof *sh.params);
  sh.nparams -= (int)n;
  return 0;
}

/* ---- export, readonly, local ---- */

static const char *listing; /* what var_each is listing for */

static void show_attribute(struct var *v) {
  if (listing[0] == 'e' ? !v->exported : !v->readonly) return;
  out_fmt("%s %s", listing, v->name);
  if (v->value) {
    out_byte('=');
    out_quoted(v->value);
  }
  out_byte('\n');
}

static int declare(int argc, char **argv) {
  char seen[1];
  int i = options(argc, argv, "p", seen), status = 0;
  if (i < 0) return fail_command(2);
  if (i >= argc) {
    listing = argv[0];
    if (argv[0][0] != 'l') var_each(show_attribute);
    return 0;
  }
  for (; i < argc; i++) {
    size_t n = name_length(argv[i]);
    if (!n || (argv[i][n] && argv[i][n] != '=')) {
      warn("%s: %s: bad variable name", argv[0], argv[i]);
      return fail_command(2);
    }
    char *name = arena_strndup(&sh.scratch, argv[i], n);
    if (argv[0][0] == 'l') var_save(&sh.locals, name);
    if (argv[i][n] && var_set(name, argv[i] + n + 1) < 0) {
      return fail_command(2);
    }
    if (argv[0][0] == 'e') var_make(name)->exported = true;
    if (argv[0][0] == 'r') var_make(name)->readonly = true;
  }
  return status;
}

int builtin_export(int argc, char **argv) { return declare(argc, argv); }
int builtin_readonly(int argc, char **argv) { return declare(argc, argv); }

int builtin_local(int argc, char **argv) {
  if (!sh.function_depth) {
    warn("local: only in a function");
    return fail_command(2);
  }
  return declare(argc, argv);
}

int builtin_unset(int argc, char **argv) {
  char seen[2];
  int i = options(argc, argv, "fv", seen);
  if (i < 0) return fail_command(2);
  for (; i < argc; i++) {
    if (seen[0]) function_unset(argv[i]);
    else if (var_unset(argv[i]) < 0) {
      return fail_command(2);
    } else if (!seen[1] && strcmp(argv[i], "OPTIND") == 0) var_set("OPTIND", "1");
  }
  return 0;
}

/* ---- getopts ---- */

int builtin_getopts(int argc, char **argv) {
  static int inside; /* how far into a cluster like -abc, 0 at its start */
  if (argc < 3) {
    warn("getopts: usage: getopts OPTIONS NAME [ARGUMENT...]");
    return 2;
  }
  const char *spec = argv[1], *name = argv[2];
  bool quiet = *spec == ':';
  int n = argc > 3 ? argc - 3 : sh.nparams;
  char **v = argc > 3 ? argv + 3 : sh.params;
  const char *s = var_get("OPTIND");
  int index = s ? atoi(s) : 1;
  if (getopts_begins) inside = 0;
  char option[2] = "?", number[24];
  int status = 0;
  const char *arg = index >= 1 && index <= n ? v[index - 1] : NULL;
  if (!inside) {
    bool end = !arg || arg[0] != '-' || !arg[1];
    if (arg && strcmp(arg, "--") == 0) index++, end = true;
    if (end) {
      status = 1;
      goto done;
    }
    inside = 1;
  }
  char letter = arg ? arg[inside++] : 0;
  const char *place = letter && letter != ':' ? strchr(spec, letter) : NULL;
  char seen[2] = {letter, 0};
  var_unset("OPTARG");
  if (!place) {
    if (quiet) var_set("OPTARG", seen);
    else warn("getopts: -%s: no such option", seen);
  } else if (place[1] == ':') {
    const char *value = arg[inside] ? arg + inside : index < n ? v[index++] : NULL;
    index++;
    inside = 0;
    if (value) {
      option[0] = letter;
      var_set("OPTARG", value);
    } else {
      if (quiet) option[0] = ':', var_set("OPTARG", seen);
      else warn("getopts: -%s: an argument is wanted", seen);
      index = n + 1;
    }
  } else {
    option[0] = letter;
  }
  if (inside && !arg[inside]) {
    index++;
    inside = 0;
  }
done:
  snprintf(number, sizeof number, "%d", index);
  if (var_set("OPTIND", number) < 0) return 2;
  getopts_begins = false;
  return var_set(name, option) < 0 ? 2 : status;
}

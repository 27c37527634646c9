/* top: the processes that use the machine most, again and again. */
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "tools/screen.h"
#include "tools/tool.h"
#include "tools/top.h"

static const char usage[] =
    "top [-bcm] [-n TIMES] [-d SECONDS] [-o COLUMN] [-p PID,...]\n"
    "Shows the processes that use most processor time, every two seconds.\n"
    "  -b  as plain text        -n TIMES  so many times    -d SECONDS  so often (0.5: twice a second)\n"
    "  -c  with their arguments -p PID,...  just these     -o COLUMN  by %CPU, %MEM (as -m), TIME+ or PID\n"
    "Keys: P by processor, M by memory, T by time, N by number, R the other way round; c arguments; k ends a process;\n"
    "      d changes the delay, space looks at once, h or ? shows the keys, q ends.\n";

static const char *const keys[] = {
    "P  by processor time, since the last look",
    "M  by memory",
    "T  by processor time since they began",
    "N  by number",
    "R  the other way round",
    "c  commands with or without their arguments",
    "k  sends a signal to a process",
    "d  changes the delay (s does, too)",
    "space  looks at once",
    "q  ends",
    "",
    "RES, SWAP: KiB in memory, and swapped out",
    "S: R runs, S sleeps, D waits for swap,",
    "   T stopped, t traced, Z ended",
    "",
    "Any key goes on.",
};

static char message[200];
static unsigned long delay = 2000; /* milliseconds */

/* "2", "0.5": milliseconds, or -1. */
static long milliseconds(const char *text) {
  char *end;
  if (!isdigit((unsigned char)*text) && *text != '.') return -1;
  unsigned long seconds = strtoul(text, &end, 10), unit = 100;
  if (seconds > 86400 || end == text) seconds = end == text ? 0 : 86400;
  seconds *= 1000;
  if (*end == '.')
    for (end++; isdigit((unsigned char)*end); end++, unit /= 10) seconds += (unsigned long)(*end - '0') * unit;
  return *end ? -1 : (long)seconds;
}

static void show_keys(void) {
  for (int row = 0; row < screen_rows; row++) top_put_row(row, row < (int)(sizeof keys / sizeof *keys) ? keys[row] : "");
  while (screen_key(-1) == KEY_RESIZE) continue;
}

static void ask_kill(const struct sample *sample) {
  char question[64], *end;
  snprintf(question, sizeof question, "Process to signal [%d]: ", sample->count ? sample->rows[0].process.pid : 0);
  char *answer = screen_ask(question);
  if (!answer) return;
  long pid = *answer ? strtol(answer, &end, 10) : sample->count ? sample->rows[0].process.pid : 0;
  if ((*answer && *end) || pid <= 0) {
    strcpy(message, "Not a process number");
    return;
  }
  int number = SIGTERM;
  snprintf(question, sizeof question, "Signal for %ld [15/TERM]: ", pid);
  if (!(answer = screen_ask(question))) return;
  for (char *c = answer; *c; c++) *c = (char)toupper((unsigned char)*c);
  if (*answer && str2sig(strncmp(answer, "SIG", 3) == 0 ? answer + 3 : answer, &number) != 0) snprintf(message, sizeof message, "%s is no signal", answer);
  else if (kill((pid_t)pid, number) < 0) snprintf(message, sizeof message, "%ld: %s", pid, strerror(errno));
}

static void ask_delay(void) {
  char question[64];
  snprintf(question, sizeof question, "Seconds between looks [%lu.%lu]: ", delay / 1000, delay / 100 % 10);
  char *answer = screen_ask(question);
  long wanted = answer && *answer ? milliseconds(answer) : (long)delay;
  if (wanted < 0) strcpy(message, "Not a number of seconds");
  else delay = wanted < 100 ? 100 : (unsigned long)wanted;
}

/* 0: to end. `look` becomes whether to look at the machine again; else what was seen is drawn anew, because shares of the
   short time since then would say little. */
static int obey(int key, struct sample *sample, int *look) {
  *look = key == KEY_TIMEOUT || key == ' ' || key == '\r';
  switch (key) {
    case 'q':
    case CONTROL('C'):
    case KEY_NO_MORE: return 0;
    case 'P':
    case 'M':
    case 'T':
    case 'N':
      top_order = (char)key;
      top_reversed = 0;
      break;
    case 'R': top_reversed = !top_reversed; break;
    case 'c': top_arguments = !top_arguments; break;
    case 'k':
      ask_kill(sample);
      *look = 1;
      break;
    case 'd':
    case 's': ask_delay(); break;
    case 'h':
    case '?': show_keys(); break;
    default:
      if (!*look && key != KEY_RESIZE) strcpy(message, "Unknown key: h shows them");
  }
  top_sort(sample);
  return 1;
}

static char order_named(const char *column) {
  static const struct {
    const char *name;
    char order;
  } columns[] = {{"%CPU", 'P'}, {"%MEM", 'M'}, {"RES", 'M'}, {"TIME+", 'T'}, {"TIME", 'T'}, {"PID", 'N'}};
  if (*column == '+' || *column == '-') top_reversed = *column++ == '-';
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    if (strcasecmp(columns[i].name, column) == 0) return columns[i].order;
  exit(tool_complain("unrecognized field name '%s'", column));
}

int main(int argc, char **argv) {
  unsigned long times = ~0UL;
  struct sample sample = {0};
  long wanted;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "bcmn:(iterations)d:(delay)o:(sort-override)p:(pid)")) != -1;) {
    switch (option) {
      case 'b': top_is_plain = 1; break;
      case 'c': top_arguments = 1; break;
      case 'm': top_order = 'M'; break;
      case 'n': times = tool_number(optarg, 10, ~0UL, "number of times"); break;
      case 'o': top_order = order_named(optarg); break;
      case 'p':
        if (strspn(optarg, "0123456789,") != strlen(optarg)) return tool_complain("bad pid '%s'", optarg);
        top_pids = optarg;
        break;
      case 'd':
        if ((wanted = milliseconds(optarg)) < 0) return tool_complain("bad delay interval '%s'", optarg);
        delay = (unsigned long)wanted;
        break;
    }
  }
  if (optind < argc) tool_bad_usage();
  if (times == 0) return tool_complain("bad iterations argument '0'");
  if (!top_is_plain && (!isatty(1) || screen_open() < 0)) return tool_complain("failed tty get: use -b where there is no terminal");
  top_take(&sample);
  for (;;) {
    top_draw(&sample, message);
    *message = 0;
    int look = 1;
    if (top_is_plain) {
      if (--times == 0) break;
      nanosleep(&(struct timespec){(time_t)(delay / 1000), (long)(delay % 1000) * 1000000}, 0);
      puts("");
    } else {
      int key = screen_key((int)delay);
      if (!obey(key, &sample, &look) || (look && --times == 0)) break;
    }
    if (look) top_take(&sample);
  }
  screen_close();
  return tool_finish(0);
}

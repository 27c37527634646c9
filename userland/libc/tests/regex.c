// regcomp and regexec: patterns against texts, with the places of all groups; and that none takes long.
#define _GNU_SOURCE
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void show(const char *pattern, int flags, const char *text, int eflags) {
  regex_t regex;
  regmatch_t m[6];
  char message[80];
  int error = regcomp(&regex, pattern, flags);
  printf("%s %x '%s': ", pattern, flags, text);
  if (error) {
    regerror(error, &regex, message, sizeof message);
    printf("%s\n", message);
    return;
  }
  printf("(%zu) ", regex.re_nsub);
  int bare = regexec(&regex, text, 0, 0, eflags);
  error = regexec(&regex, text, 6, m, eflags);
  if (bare != error) printf("bare %d ", bare);
  if (error) printf("none %d\n", error);
  for (int i = 0; !error && i < 6; i++) printf("%d-%d%s", m[i].rm_so, m[i].rm_eo, i < 5 ? " " : "\n");
  regfree(&regex);
}

static const char *const basic[] = {
    "abc", "a*", "a.c", "^b", "b$", "^a*$", "\\(a\\)\\(b\\)*", "a\\{2\\}", "a\\{1,\\}b", "x\\|b", "a\\+", "ba\\?", "*a", "^*a", "\\(*a\\)", "a^b", "a$b",
    "[abc]*c", "[^a]", "[]a]", "[^]a]*", "[a-c]\\{2,3\\}", "[[:digit:]][[:alpha:]]", "[[:nope:]]", "[a", "\\(a", "a\\)", "a\\{", "a\\{1", "a\\{x\\}", "a\\{2,1\\}",
    "\\", "[z-a]", "\\(.\\)\\1", "\\(a*\\)b\\1", "\\1", "\\<b", "c\\>", "\\bab", "\\Bb", "\\w*", "\\W", "\\s\\S", "{a}", "a+", "(a)", "\\(\\)", "\\(^a\\)", "\\(b$\\)",
    "a\\{0\\}b", "\\(ab\\)\\{2\\}", "\\(a\\|ab\\)\\(c\\|bcd\\)", "", "a\\{,2\\}", "[a-]", "[.]", "\\.", "[[.a.]]", "[[=a=]b]", "\\`a", "c\\'", "[\\n]",
};
static const char *const extended[] = {
    "abc|b", "a+b?c", "(ab)+", "(a*)(ab)*(b*)", "(a*)*", "(a|b)*c", "a{2}", "a{1,2}b", "(a{2}){2}", "x*", "^(ab|cd)$",
    "a{,2}b", "a|", "|a", "()b", "(a)(b)?(c)", "(", "a)", "[0-9]+ [a-z]+", "(^|b)c", "a.?c", "(a+|b+)*", "(.*)(b)", "\\(a\\)", "a\\|b", "((a)|(b))+", "(x)?b",
    "\\w+", "\\<c", "(a)(b)(c)(d)(e)(f)", "(.)\\1", "(a.*)\\1", "^a|^b", "b$|c$", "a{0}", "(ab|a)(bc|c)?", "[[:upper:]]+", "[^\n]+", "(a?)*?b", "(wee|week)(knights|night)",
};
static const char *const texts[] = {"", "a", "abc", "aab", "abcd", "aaaab", "xaabbc", "ab ab", "*a", "a{1", "aa\nab\nb", "Abc1d", "(a)", "weeknights", "12 abc."};

static char line[4001], deep[400];

int main(void) {
  for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
    for (size_t i = 0; i < sizeof basic / sizeof *basic; i++) show(basic[i], 0, texts[t], 0);
    for (size_t i = 0; i < sizeof extended / sizeof *extended; i++) show(extended[i], REG_EXTENDED, texts[t], 0);
  }
  show("a.c", REG_NEWLINE, "a\nc", 0);
  show("^b.*$", REG_NEWLINE, "a\nbc\nd", 0);
  show("[^x]*", REG_NEWLINE, "ab\ncd", 0);
  show("ABC", REG_ICASE, "xabC", 0);
  show("[b-c]+", REG_ICASE | REG_EXTENDED, "aBCd", 0);
  show("(a)\\1", REG_ICASE | REG_EXTENDED, "xaA", 0);
  show("^a", 0, "a", REG_NOTBOL);
  show("a$", 0, "a", REG_NOTEOL);
  show("b*", 0, "ab", REG_NOTBOL | REG_NOTEOL);

  regmatch_t m[1] = {{2, 5}};
  regex_t regex;
  regcomp(&regex, "\\bc", 0);
  printf("%d\n", regexec(&regex, "a cbc cd", 1, m, REG_STARTEND));
  printf("%d %d\n", m[0].rm_so, m[0].rm_eo);
  regfree(&regex);

  /* What makes a backtracking matcher take for ever. */
  memset(line, 'a', 4000);
  show("(a*)*b", REG_EXTENDED | REG_NOSUB, line + 3970, 0);
  regcomp(&regex, "(a|aa)+$", REG_EXTENDED);
  printf("%d ", regexec(&regex, line, 1, m, 0));
  printf("%d %d\n", m[0].rm_so, m[0].rm_eo);
  line[3999] = 'b';
  printf("%d\n", regexec(&regex, line + 3900, 0, 0, 0));
  regfree(&regex);
  for (int i = 0; i < 25; i++) strcpy(deep + i * 2, "a?");
  memset(deep + 50, 'a', 25);
  show(deep, REG_EXTENDED, line + 3974, 0);
  return 0;
}

// malloc, realloc, memmove, memcmp and qsort on structures.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct person { char name[12]; int age; };
static int by_age(const void *a, const void *b) {
  const struct person *x = a, *y = b;
  return (x->age > y->age) - (x->age < y->age);
}
static int by_name(const void *a, const void *b) { return strcmp(((const struct person *)a)->name, ((const struct person *)b)->name); }

int main(void) {
  struct person *people = malloc(2 * sizeof *people);
  people[0] = (struct person){"zoe", 31};
  people[1] = (struct person){"adam", 55};
  people = realloc(people, 4 * sizeof *people);
  people[2] = (struct person){.age = 7, .name = "mia"};
  people[3] = people[0];
  strcpy(people[3].name, "bob");
  people[3].age++;
  qsort(people, 4, sizeof *people, by_age);
  for (int i = 0; i < 4; i++) printf("%s:%d ", people[i].name, people[i].age);
  qsort(people, 4, sizeof *people, by_name);
  for (int i = 0; i < 4; i++) printf("%s:%d ", people[i].name, people[i].age);
  printf("\n");
  free(people);
  char buffer[] = "0123456789";
  memmove(buffer + 2, buffer, 5);
  printf("%s ", buffer);
  memmove(buffer, buffer + 3, 5);
  printf("%s %d\n", buffer, memcmp("abc", "abd", 3) < 0);
  return 0;
}

/* What came later: spawning, walking trees, hash tables, limits, accounts, names, sys/queue.h, scheduling and attributes of threads. */
#include <arpa/inet.h>
#include <byteswap.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <limits.h>
#include <malloc.h>
#include <mntent.h>
#include <pthread.h>
#include <pwd.h>
#include <sched.h>
#include <search.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <ulimit.h>
#include <unistd.h>

static int ended(pid_t pid) {
  int status;
  return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void spawning(void) {
  pid_t pid = 0;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t how;
  char *const environment[] = {"NAME=value", 0};
  char *const script[] = {"sh", "-c", "echo $NAME; read line; echo got $line; exit 3", 0};
  int fd = open("in.txt", O_RDWR | O_CREAT | O_TRUNC, 0600);
  write(fd, "text\n", 5);
  close(fd);
  posix_spawn_file_actions_init(&actions);
  printf("%d", posix_spawn_file_actions_addopen(&actions, 0, "in.txt", O_RDONLY, 0));
  printf(" %d", posix_spawn_file_actions_addopen(&actions, 7, "out.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644));
  printf(" %d", posix_spawn_file_actions_adddup2(&actions, 7, 1));
  printf(" %d", posix_spawn_file_actions_addclose(&actions, 7));
  printf(" %d %d\n", posix_spawn_file_actions_addclose(&actions, -1), EBADF);
  fflush(stdout);
  printf("%d", posix_spawn(&pid, "/bin/sh", &actions, 0, script, environment));
  printf(" %d\n", ended(pid));
  char text[40] = "";
  fd = open("out.txt", O_RDONLY);
  read(fd, text, sizeof text - 1);
  close(fd);
  printf("%s%d\n", text, posix_spawn_file_actions_destroy(&actions));
  /* What fails in the child is not told here: under qemu-riscv64 it does not share its parent's memory. */
  printf("%d", posix_spawnp(&pid, "false", 0, 0, (char *[]){"false", 0}, environ));
  printf(" %d\n", ended(pid));
  sigset_t set, got;
  sigemptyset(&set), sigaddset(&set, SIGUSR1);
  signal(SIGUSR1, SIG_IGN);
  posix_spawnattr_init(&how);
  short flags;
  printf("%d", posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP));
  printf(" %d %d", posix_spawnattr_setsigdefault(&how, &set), posix_spawnattr_getsigdefault(&how, &got));
  printf(" %d %d", sigismember(&got, SIGUSR1), posix_spawnattr_getflags(&how, &flags));
  printf(" %d", flags == (POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP));
  sigemptyset(&set);
  posix_spawnattr_setsigmask(&how, &set);
  fflush(stdout);
  printf(" %d", posix_spawn(&pid, "/bin/sh", 0, &how, (char *[]){"sh", "-c", "kill -USR1 $$; exit 9", 0}, environ));
  int status;
  waitpid(pid, &status, 0);
  printf(" killed %d\n", WIFSIGNALED(status) && WTERMSIG(status) == SIGUSR1);
  posix_spawnattr_destroy(&how);
}

static int seen[10], deepest, result_at;
static int visit(const char *path, const struct stat *status, int kind, struct FTW *place) {
  seen[kind]++;
  if (place->level > deepest) deepest = place->level;
  if (kind == FTW_DP)
    printf("%s %s %d %d\n", path, path + place->base, kind, place->level);
  (void)status;
  return result_at && strcmp(path + place->base, "deep") == 0 ? result_at : 0;
}
static int simple(const char *path, const struct stat *status, int kind) {
  (void)path, (void)status;
  seen[kind]++;
  return 0;
}
static int in_place(const char *path, const struct stat *status, int kind, struct FTW *place) {
  struct stat again;
  (void)status;
  if (kind == FTW_F && stat(path + place->base, &again) < 0) printf("not there: %s\n", path);
  return 0;
}

static void walking(void) {
  mkdir("tree", 0755), mkdir("tree/sub", 0755), mkdir("tree/sub/deep", 0755);
  close(creat("tree/one", 0644)), close(creat("tree/sub/two", 0644)), close(creat("tree/sub/deep/three", 0644));
  symlink("sub", "tree/link"), symlink("nowhere", "tree/broken");
  printf("%d:", nftw("tree", visit, 9, FTW_PHYS | FTW_DEPTH));
  for (int i = 0; i < 7; i++) printf(" %d", seen[i]), seen[i] = 0;
  printf(" deepest %d\n%d:", deepest, nftw("tree", visit, 9, 0));
  printf(" %d %d %d %d\n", seen[FTW_SLN], seen[FTW_SL], seen[FTW_F] >= 3, seen[FTW_D] >= 3);
  memset(seen, 0, sizeof seen);
  printf("%d: %d %d", ftw("tree/sub", simple, 9), seen[FTW_F], seen[FTW_D]);
  result_at = 5;
  printf(" %d", nftw("tree/", visit, 9, FTW_PHYS));
  printf(" %d", nftw("tree", in_place, 9, FTW_PHYS | FTW_CHDIR));
  printf(" %d %d\n", nftw("none", visit, 9, 0), errno == ENOENT);
}

struct item {
  int value;
  SLIST_ENTRY(item) single;
  LIST_ENTRY(item) both;
  STAILQ_ENTRY(item) tail;
  TAILQ_ENTRY(item) ends;
};
SLIST_HEAD(singles, item) singles = SLIST_HEAD_INITIALIZER(singles);
LIST_HEAD(lists, item) lists = LIST_HEAD_INITIALIZER(lists);
STAILQ_HEAD(tails, item) tails = STAILQ_HEAD_INITIALIZER(tails);
TAILQ_HEAD(queues, item) queues = TAILQ_HEAD_INITIALIZER(queues);

static void lists_and_tables(void) {
  static struct item items[6];
  struct item *at;
  for (int i = 0; i < 6; i++) {
    items[i].value = i;
    SLIST_INSERT_HEAD(&singles, &items[i], single);
    LIST_INSERT_HEAD(&lists, &items[i], both);
    STAILQ_INSERT_TAIL(&tails, &items[i], tail);
    TAILQ_INSERT_TAIL(&queues, &items[i], ends);
  }
  SLIST_REMOVE(&singles, &items[3], item, single);
  SLIST_REMOVE_HEAD(&singles, single);
  LIST_REMOVE(&items[2], both);
  LIST_INSERT_AFTER(&items[4], &items[2], both);
  STAILQ_REMOVE_HEAD(&tails, tail);
  TAILQ_REMOVE(&queues, &items[5], ends);
  TAILQ_INSERT_BEFORE(&items[1], &items[5], ends);
  SLIST_FOREACH(at, &singles, single) printf("%d", at->value);
  printf(" ");
  LIST_FOREACH(at, &lists, both) printf("%d", at->value);
  printf(" ");
  STAILQ_FOREACH(at, &tails, tail) printf("%d", at->value);
  printf(" ");
  TAILQ_FOREACH(at, &queues, ends) printf("%d", at->value);
  printf(" ");
  TAILQ_FOREACH_REVERSE(at, &queues, queues, ends) printf("%d", at->value);
  printf(" %d %d\n", TAILQ_LAST(&queues, queues)->value, TAILQ_PREV(&items[5], queues, ends)->value);

  static char names[30][8];
  printf("%d", hcreate(40) != 0);
  for (long i = 0; i < 30; i++) {
    sprintf(names[i], "key%ld", i * 7);
    hsearch((ENTRY){names[i], (void *)i}, ENTER);
  }
  long sum = 0;
  for (int i = 0; i < 30; i++) sum += (long)hsearch((ENTRY){names[i], 0}, FIND)->data;
  printf(" %ld %d", sum, hsearch((ENTRY){"none", 0}, FIND) == 0);
  printf(" %ld\n", (long)hsearch((ENTRY){"key7", (void *)99}, ENTER)->data);
  hdestroy();
}

static void numbers(void) {
  static const char *const texts[] = {"", ".", "/", "zz", "ABCDEF", "1!2"};
  for (int i = 0; i < 6; i++) printf("%ld ", a64l(texts[i]));
  printf("%s", l64a(123456789));
  printf(" %s", l64a(-1));
  printf(" [%s]\n", l64a(0));
  printf("%x %x %x %lx\n", htonl(0x12345678), ntohs(0x1234), bswap_32(1), bswap_64(1));
  printf("%d %d %d\n", toascii(0xc1), (size_t)memalign(256, 10) % 256 == 0, (size_t)valloc(10) % 4096 == 0);
  struct timeval a = {1, 700000}, b = {2, 600000}, c;
  timeradd(&a, &b, &c);
  printf("%ld.%06ld", (long)c.tv_sec, (long)c.tv_usec);
  timersub(&b, &a, &c);
  printf(" %ld.%06ld %d\n", (long)c.tv_sec, (long)c.tv_usec, timercmp(&a, &b, <));
  struct termios t = {0};
  printf("%d %d", cfsetospeed(&t, B9600), cfgetospeed(&t) == B9600);
  printf(" %d %d\n", cfsetispeed(&t, B38400), cfsetospeed(&t, 77777));
}

static void accounts(void) {
  struct passwd user, *found;
  struct group group, *which;
  char buffer[1000];
  printf("%d", getpwnam_r("root", &user, buffer, sizeof buffer, &found));
  printf(" %s %d %d", user.pw_name, user.pw_uid, found == &user);
  printf(" %d", getpwuid_r(0, &user, buffer, 3, &found));
  printf(" %d %d", getpwnam_r("nobody-such", &user, buffer, sizeof buffer, &found), found == 0);
  printf(" %d", getgrgid_r(0, &group, buffer, sizeof buffer, &which));
  printf(" %s %d\n", group.gr_name, which == &group);
}

static void files(void) {
  struct statvfs room;
  printf("%d %d", statvfs("/", &room), room.f_namemax == 255);
  printf(" %d %d\n", statvfs("/none", &room), errno == ENOENT);
  int fd = open("room", O_RDWR | O_CREAT, 0600);
  write(fd, "data", 4);
  printf("%d", posix_fallocate(fd, 0, 10000));
  struct stat status;
  fstat(fd, &status);
  char text[5] = "";
  pread(fd, text, 4, 0);
  printf(" %ld %s %d %d\n", (long)status.st_size, text, posix_fallocate(fd, 0, 0), posix_fadvise(fd, 0, 0, POSIX_FADV_WILLNEED));
  char *folder = getcwd(0, 0), path[PATH_MAX];
  printf("%d %d\n", strcmp(folder, getcwd(path, sizeof path)), getcwd(path, 2) == 0 && errno == ERANGE);
  char *name = tempnam("/tmp", "pre");
  printf("%d %d %d", strncmp(name, "/tmp/pre", 8), access(name, F_OK), mkdtemp((char[]){"dirXXXXXX"}) != 0);
  printf(" %d\n", tmpnam(path) == path && strncmp(path, "/tmp/", 5) == 0);
  FILE *mounts = setmntent("room.txt", "w");
  fputs("# comment\nproc /proc proc rw,noexec=1 0 0\n/dev/x /a\\040b ext4 ro 1 2\n", mounts);
  endmntent(mounts);
  mounts = setmntent("room.txt", "r");
  for (struct mntent *m; (m = getmntent(mounts));)
    printf("%s|%s|%s|%d|%d|%d\n", m->mnt_fsname, m->mnt_dir, m->mnt_type, m->mnt_freq, m->mnt_passno, hasmntopt(m, "noexec") != 0);
  endmntent(mounts);
}

static void threads(void) {
  pthread_attr_t how;
  int value;
  struct sched_param parameters;
  pthread_attr_init(&how);
  printf("%d", pthread_attr_getscope(&how, &value));
  printf(" %d %d", value == PTHREAD_SCOPE_SYSTEM, pthread_attr_setscope(&how, PTHREAD_SCOPE_PROCESS) == ENOTSUP);
  printf(" %d", pthread_attr_setinheritsched(&how, PTHREAD_EXPLICIT_SCHED));
  pthread_attr_getinheritsched(&how, &value);
  printf(" %d", value == PTHREAD_EXPLICIT_SCHED);
  printf(" %d", pthread_getschedparam(pthread_self(), &value, &parameters));
  printf(" %d %d %d\n", value == SCHED_OTHER, parameters.sched_priority, pthread_setschedparam(pthread_self(), SCHED_OTHER, &parameters));
  pthread_mutexattr_t kind;
  pthread_mutexattr_init(&kind);
  printf("%d", pthread_mutexattr_getprotocol(&kind, &value));
  printf(" %d %d\n", value == PTHREAD_PRIO_NONE, pthread_mutexattr_setprotocol(&kind, PTHREAD_PRIO_NONE));
  pthread_rwlock_t lock;
  pthread_rwlockattr_t shared;
  pthread_rwlockattr_init(&shared);
  printf("%d", pthread_rwlockattr_setpshared(&shared, PTHREAD_PROCESS_SHARED));
  pthread_rwlockattr_getpshared(&shared, &value);
  pthread_rwlock_init(&lock, &shared);
  struct timespec soon;
  clock_gettime(CLOCK_REALTIME, &soon);
  soon.tv_nsec += 2000000;
  if (soon.tv_nsec >= 1000000000) soon.tv_nsec -= 1000000000, soon.tv_sec++;
  printf(" %d %d", value == PTHREAD_PROCESS_SHARED, pthread_rwlock_timedrdlock(&lock, &soon));
  printf(" %d %d", pthread_rwlock_timedwrlock(&lock, &soon) == ETIMEDOUT, pthread_rwlock_unlock(&lock));
  printf(" %d %d\n", pthread_rwlock_timedwrlock(&lock, &soon), pthread_rwlock_unlock(&lock));
  void *stack;
  size_t size;
  pthread_getattr_np(pthread_self(), &how);
  pthread_attr_getstack(&how, &stack, &size);
  printf("%d\n", (char *)&size > (char *)stack && (char *)&size < (char *)stack + size);
  pthread_setname_np(pthread_self(), "worker");
  char name[16];
  pthread_getname_np(pthread_self(), name, sizeof name);
  cpu_set_t cpus;
  printf("%s %d %d %d\n", name, sched_getaffinity(0, sizeof cpus, &cpus), CPU_COUNT(&cpus) > 0, sched_getcpu() >= 0);
}

int main(void) {
  setvbuf(stdout, 0, _IOLBF, 4096);
  spawning(), walking(), lists_and_tables(), numbers(), accounts(), files(), threads();
  return 0;
}

/*
 * Preloaded into a server by tests: refuses locks on files whose path contains REFUSE_LOCKS_IN, or shared memory there, as
 * network folders do. REFUSE_WITH is the number of the error.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int is_refused(int fd, const char *what) {
  const char *wanted = getenv("REFUSE_WHAT"), *folder = getenv("REFUSE_LOCKS_IN");
  if (!folder || !wanted || strcmp(what, wanted)) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  if (!strstr(path, folder)) return 0;
  errno = atoi(getenv("REFUSE_WITH"));
  return 1;
}

static int forward(const char *name, int fd, int command, void *argument) {
  if ((command == F_SETLK || command == F_SETLKW) && ((struct flock *)argument)->l_type != F_UNLCK &&
      is_refused(fd, "locks"))
    return -1;
  int (*real)(int, int, ...) = (int (*)(int, int, ...))dlsym(RTLD_NEXT, name);
  return real(fd, command, argument);
}

int fcntl(int fd, int command, ...) {
  va_list list;
  va_start(list, command);
  void *argument = va_arg(list, void *);
  va_end(list);
  return forward("fcntl", fd, command, argument);
}

int fcntl64(int fd, int command, ...) {
  va_list list;
  va_start(list, command);
  void *argument = va_arg(list, void *);
  va_end(list);
  return forward("fcntl64", fd, command, argument);
}

void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset) {
  if (fd >= 0 && is_refused(fd, "memory")) return MAP_FAILED;
  void *(*real)(void *, size_t, int, int, int, off_t) =
      (void *(*)(void *, size_t, int, int, int, off_t))dlsym(RTLD_NEXT, "mmap");
  return real(address, length, protection, flags, fd, offset);
}

void *mmap64(void *address, size_t length, int protection, int flags, int fd, off_t offset) {
  return mmap(address, length, protection, flags, fd, offset);
}

/*
 * Loaded into a program with LD_PRELOAD: counts the calls that change files below a folder, and makes the k-th of them fail, stop half-way, or be the
 * last thing that the process does. What is not named by the environment is left alone.
 *
 *   MEMU_FAULT_ROOT   the folder; calls on files outside are neither counted nor touched
 *   MEMU_FAULT_KIND   kill tear (write half, then die) enospc eio erofs eacces short fsync; count only counts
 *   MEMU_FAULT_AT     k, from 1, among the calls that the kind can strike
 *   MEMU_FAULT_STAYS  1: all later ones fail too (a disk that stays full)
 *   MEMU_FAULT_LOG    a file outside the folder that gets a line for every counted call, and one when the fault strikes
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum call { WRITE = 1, SYNC = 2, TRUNCATE = 4, RENAME = 8, OPEN = 16, MAKE = 32, REMOVE = 64 };
enum deed { PASS, FAIL, HALF, HALF_THEN_DIE };

struct kind { const char *name; int calls, error; };

static const struct kind table[] = {
    { "count", WRITE | SYNC | TRUNCATE | RENAME | OPEN | MAKE | REMOVE, 0 },
    { "kill", WRITE | SYNC | TRUNCATE | RENAME | OPEN | MAKE | REMOVE, 0 },
    { "tear", WRITE, 0 },
    { "enospc", WRITE | TRUNCATE | RENAME | OPEN | MAKE, ENOSPC },
    { "eio", WRITE | SYNC | TRUNCATE | RENAME | OPEN | MAKE | REMOVE, EIO },
    { "erofs", RENAME | OPEN | MAKE | REMOVE, EROFS },
    { "eacces", RENAME | OPEN | MAKE | REMOVE, EACCES },
    { "short", WRITE, ENOSPC },
    { "fsync", SYNC, EIO },
};

static const char *root, *kind_name;
static size_t root_length;
static long at;
static int stays, log_fd = -1, kinds, failure;
static atomic_long seen;

__attribute__((constructor)) static void begin(void)
{
    root = getenv("MEMU_FAULT_ROOT");
    kind_name = getenv("MEMU_FAULT_KIND");
    if (!root || !kind_name)
    {
        root = NULL;
        return;
    }

    root_length = strlen(root);
    at = getenv("MEMU_FAULT_AT") ? atol(getenv("MEMU_FAULT_AT")) : 0;
    stays = getenv("MEMU_FAULT_STAYS") != NULL;
    if (getenv("MEMU_FAULT_LOG"))
    {
        log_fd = (int)syscall(SYS_openat, AT_FDCWD, getenv("MEMU_FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    {
        if (!strcmp(kind_name, table[i].name))
        {
            kinds = table[i].calls;
            failure = table[i].error;
        }
    }
}

static int below(const char *path)
{
    return !strncmp(path, root, root_length) && (path[root_length] == '/' || path[root_length] == 0);
}

static int path_is_below(int folder, const char *path)
{
    char full[PATH_MAX * 2], link[64];
    if (!root || !path)
    {
        return 0;
    }

    if (path[0] == '/')
    {
        return below(path);
    }

    ssize_t length;
    if (folder == AT_FDCWD)
    {
        length = readlink("/proc/self/cwd", full, PATH_MAX);
    }
    else
    {
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        length = readlink(link, full, PATH_MAX);
    }

    if (length < 0)
    {
        return 0;
    }

    snprintf(full + length, sizeof full - (size_t)length, "/%s", path);
    return below(full);
}

static const char *path_of(int fd, char *buffer)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, buffer, PATH_MAX - 1);
    if (length < 0)
    {
        return NULL;
    }

    buffer[length] = 0;
    return below(buffer) ? buffer : NULL;
}

/* A line: what happened, the kinds that could strike here, the call, the file. */
static void note(const char *word, enum call call, const char *name, const char *path)
{
    char line[PATH_MAX + 256], could[128] = "";
    if (log_fd >= 0)
    {
        for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        {
            if (table[i].calls & call)
            {
                strcat(strcat(could, table[i].name), ",");
            }
        }

        int length = snprintf(line, sizeof line, "%s %s %s %s\n", word, could, name, path);
        syscall(SYS_write, log_fd, line, (size_t)(length < (int)sizeof line ? length : (int)sizeof line - 1));
    }
}

static void die(void)
{
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;)
    {
        pause();
    }
}

static enum deed decide(enum call call, const char *name, const char *path)
{
    if (!(kinds & call))
    {
        return PASS;
    }

    long number = atomic_fetch_add(&seen, 1) + 1;
    note("call", call, name, path);
    if (at == 0 || !(number == at || (stays && number > at)))
    {
        return PASS;
    }

    note("struck", call, name, path);
    if (!strcmp(kind_name, "kill"))
    {
        die();
    }

    if (!strcmp(kind_name, "tear"))
    {
        return HALF_THEN_DIE;
    }

    if (!strcmp(kind_name, "short") && number == at)
    {
        return HALF;
    }

    errno = failure;
    return FAIL;
}

static enum deed decide_fd(enum call call, const char *name, int fd)
{
    char buffer[PATH_MAX];
    if (!root)
    {
        return PASS;
    }

    int before = errno;
    const char *path = path_of(fd, buffer);
    errno = before;
    return path ? decide(call, name, path) : PASS;
}

static enum deed decide_path(enum call call, const char *name, int folder, const char *path)
{
    int before = errno;
    int counts = path_is_below(folder, path);
    errno = before;
    return counts ? decide(call, name, path) : PASS;
}

#define REAL(name) static __typeof__(&name) real; if (!real) { real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); }

#define WRITE_CALL(name, parameters, arguments, half) \
    ssize_t name parameters \
    { \
        REAL(name) \
        switch (decide_fd(WRITE, #name, fd)) \
        { \
            case FAIL: return -1; \
            case HALF: if (size > 1) { size /= 2; } return half; \
            case HALF_THEN_DIE: size /= 2; (void)!half; die(); return -1; \
            default: return real arguments; \
        } \
    }

WRITE_CALL(write, (int fd, const void *data, size_t size), (fd, data, size), real(fd, data, size))
WRITE_CALL(pwrite, (int fd, const void *data, size_t size, off_t offset), (fd, data, size, offset), real(fd, data, size, offset))
WRITE_CALL(pwrite64, (int fd, const void *data, size_t size, off64_t offset), (fd, data, size, offset), real(fd, data, size, offset))

/* Of many pieces the half is the first one, halved. */
#define WRITE_PIECES(name, parameters, arguments, first) \
    ssize_t name parameters \
    { \
        REAL(name) \
        size_t size = count > 0 ? pieces[0].iov_len : 0; \
        switch (decide_fd(WRITE, #name, fd)) \
        { \
            case FAIL: return -1; \
            case HALF: if (size > 1) { size /= 2; } return first; \
            case HALF_THEN_DIE: size /= 2; (void)!first; die(); return -1; \
            default: return real arguments; \
        } \
    }

#define FIRST_PIECE (&(struct iovec){ .iov_base = pieces[0].iov_base, .iov_len = size })
WRITE_PIECES(writev, (int fd, const struct iovec *pieces, int count), (fd, pieces, count), real(fd, FIRST_PIECE, 1))
WRITE_PIECES(pwritev, (int fd, const struct iovec *pieces, int count, off_t offset), (fd, pieces, count, offset), real(fd, FIRST_PIECE, 1, offset))
WRITE_PIECES(pwritev64, (int fd, const struct iovec *pieces, int count, off64_t offset), (fd, pieces, count, offset), real(fd, FIRST_PIECE, 1, offset))

#define FD_CALL(call, name, parameters, arguments) \
    int name parameters { REAL(name) return decide_fd(call, #name, fd) == FAIL ? -1 : real arguments; }

FD_CALL(SYNC, fsync, (int fd), (fd))
FD_CALL(SYNC, fdatasync, (int fd), (fd))
FD_CALL(TRUNCATE, ftruncate, (int fd, off_t length), (fd, length))
FD_CALL(TRUNCATE, ftruncate64, (int fd, off64_t length), (fd, length))
FD_CALL(TRUNCATE, fallocate, (int fd, int mode, off_t from, off_t length), (fd, mode, from, length))
FD_CALL(TRUNCATE, fallocate64, (int fd, int mode, off64_t from, off64_t length), (fd, mode, from, length))

int posix_fallocate(int fd, off_t from, off_t length)
{
    REAL(posix_fallocate)
    return decide_fd(TRUNCATE, "posix_fallocate", fd) == FAIL ? errno : real(fd, from, length);
}

int posix_fallocate64(int fd, off64_t from, off64_t length)
{
    REAL(posix_fallocate64)
    return decide_fd(TRUNCATE, "posix_fallocate64", fd) == FAIL ? errno : real(fd, from, length);
}

ssize_t copy_file_range(int from, off64_t *from_offset, int fd, off64_t *offset, size_t size, unsigned int flags)
{
    REAL(copy_file_range)
    return decide_fd(WRITE, "copy_file_range", fd) == FAIL ? -1 : real(from, from_offset, fd, offset, size, flags);
}

#define PATH_CALL(call, name, folder, parameters, arguments) \
    int name parameters { REAL(name) return decide_path(call, #name, folder, path) == FAIL ? -1 : real arguments; }

PATH_CALL(RENAME, rename, AT_FDCWD, (const char *from, const char *path), (from, path))
PATH_CALL(RENAME, renameat, folder, (int from_folder, const char *from, int folder, const char *path), (from_folder, from, folder, path))
PATH_CALL(RENAME, renameat2, folder, (int from_folder, const char *from, int folder, const char *path, unsigned int flags), (from_folder, from, folder, path, flags))
PATH_CALL(RENAME, link, AT_FDCWD, (const char *from, const char *path), (from, path))
PATH_CALL(MAKE, mkdir, AT_FDCWD, (const char *path, mode_t mode), (path, mode))
PATH_CALL(REMOVE, unlink, AT_FDCWD, (const char *path), (path))
PATH_CALL(REMOVE, unlinkat, folder, (int folder, const char *path, int flags), (folder, path, flags))
PATH_CALL(REMOVE, rmdir, AT_FDCWD, (const char *path), (path))

#define OPEN_CALL(name, folder, parameters, arguments) \
    int name parameters \
    { \
        REAL(name) \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) \
        { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        if ((flags & O_ACCMODE) != O_RDONLY && decide_path(OPEN, #name, folder, path) == FAIL) \
        { \
            return -1; \
        } \
        return real arguments; \
    }

OPEN_CALL(open, AT_FDCWD, (const char *path, int flags, ...), (path, flags, mode))
OPEN_CALL(open64, AT_FDCWD, (const char *path, int flags, ...), (path, flags, mode))
OPEN_CALL(openat, folder, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
OPEN_CALL(openat64, folder, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))

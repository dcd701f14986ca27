#if defined(__linux__)
#define _GNU_SOURCE /* sched_getaffinity */
#endif

#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#if defined(__linux__)
#include <sched.h>
#endif

/* Enough to be worth a thread, and few enough that all end at about the same time. */
enum { PATHS_FOR_A_THREAD = 500, PATHS_AT_A_TIME = 125, THREAD_LIMIT = 19 };

struct pawl_survey {
    int folder;
    const char *const *paths;
    size_t count;
    struct pawl_file *files;
    atomic_size_t next;
    size_t helpers;
    pthread_t threads[THREAD_LIMIT];
};

static size_t processors(void)
{
#if defined(__linux__)
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) return (size_t)CPU_COUNT(&set);
    return 1;
#else
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (size_t)count : 1;
#endif
}

/* Whether all folders on the way to `path` are folders and not links. Those that it has in common with the path before,
   the first `known` bytes of it, have been looked at. */
static int check_folders(int folder, const char *path, size_t known)
{
    char name[4096];
    size_t length = strlen(path);
    if (length >= sizeof name) return ENAMETOOLONG;
    memcpy(name, path, length + 1);
    for (size_t at = known; at < length; at++) {
        if (name[at] != '/') continue;
        struct stat status;
        name[at] = 0;
        if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return errno;
        if (S_ISLNK(status.st_mode)) return ELOOP;
        if (!S_ISDIR(status.st_mode)) return ENOTDIR;
        name[at] = '/';
    }
    return 0;
}

/* The bytes that two paths have in common, up to and with the last slash among them. */
static size_t common_folder(const char *one, const char *two)
{
    size_t end = 0;
    for (size_t at = 0; one[at] != 0 && one[at] == two[at]; at++) {
        if (one[at] == '/') end = at + 1;
    }
    return end;
}

static void look(int folder, const char *path, size_t known, struct pawl_file *file)
{
    struct stat status;
    if (fstatat(folder, path, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        file->error = errno;
        return;
    }
    file->error = strchr(path + known, '/') == NULL ? 0 : check_folders(folder, path, known);
#if defined(__APPLE__)
    struct timespec changed = status.st_ctimespec, modified = status.st_mtimespec;
#else
    struct timespec changed = status.st_ctim, modified = status.st_mtim;
#endif
    file->change_seconds = (uint32_t)changed.tv_sec;
    file->change_nanoseconds = (uint32_t)changed.tv_nsec;
    file->modify_seconds = (uint32_t)modified.tv_sec;
    file->modify_nanoseconds = (uint32_t)modified.tv_nsec;
    file->device = (uint32_t)status.st_dev;
    file->inode = (uint32_t)status.st_ino;
    file->mode = (uint32_t)status.st_mode;
    file->user = (uint32_t)status.st_uid;
    file->group = (uint32_t)status.st_gid;
    file->size = (uint32_t)status.st_size;
}

static void *work(void *argument)
{
    struct pawl_survey *survey = argument;
    for (;;) {
        size_t begin = atomic_fetch_add(&survey->next, PATHS_AT_A_TIME);
        if (begin >= survey->count) return NULL;
        size_t end = survey->count - begin < PATHS_AT_A_TIME ? survey->count : begin + PATHS_AT_A_TIME;
        /* What is known of the folders of the path before: that they are folders, if there was no error. */
        const char *before = "";
        for (size_t at = begin; at < end; at++) {
            look(survey->folder, survey->paths[at], common_folder(before, survey->paths[at]), &survey->files[at]);
            before = survey->files[at].error == 0 ? survey->paths[at] : "";
        }
    }
}

struct pawl_survey *pawl_survey_begin(int folder, const char *const *paths, size_t count, struct pawl_file *files)
{
    struct pawl_survey *survey = calloc(1, sizeof *survey);
    if (survey == NULL) return NULL;
    survey->folder = folder;
    survey->paths = paths;
    survey->count = count;
    survey->files = files;
    atomic_init(&survey->next, 0);
    /* This thread does its share when it has nothing else to do. */
    size_t wanted = count / PATHS_FOR_A_THREAD;
    if (wanted < 2) return survey;
    size_t available = processors();
    if (wanted > available) wanted = available;
    while (survey->helpers + 1 < wanted && survey->helpers < THREAD_LIMIT) {
        if (pthread_create(&survey->threads[survey->helpers], NULL, work, survey) != 0) break;
        survey->helpers++;
    }
    return survey;
}

void pawl_survey_finish(struct pawl_survey *survey)
{
    work(survey);
    for (size_t at = 0; at < survey->helpers; at++) pthread_join(survey->threads[at], NULL);
    free(survey);
}

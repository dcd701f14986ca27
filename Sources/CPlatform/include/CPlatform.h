#ifndef PAWL_CPLATFORM_H
#define PAWL_CPLATFORM_H

#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Writes the SHA-256 of `length` bytes at `data` to the 32 bytes at `digest`. */
void pawl_sha256(const uint8_t *data, size_t length, uint8_t *digest);

/* The same in parts: begin returns NULL where there is no memory, finish frees what begin has made, NULL being nothing. With
   a NULL digest finish only frees. */
void *pawl_sha256_begin(void);
void pawl_sha256_add(void *state, const uint8_t *data, size_t length);
void pawl_sha256_finish(void *state, uint8_t *digest);

/* Not the system's failure but the file's: it is no whole gzip file. Distinct from every errno. */
enum { PAWL_DAMAGED = -1 };

/* Compresses from where `source` stands to its end into `target`, as gzip does. Returns 0 or an error code. */
int pawl_gzip(int source, int target);

/* The reverse, for one whole gzip stream and nothing behind it. Returns 0, an error code or PAWL_DAMAGED. */
int pawl_gunzip(int source, int target);

/* The first `capacity` bytes of what is compressed, or all where that is less. Returns as pawl_gunzip does. */
int pawl_gunzip_head(int source, uint8_t *buffer, size_t capacity, size_t *filled);

/* The same with SHA-1 and 20 bytes: for git's own file formats only, never to vouch for anything. */
void pawl_sha1(const uint8_t *data, size_t length, uint8_t *digest);

/* A checksum against damage, and against nothing else. */
uint32_t pawl_crc32(const void *data, size_t length);

/* Wait statuses: the macros of <sys/wait.h>, which Swift does not import. */
int pawl_wait_exit_code(int status);
int pawl_wait_signaled(int status);
int pawl_wait_signal(int status);

/* posix_spawn_file_actions_addchdir_np, which Swift's Glibc module hides. */
int pawl_spawn_change_directory(posix_spawn_file_actions_t *actions, const char *path);

/* Sets space aside for a file without changing its size. Returns 0 or an error code; ENOTSUP where that cannot be done. */
int pawl_reserve_space(int descriptor, off_t offset, off_t length);

/* Starts a program that gets SIGTERM when this process dies, however it dies (Linux; elsewhere it lives on). `directory`
   may be NULL; `output` is what its standard output goes to, 1 for that of this process. Returns 0 or the error code,
   as posix_spawn does. */
int pawl_spawn_bound(pid_t *child, const char *path, const char *directory, const sigset_t *mask, int output,
                     char *const argv[], char *const envp[]);

/* What lstat says of a file, its numbers cut to 32 bits as git's index has them. `error` is 0 or why there is nothing. */
struct pawl_file {
    uint32_t change_seconds, change_nanoseconds, modify_seconds, modify_nanoseconds;
    uint32_t device, inode, mode, user, group, size;
    int32_t error;
};

/* A look at many files with several threads, most of which is waiting for the system. */
struct pawl_survey;

/* Begins to look at `count` files by their paths from `folder`, an open folder; the threads work while this one does
   something else. No symbolic link is followed: a path through one gives ELOOP. Paths in the order of their bytes make
   it quick. `paths` and `files` belong to the survey until it is finished. NULL where there is no memory. */
struct pawl_survey *pawl_survey_begin(int folder, const char *const *paths, size_t count, struct pawl_file *files);

/* Helps with what is left, waits for the threads, and frees the survey. */
void pawl_survey_finish(struct pawl_survey *survey);

#endif

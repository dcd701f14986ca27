#if defined(__linux__)
#define _GNU_SOURCE /* posix_spawn_file_actions_addchdir_np, vfork, fallocate */
#endif

#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif

int pawl_wait_exit_code(int status) { return WEXITSTATUS(status); }
int pawl_wait_signaled(int status) { return WIFSIGNALED(status); }
int pawl_wait_signal(int status) { return WTERMSIG(status); }

int pawl_spawn_change_directory(posix_spawn_file_actions_t *actions, const char *path)
{
    return posix_spawn_file_actions_addchdir_np(actions, path);
}

int pawl_reserve_space(int descriptor, off_t offset, off_t length)
{
#if defined(__linux__)
    return fallocate(descriptor, FALLOC_FL_KEEP_SIZE, offset, length) == 0 ? 0 : errno;
#else
    (void)descriptor, (void)offset, (void)length;
    return ENOTSUP;
#endif
}

#if defined(__linux__)
int pawl_spawn_bound(pid_t *child, const char *path, const char *directory, const sigset_t *mask, int output,
                     char *const argv[], char *const envp[])
{
    /* posix_spawn has no attribute for this. The child of vfork runs in this memory until it executes the program, so
       its error can be read here; it calls nothing but system calls. */
    volatile int failure = 0;
    pid_t parent = getpid();
    pid_t identifier = vfork();
    if (identifier < 0) return errno;
    if (identifier == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        /* Dead already: nobody would send the signal any more. */
        if (getppid() != parent) _exit(127);
        sigprocmask(SIG_SETMASK, mask, NULL);
        if (output != 1) dup2(output, 1);
        if (directory == NULL || chdir(directory) == 0) execve(path, argv, envp);
        failure = errno;
        _exit(127);
    }
    if (failure != 0) {
        while (waitpid(identifier, NULL, 0) < 0 && errno == EINTR) {}
        return failure;
    }
    *child = identifier;
    return 0;
}
#else
int pawl_spawn_bound(pid_t *child, const char *path, const char *directory, const sigset_t *mask, int output,
                     char *const argv[], char *const envp[])
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int code = 0;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    if (directory != NULL) code = pawl_spawn_change_directory(&actions, directory);
    if (output != 1) posix_spawn_file_actions_adddup2(&actions, output, 1);
    posix_spawnattr_setsigmask(&attributes, mask);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    if (code == 0) code = posix_spawn(child, path, &actions, &attributes, argv, envp);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return code;
}
#endif

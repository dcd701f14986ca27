#if defined(__linux__)
#define _GNU_SOURCE /* posix_spawn_file_actions_addchdir_np */
#endif

#include "CPlatform.h"

#include <sys/wait.h>

#if defined(__APPLE__)
#include <CommonCrypto/CommonDigest.h>

void pawl_sha256(const uint8_t *data, size_t length, uint8_t *digest)
{
    CC_SHA256(data, (CC_LONG)length, digest);
}
#else
/* libgit2 links the same library for its object names, so this costs nothing more. */
#include <mbedtls/sha256.h>
#include <mbedtls/version.h>

void pawl_sha256(const uint8_t *data, size_t length, uint8_t *digest)
{
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    mbedtls_sha256(data, length, digest, 0);
#else
    mbedtls_sha256_ret(data, length, digest, 0);
#endif
}
#endif

int pawl_wait_exit_code(int status) { return WEXITSTATUS(status); }
int pawl_wait_signaled(int status) { return WIFSIGNALED(status); }
int pawl_wait_signal(int status) { return WTERMSIG(status); }

int pawl_spawn_change_directory(posix_spawn_file_actions_t *actions, const char *path)
{
    return posix_spawn_file_actions_addchdir_np(actions, path);
}

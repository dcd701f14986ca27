#include "CPlatform.h"

#include <stdlib.h>

#if defined(__APPLE__)
#include <CommonCrypto/CommonDigest.h>

void pawl_sha256(const uint8_t *data, size_t length, uint8_t *digest)
{
    CC_SHA256(data, (CC_LONG)length, digest);
}

void *pawl_sha256_begin(void)
{
    CC_SHA256_CTX *state = malloc(sizeof *state);
    if (state) CC_SHA256_Init(state);
    return state;
}

void pawl_sha256_add(void *state, const uint8_t *data, size_t length)
{
    CC_SHA256_Update(state, data, (CC_LONG)length);
}

void pawl_sha256_finish(void *state, uint8_t *digest)
{
    if (digest) CC_SHA256_Final(digest, state);
    free(state);
}

void pawl_sha1(const uint8_t *data, size_t length, uint8_t *digest)
{
    CC_SHA1(data, (CC_LONG)length, digest);
}
#else
/* libgit2 links the same library for its object names, so this costs nothing more. */
#include <mbedtls/sha1.h>
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

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
#define SHA256(what) mbedtls_sha256_##what
#else
#define SHA256(what) mbedtls_sha256_##what##_ret
#endif

void *pawl_sha256_begin(void)
{
    mbedtls_sha256_context *state = malloc(sizeof *state);
    if (!state) return NULL;
    mbedtls_sha256_init(state);
    SHA256(starts)(state, 0);
    return state;
}

void pawl_sha256_add(void *state, const uint8_t *data, size_t length)
{
    SHA256(update)(state, data, length);
}

void pawl_sha256_finish(void *state, uint8_t *digest)
{
    if (!state) return;
    if (digest) SHA256(finish)(state, digest);
    mbedtls_sha256_free(state);
    free(state);
}

void pawl_sha1(const uint8_t *data, size_t length, uint8_t *digest)
{
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    mbedtls_sha1(data, length, digest);
#else
    mbedtls_sha1_ret(data, length, digest);
#endif
}
#endif

#include "CPlatform.h"

#if defined(__APPLE__)
#include <CommonCrypto/CommonDigest.h>

void pawl_sha256(const uint8_t *data, size_t length, uint8_t *digest)
{
    CC_SHA256(data, (CC_LONG)length, digest);
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

void pawl_sha1(const uint8_t *data, size_t length, uint8_t *digest)
{
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    mbedtls_sha1(data, length, digest);
#else
    mbedtls_sha1_ret(data, length, digest);
#endif
}
#endif

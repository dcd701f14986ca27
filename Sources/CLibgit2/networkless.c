/*
 * Pawl reads repositories with libgit2 and leaves all networking to the real git. A static link of libgit2
 * would nevertheless pull in its TLS and SSH code (its TLS set-up parses every CA certificate at start: 12 ms).
 * Defining the entry points of that code here keeps the linker from taking those members out of libgit2.a.
 * They report failure if they are ever called; with a dynamic libgit2 they are not used at all.
 */
#if defined(__linux__)

#include <stddef.h>

#define UNAVAILABLE (-1)

int git_mbedtls_stream_global_init(void) { return 0; }
int git_mbedtls__set_cert_location(const char *file, const char *path) { (void)file; (void)path; return UNAVAILABLE; }
int git_mbedtls_stream_new(void **out, const char *host, const char *port)
{ (void)host; (void)port; *out = NULL; return UNAVAILABLE; }
int git_mbedtls_stream_wrap(void **out, void *in, const char *host)
{ (void)in; (void)host; *out = NULL; return UNAVAILABLE; }

int git_transport_ssh_global_init(void) { return 0; }
int git_smart_subtransport_ssh(void **out, void *owner, void *param)
{ (void)owner; (void)param; *out = NULL; return UNAVAILABLE; }
int git_transport_ssh_with_paths(void **out, void *owner, void *payload)
{ (void)owner; (void)payload; *out = NULL; return UNAVAILABLE; }

int git_smart_subtransport_http(void **out, void *owner, void *param)
{ (void)owner; (void)param; *out = NULL; return UNAVAILABLE; }
const int git_http__expect_continue = 0;

#endif

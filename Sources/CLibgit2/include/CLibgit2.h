#ifndef PAWL_CLIBGIT2_H
#define PAWL_CLIBGIT2_H

/* libgit2's public interface, as a module for Swift. */
#include <git2.h>

/*
 * Sets what Pawl wants of the library: repository extensions that do not matter for reading refs and objects are
 * admitted, where libgit2 would refuse the repository as a whole. git_libgit2_opts takes variable arguments, which
 * Swift cannot call. Returns a negative code on failure.
 */
int pawl_libgit2_set_options(void);

#endif

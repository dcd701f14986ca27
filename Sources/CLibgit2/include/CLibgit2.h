#ifndef PAWL_CLIBGIT2_H
#define PAWL_CLIBGIT2_H

/* libgit2's public interface, as a module for Swift. */
#include <git2.h>

/*
 * Admits repository extensions that do not matter for reading refs and objects, where libgit2 would refuse the
 * repository as a whole. git_libgit2_opts takes variable arguments, which Swift cannot call.
 */
int pawl_libgit2_admit_extensions(void);

#endif

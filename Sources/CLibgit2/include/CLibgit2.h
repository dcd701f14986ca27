#ifndef PAWL_CLIBGIT2_H
#define PAWL_CLIBGIT2_H

/* libgit2's public interface, as a module for Swift. */
#include <git2.h>

#endif

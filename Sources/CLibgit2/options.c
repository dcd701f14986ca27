#include "CLibgit2.h"

int pawl_libgit2_admit_extensions(void)
{
    /* gitrepository-layout(5) and git's Documentation/technical/repository-version */
    static const char *const extensions[] = { "partialclone", "preciousobjects", "worktreeconfig" };
    return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, sizeof(extensions) / sizeof(extensions[0]));
}

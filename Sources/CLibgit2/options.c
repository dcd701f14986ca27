#include "CLibgit2.h"

int pawl_libgit2_set_options(void)
{
    /* gitrepository-layout(5) and git's Documentation/technical/repository-version */
    static const char *const extensions[] = { "partialclone", "preciousobjects", "worktreeconfig" };
    /* Pawl compares objects that git has written and checked; hashing each again would cost a fifth of a walk. */
    int code = git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
    if (code < 0)
        return code;
    return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, sizeof(extensions) / sizeof(extensions[0]));
}

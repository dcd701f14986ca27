/*
 * What a static link of Swift's runtime does before main and this program has no use for. Its argument grabber reads
 * and parses /proc/self/maps to find argv; its crash handler looks for a backtracing program in eight places and
 * installs nothing without one. Together they cost a sixth of the start of a program that lives for a millisecond.
 * Defining their entry points here keeps the linker from taking those members out of libswiftCore.a. The definitions
 * are weak: should a later runtime need more of these members, its own come back, and with them the cost. They are
 * hidden: a dynamic runtime does not see them.
 */
#if defined(__linux__)

#include <stdbool.h>

#define REPLACED __attribute__((weak, visibility("hidden")))

static int count;
static char **words;

/* glibc hands every constructor what main gets. */
__attribute__((constructor)) static void keep_arguments(int argc, char **argv)
{
    count = argc;
    words = argv;
}

/* swift/stdlib/public/stubs/CommandLine.cpp */
REPLACED char **_swift_stdlib_getUnsafeArgvArgc(int *length)
{
    *length = count;
    return words;
}

/* swift/stdlib/public/runtime/Backtrace.cpp; settings of zeros say that backtraces are off. */
REPLACED bool _swift_backtrace_isThunkFunction(const char *name)
{
    (void)name;
    return false;
}
REPLACED long _swift_backtraceSettings[64] = {0};

#endif

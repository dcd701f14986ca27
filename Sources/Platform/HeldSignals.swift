#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Signals that would end this process wait while something is done that must not be left half-way.
public struct HeldSignals {
    private var previous = sigset_t()

    /// Holds back what terminals, shells and callers end a command with. `SIGKILL` cannot be held.
    public init() {
        var held = sigset_t()
        sigemptyset(&held)
        for number in [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGTSTP] { sigaddset(&held, number) }
        sigprocmask(SIG_BLOCK, &held, &previous)
    }

    /// Lets them come again; one that came in the meantime takes effect now.
    public func release() {
        var previous = previous
        sigprocmask(SIG_SETMASK, &previous, nil)
    }
}

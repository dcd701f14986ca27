import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Waiting for a child as if it were not there in between: what is sent to this process reaches the child, what ends
/// the child ends this process, and the terminal's own signals are left to the terminal, which sends them to both.
enum Waiting {
    /// The child that signals are passed on to; 0 once it is gone, for its number may be another's then. Set before
    /// handlers are installed, read in them.
    private nonisolated(unsafe) static var child: pid_t = 0

    /// Signals that a caller may send to end or poke git (signal(7)). Stopping and continuing is left to the defaults:
    /// a terminal stops and continues this process and the child alike.
    private static let passedOn: [Int32] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM]

    /// Starts the program in place of this process, does what can be done meanwhile, and waits for its end. Its output
    /// goes to that of this process, or through a filter.
    static func run(
        _ program: Program, through filter: OutputFilter? = nil, meanwhile: () -> Void
    ) throws(SystemError) -> Ending {
        // Blocked until the child is known, so that no signal is lost in between.
        var blocked = sigset_t()
        var previous = sigset_t()
        sigemptyset(&blocked)
        for signal in passedOn { sigaddset(&blocked, signal) }
        sigprocmask(SIG_BLOCK, &blocked, &previous)
        defer { sigprocmask(SIG_SETMASK, &previous, nil) }
        let started = try program.startBound(signalMask: previous, output: filter?.input ?? 1)
        child = started.identifier
        for signal in passedOn { install(signal) }
        sigprocmask(SIG_SETMASK, &previous, nil)
        meanwhile()
        filter?.pass()
        let ending = started.wait()
        child = 0
        return ending
    }

    private static func install(_ signal: Int32) {
        // What this process was told to ignore stays ignored, as git would ignore it.
        if Signals.isIgnored(signal) { return }
        var action = sigaction()
        setHandler(&action) { signal, information, _ in
            // Sent by the kernel for the terminal: the child got it as well.
            guard let code = information?.pointee.si_code, code <= 0, Waiting.child > 0 else { return }
            let interrupted = errno
            kill(Waiting.child, signal)
            errno = interrupted
        }
        action.sa_flags = Int32(SA_SIGINFO) | Int32(SA_RESTART)
        sigaction(signal, &action, nil)
    }

    /// Ends this process as the child ended.
    static func end(as ending: Ending) -> Never {
        switch ending {
        case .exited(let code): exit(code)
        case .signaled(let number):
            // The child has left its core dump, if any; one of Pawl would only be in the way.
            var none = rlimit(rlim_cur: 0, rlim_max: 0)
            #if canImport(Darwin)
            setrlimit(RLIMIT_CORE, &none)
            #else
            setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
            #endif
            signal(number, SIG_DFL)
            var set = sigset_t()
            sigemptyset(&set)
            sigaddset(&set, number)
            sigprocmask(SIG_UNBLOCK, &set, nil)
            kill(getpid(), number)
            exit(128 + number)
        }
    }

    private typealias Handler =
        @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void

    private static func setHandler(_ action: inout sigaction, _ handler: @escaping Handler) {
        #if canImport(Darwin)
        action.__sigaction_u.__sa_sigaction = handler
        #else
        action.__sigaction_handler.sa_sigaction = handler
        #endif
    }
}

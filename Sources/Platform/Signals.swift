#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What this process does about signals.
public enum Signals {
    /// Whether it was told to ignore the signal, by itself or by who started it (`SIG_IGN`, which Swift cannot compare
    /// with a handler).
    public static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        #if canImport(Darwin)
        return unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
        #else
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
        #endif
    }
}

import CLibgit2

/// A libgit2 call that failed.
public struct Libgit2Error: Error, CustomStringConvertible, Sendable {
    /// libgit2's code, `GIT_ENOTFOUND` and kin.
    public var code: Int32
    public var message: String

    public var description: String { message }

    /// Whether the thing asked for does not exist.
    public var isNotFound: Bool { code == GIT_ENOTFOUND.rawValue }

    /// Takes over the library's account of the last failure on this thread, and clears it.
    static func take(_ code: Int32) -> Libgit2Error {
        let message = git_error_last().flatMap { $0.pointee.message.map { String(cString: $0) } }
        git_error_clear()
        return Libgit2Error(code: code, message: message ?? "libgit2 error \(code)")
    }
}

/// Turns a negative status into an error.
func check(_ code: Int32) throws(Libgit2Error) {
    if code < 0 { throw Libgit2Error.take(code) }
}

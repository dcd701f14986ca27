import ByteStrings

/// Why Pawl cannot do its work. Each says what happened, where, and what to do.
public enum GuardError: Error, Equatable, Sendable {
    case ownPathUnknown
    case noRealGitRecord(file: ByteString)
    case realGitMissing(path: ByteString, file: ByteString)
    case realGitIsPawl(path: ByteString, file: ByteString)
    case realGitInWorkTree(path: ByteString)
    case realGitNowhere(places: [ByteString])
    case tooDeep(limit: Int)
    case cannotStart(path: ByteString, reason: String)

    /// One line, without a full stop.
    public var message: String {
        switch self {
        case .ownPathUnknown:
            "cannot tell where pawl is installed: /proc/self/exe cannot be read"
        case .noRealGitRecord(let file):
            "cannot read \(file), which names the real git; run install.sh again"
        case .realGitMissing(let path, let file):
            "the real git is not at \(path.isEmpty ? "(no path)" : path.text), as \(file) says; run install.sh again"
        case .realGitIsPawl(let path, let file):
            "\(path), which \(file) names as the real git, is pawl itself; run install.sh again"
        case .realGitInWorkTree(let path):
            "the real git at \(path) lies inside the work tree it would work on; install git elsewhere"
        case .realGitNowhere(let places):
            "there is no git at \(places.map(\.text).joined(separator: ", ")); install git"
        case .tooDeep(let limit):
            "git was started \(limit) levels deep inside itself, which looks like a loop; check what the real git is"
        case .cannotStart(let path, let reason):
            "cannot start \(path): \(reason)"
        }
    }
}

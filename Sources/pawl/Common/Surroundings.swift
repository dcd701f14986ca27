import ByteStrings
import Guard
import Platform

/// Where this process runs, and which installation it belongs to.
struct Surroundings {
    var installation: Installation
    var environment: Environment

    static func current() throws(Failure) -> Surroundings {
        guard let installation = Installation.current else { throw Failure(GuardError.ownPathUnknown) }
        return Surroundings(installation: installation, environment: .current)
    }

    /// The real git of the installation.
    func realGit() throws(Failure) -> RealGit {
        do {
            return try RealGit.locate(installation)
        } catch {
            throw Failure(error)
        }
    }
}

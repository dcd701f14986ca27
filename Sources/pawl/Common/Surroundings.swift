import ByteStrings
import Guard
import Platform
import PolicyEngine

/// Where this process runs, and which installation it belongs to.
struct Surroundings {
    var installation: Installation
    var environment: Environment

    static func current() throws(Failure) -> Surroundings {
        guard let installation = Installation.current else { throw Failure(GuardError.ownPathUnknown) }
        return Surroundings(installation: installation, environment: .current)
    }

    /// What the policies of the system and the user say about the log.
    func auditSettings() throws(Failure) -> AuditSettings {
        do {
            return try PolicyStack.loadAuditSettings(environment: environment)
        } catch {
            throw Failure(error)
        }
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

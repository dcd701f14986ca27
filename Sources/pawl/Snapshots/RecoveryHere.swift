import Auditing
import ByteStrings
import GitEffects
import Guard
import Platform
import Recovery

/// The snapshots of the repository in the working directory.
enum RecoveryHere {
    static func open() throws(Failure) -> Recovery {
        let surroundings = try Surroundings.current()
        let git = try surroundings.realGit()
        let setting = Setting(
            executable: git.path, globals: [], environment: surroundings.environment, directory: "",
            gitDirectory: surroundings.environment["GIT_DIR"])
        do {
            if let recovery = try RecoveryPoint.recovery(setting) { return recovery }
        } catch {
            throw Failure(ByteString(error.description))
        }
        throw Failure("not in a git repository", remedy: "cd to the repository whose snapshots are meant", status: 128)
    }

    /// A command of this process that goes on record.
    static func command(
        _ name: ByteString, _ recovery: Recovery, at time: Timestamp
    ) throws(Failure) -> OwnCommand {
        let surroundings = try Surroundings.current()
        return OwnCommand(
            name, Words.ofThisProcess, recovery, surroundings.installation, surroundings.environment, at: time,
            warn: Output.warning)
    }

    /// Carries a command out; what it fails with is told as every failure is.
    static func attempt<Result>(_ body: () throws -> Result) throws(Failure) -> Result {
        do {
            return try body()
        } catch let error as RecoveryError {
            throw failure(error)
        } catch let error as OwnCommand.Unrecorded {
            throw Failure(ByteString("a policy \(error)"), remedy: error.remedy, status: FrontEnd.refused)
        } catch {
            throw Failure(ByteString("\(error)"))
        }
    }

    static func failure(_ error: RecoveryError) -> Failure {
        let remedy: ByteString? =
            switch error {
            case .newerWork: "commit or copy the newer work, name other --paths, or add --overwrite-newer"
            case .notSaved: "pawl snapshots show lists what is in it"
            case .noSuchSnapshot, .nothingToUndo: "pawl snapshots lists what there is"
            default: nil
            }
        return Failure(ByteString("\(error)"), remedy: remedy)
    }
}

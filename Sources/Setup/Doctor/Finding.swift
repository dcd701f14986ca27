import Auditing
import ByteStrings
import Guard
import PolicyEngine

/// One thing that `pawl doctor` looked at.
public enum Finding: Sendable {
    /// Whether protection stands.
    public enum State: String, Sendable {
        case ok
        /// Pawl works as it is; worth knowing.
        case information = "info"
        /// Pawl does not protect, or not as it should.
        case problem
    }

    case installed(pawl: ByteString, frontEnd: ByteString)
    case notInstalled(pawl: ByteString)
    case noFrontEnd(path: ByteString)
    case realGit(path: ByteString, version: ByteString)
    case realGitChanged(path: ByteString, file: ByteString)
    case realGitFails(path: ByteString)
    case noRealGit(GuardError)
    /// Reached in a shell that is started with the front end's folder first on PATH, as `pawl run` does.
    case reached(by: ByteString)
    case notReached(by: ByteString)
    /// What a login shell's start-up files make of PATH.
    case loginShell(ByteString, LoginReach, activation: ByteString, file: ByteString)
    case layer(Layer, policy: ByteString, place: ByteString)
    case brokenLayer(PolicyError)
    case letsForcedPushes
    case log(directory: ByteString, records: Int)
    case logNotWritable(AuditError)
    case logBroken(place: ByteString, what: String)
    case plainPushPassed(commit: ByteString)
    case plainPushRefused(message: ByteString)
    case plainPushBlocked(layer: ByteString, message: ByteString)
    case forcedPushStopped(message: ByteString)
    case forcedPushNotStopped(status: Int32, message: ByteString)
    case trialFailed(command: ByteString, message: ByteString)

    /// How far a login shell gets.
    public enum LoginReach: String, Sendable {
        case always, onlyInSessions, never
    }
}

extension Finding {
    public var state: State {
        switch self {
        case .installed, .realGit, .reached, .layer, .log, .plainPushPassed, .forcedPushStopped: .ok
        case .loginShell(_, let reach, _, _): reach == .always ? .ok : .information
        case .notInstalled, .realGitChanged, .letsForcedPushes, .plainPushBlocked: .information
        case .noFrontEnd, .realGitFails, .noRealGit, .notReached, .brokenLayer, .logNotWritable, .logBroken,
            .plainPushRefused, .forcedPushNotStopped, .trialFailed:
            .problem
        }
    }

    /// The part of the installation, in a word or two.
    public var subject: String {
        switch self {
        case .installed, .notInstalled, .noFrontEnd: "installation"
        case .realGit, .realGitChanged, .realGitFails, .noRealGit: "real git"
        case .reached(let shell), .notReached(let shell): shell.text
        case .loginShell(let shell, _, _, _): "\(shell) -lc"
        case .layer(let layer, _, _): "\(layer.word) policy"
        case .brokenLayer, .letsForcedPushes: "policy"
        case .log, .logNotWritable, .logBroken: "log"
        case .plainPushPassed, .plainPushRefused, .plainPushBlocked: "plain push"
        case .forcedPushStopped, .forcedPushNotStopped: "forced push"
        case .trialFailed: "trial"
        }
    }

    /// What was found, as part of a sentence.
    public var text: String {
        switch self {
        case .installed(let pawl, let frontEnd): "\(pawl), with \(frontEnd) in front of git"
        case .notInstalled(let pawl): "\(pawl) runs from where it was built"
        case .noFrontEnd(let path): "there is no front end at \(path)"
        case .realGit(let path, let version): "\(path), \(version)"
        case .realGitChanged(let path, let file):
            "\(path) is not the file that \(file) describes; pawl asks it for its version each time"
        case .realGitFails(let path): "\(path) does not run"
        case .noRealGit(let error): error.message
        case .reached: "a git in it is pawl"
        case .notReached: "a git in it is not pawl, though the front end's folder is first on PATH"
        case .loginShell(_, .always, _, _): "a git in it is pawl"
        case .loginShell(_, .onlyInSessions, _, _): "a git in it is pawl under pawl run, and the real git otherwise"
        case .loginShell(_, .never, _, _):
            "a git in it is the real git, also under pawl run: its start-up files set PATH anew"
        case .layer(_, let policy, let place): "\(policy), from \(place)"
        case .brokenLayer(let error): error.description
        case .letsForcedPushes: "what holds in this directory does not stop a forced push to main"
        case .log(let directory, let records):
            records == 0
                ? "\(directory) can be written; it is empty"
                : "\(directory) can be written, and its last \(records == 1 ? "record is" : "\(records) records are") intact"
        case .logNotWritable(let error): error.description
        case .logBroken(let place, let what): "\(place): \(what)"
        case .plainPushPassed(let commit): "passed; the remote has \(commit.text.prefix(7))"
        case .plainPushRefused: "did not pass"
        case .plainPushBlocked(let layer, _): "stopped by the \(layer) policy, so the forced one was not tried"
        case .forcedPushStopped: "stopped; the remote still has its commit"
        case .forcedPushNotStopped(let status, _): "not stopped: git ended with \(status)"
        case .trialFailed(let command, _): "could not be set up: \(command) failed"
        }
    }

    /// What to do about it, where there is something to do.
    public var remedy: String? {
        switch self {
        case .notInstalled, .noFrontEnd, .realGitChanged, .noRealGit: "run install.sh again"
        case .realGitFails(let path): "see what `\(path) version` says, mend it, and run install.sh again"
        case .notReached(let shell): "look for an alias, a function or a BASH_ENV file that defines git in \(shell)"
        case .loginShell(_, let reach, let activation, let file):
            reach == .always ? nil : "to change that, add to \(file):  \(activation)"
        case .brokenLayer: "mend that line; until then only commands without effects run"
        case .letsForcedPushes: "pawl policy show tells why; pawl policy use default brings protection back"
        case .logNotWritable(let error): error.remedy
        case .logBroken: "pawl audit verify shows how far the chain holds; keep the file, somebody may want to look"
        case .plainPushRefused, .forcedPushNotStopped, .trialFailed:
            "run install.sh again; if that does not help, this output belongs into a report to Pawl's makers"
        default: nil
        }
    }

    /// What git or Pawl printed.
    public var output: ByteString? {
        switch self {
        case .plainPushRefused(let message), .plainPushBlocked(_, let message), .forcedPushStopped(let message),
            .forcedPushNotStopped(_, let message), .trialFailed(_, let message):
            message
        default: nil
        }
    }
}

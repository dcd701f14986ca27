import Auditing
import ByteStrings
import Effects
import Guard
import Platform
import PolicyEngine

/// Proves that an installation protects: looks at its parts, and tries it on a repository made for that.
public struct Doctor {
    let installation: Installation
    let environment: Environment
    /// A folder for this examination only.
    let scratch: ByteString

    public init(_ installation: Installation, _ environment: Environment, scratch: ByteString) {
        self.installation = installation
        self.environment = environment
        self.scratch = scratch
    }

    /// Looks at everything, the trial last. Each finding is told as soon as it is there.
    public func examine(_ tell: (Finding) -> Void) {
        let isComplete = examineFiles(tell)
        policies(tell)
        log(tell)
        guard isComplete else { return }
        ReachCheck(self).examine(tell)
        Trial(self).examine(tell)
    }

    // MARK: Files

    /// Whether there is a front end and a git to put it before.
    private func examineFiles(_ tell: (Finding) -> Void) -> Bool {
        if File.status(installation.frontEnd)?.isExecutable != true {
            tell(.noFrontEnd(path: installation.frontEnd))
            return false
        }
        if installation.prefix == nil {
            tell(.notInstalled(pawl: installation.executable))
        } else {
            tell(.installed(pawl: installation.executable, frontEnd: installation.frontEnd))
        }
        let git: RealGit
        do {
            git = try RealGit.locate(installation)
        } catch {
            tell(.noRealGit(error))
            return false
        }
        guard let answer = try? Program(git.path, ["git", "version"], environment: environment).capture(),
            answer.ending.succeeded
        else {
            tell(.realGitFails(path: git.path))
            return false
        }
        if let file = installation.realGitFile, git.recorded == nil {
            tell(.realGitChanged(path: git.path, file: file))
        } else {
            tell(.realGit(path: git.path, version: answer.output.trimmed))
        }
        return true
    }

    // MARK: Policies

    private func policies(_ tell: (Finding) -> Void) {
        let survey = LayerSurvey(installation, environment)
        for entry in survey.entries {
            switch entry.state {
            case .absent: continue
            case .policy(let policy): tell(.layer(entry.layer, policy: policy.name, place: entry.place ?? ""))
            case .broken(let error): tell(.brokenLayer(error))
            }
        }
        guard survey.firstError == nil else { return }
        let push = Effect(
            .forcePush, .remoteRef(Effect.RemoteRef(remote: "origin", url: nil, ref: "refs/heads/main")))
        if survey.stack.decide([push], in: Context(agent: environment["PAWL_AGENT"])).action < .deny {
            tell(.letsForcedPushes)
        }
    }

    // MARK: The log

    /// How many of the newest records are looked at; `pawl audit verify` looks at all.
    private static let recordsChecked = 200

    private func log(_ tell: (Finding) -> Void) {
        do {
            let log = AuditLog(directory: try AuditLog.directory(for: environment))
            try log.checkWritable()
            tell(try Self.end(of: log))
        } catch {
            tell(.logNotWritable(error))
        }
    }

    private static func end(of log: AuditLog) throws(AuditError) -> Finding {
        var checked = 0
        var next: Record?
        for entry in try log.records(.newestFirst) {
            switch entry {
            case .broken(let file, let line, let reason):
                return .logBroken(place: file + ByteString(":\(line)"), what: reason)
            case .record(let record):
                if let next, next.previous != record.hash {
                    return .logBroken(
                        place: log.directory,
                        what: "record \(next.sequence) does not follow record \(record.sequence)")
                }
                next = record
                checked += 1
            }
            if checked == recordsChecked { break }
        }
        return .log(directory: log.directory, records: checked)
    }
}

extension Environment {
    /// Without all that Pawl's own variables say.
    func withoutPawl() -> Environment {
        Environment(entries.filter { !$0.hasPrefix("PAWL_") })
    }
}

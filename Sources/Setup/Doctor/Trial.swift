import ByteStrings
import Guard
import Platform

/// A push that should pass and one that should not, by the installed front end, in a scratch repository with a real
/// bare remote. Nothing of the user's counts there: no configuration, no policy, no log.
struct Trial {
    private let installation: Installation
    private let environment: Environment
    private let remote: ByteString
    private let work: ByteString

    init(_ doctor: Doctor) {
        installation = doctor.installation
        remote = doctor.scratch + "/remote.git"
        work = doctor.scratch + "/work"
        let kept: [ByteString] = ["PATH=", "TMPDIR=", "LANG=", "LC_ALL="]
        var environment = Environment(
            doctor.environment.entries.filter { entry in kept.contains { entry.hasPrefix($0) } })
        environment = Session.guarded(environment, installation)
        let home = doctor.scratch + "/home"
        environment["HOME"] = home
        for (name, folder) in [("CONFIG", "config"), ("STATE", "state"), ("CACHE", "cache"), ("DATA", "data")] {
            environment[ByteString("XDG_\(name)_HOME")] = home + ByteString("/\(folder)")
        }
        environment["GIT_CONFIG_NOSYSTEM"] = "1"
        environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
        environment["GIT_TERMINAL_PROMPT"] = "0"
        environment["GIT_CEILING_DIRECTORIES"] = doctor.scratch
        for role in ["AUTHOR", "COMMITTER"] {
            environment[ByteString("GIT_\(role)_NAME")] = "pawl doctor"
            environment[ByteString("GIT_\(role)_EMAIL")] = "doctor@localhost"
        }
        // The trial is of the front end: the policy that the user has chosen may well let the push pass.
        environment["PAWL_POLICY"] = "default"
        self.environment = environment
    }

    func examine(_ tell: (Finding) -> Void) {
        for folder in [remote, work, environment["HOME"] ?? ""] where (try? File.makeFolder(folder)) == nil {
            tell(.trialFailed(command: "mkdir " + folder, message: ""))
            return
        }
        let preparation: [[ByteString]] = [
            ["-C", remote, "init", "-q", "--bare", "--template="],
            ["init", "-q", "--template="],
            ["symbolic-ref", "HEAD", "refs/heads/main"],
            ["remote", "add", "origin", remote],
            ["commit", "-q", "--allow-empty", "-m", "another history"],
            ["checkout", "-q", "--orphan", "published"],
            ["commit", "-q", "--allow-empty", "-m", "as it was"],
        ]
        for words in preparation where !succeeds(words, tell) { return }

        let plain = run(["push", "-q", "origin", "published:main"])
        let before = remoteCommit()
        guard plain.status == 0, let before else {
            // Only the system's policy reaches in here.
            tell(
                plain.status == FrontEnd.refused
                    ? .plainPushBlocked(layer: "system", message: plain.message)
                    : .plainPushRefused(message: plain.message))
            return
        }
        tell(.plainPushPassed(commit: before))

        guard succeeds(["checkout", "-q", "main"], tell) else { return }
        let forced = run(["push", "--force", "origin", "main"])
        let isStopped = forced.status == FrontEnd.refused && remoteCommit() == before
        tell(
            isStopped
                ? .forcedPushStopped(message: forced.message)
                : .forcedPushNotStopped(status: forced.status, message: forced.message))
    }

    private func succeeds(_ words: [ByteString], _ tell: (Finding) -> Void) -> Bool {
        let outcome = run(words)
        if outcome.status != 0 {
            let command: [ByteString] = ["git"] + words
            tell(.trialFailed(command: command.joined(separator: " "), message: outcome.message))
        }
        return outcome.status == 0
    }

    private func run(_ words: [ByteString]) -> (status: Int32, message: ByteString) {
        let program = Program(
            installation.frontEnd, ["git"] + words, environment: environment, directory: work)
        do {
            let outcome = try program.capture()
            return (outcome.ending.shellStatus, (outcome.output + outcome.errors).trimmed)
        } catch {
            return (126, ByteString(error.description))
        }
    }

    /// Asked of the real git: what Pawl says of itself proves nothing.
    private func remoteCommit() -> ByteString? {
        guard let git = try? RealGit.locate(installation) else { return nil }
        let question = Program(
            git.path, ["git", "-C", remote, "rev-parse", "--verify", "-q", "refs/heads/main"], environment: environment)
        guard let answer = try? question.capture(), answer.ending.succeeded else { return nil }
        return answer.output.trimmed
    }
}

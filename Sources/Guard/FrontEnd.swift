import Auditing
import ByteStrings
import Effects
import GitEffects
import NativeGit
import Platform
import PolicyEngine

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The front end: `git` as agents call it.
public struct FrontEnd {
    /// What a refused command exits with (`EX_NOPERM` of sysexits.h).
    public static let refused: Int32 = 77
    /// What the front end exits with where it cannot do its work at all (`EX_UNAVAILABLE`).
    static let unavailable: Int32 = 69

    private let environment: Environment
    private let recorder: Recorder
    private let started = Timestamp.now

    /// Runs the command line of this process, and ends as the command ends.
    public static func main() -> Never {
        var arguments: [ByteString] = []
        for index in 0..<Int(Swift.CommandLine.argc) {
            // CommandLine.arguments would replace bytes that are not UTF-8.
            if let word = Swift.CommandLine.unsafeArgv[index] { arguments.append(ByteString(cString: word)) }
        }
        let environment = Environment.current
        FrontEnd(environment: environment, recorder: Recorder(environment)).run(arguments)
    }

    private func run(_ arguments: [ByteString]) -> Never {
        var record = recorder.begin(arguments, at: started)
        do {
            try carryOut(try examine(arguments), record)
        } catch let error as PolicyError {
            refuse(Messages.brokenPolicy(error), arguments, noting: record)
        } catch let error as ForesightError {
            // git fails over the same configuration, with these very words.
            record.exit = Int(error.ending.shellStatus)
            _ = note(record)
            say(error.message.dropping(suffix: "\n") ?? error.message)
            Waiting.end(as: error.ending)
        } catch let error as GuardError {
            _ = note(record)
            say(Messages.failed(error))
            exit(Self.unavailable)
        } catch let error as SystemError {
            _ = note(record)
            say(Messages.failed(.cannotStart(path: error.path, reason: error.reason)))
            // As a shell would: 126 for a program that cannot be started.
            exit(126)
        } catch {
            fatal(error)
        }
    }

    private func examine(_ arguments: [ByteString]) throws -> Evaluation {
        if Nesting.depth(environment) >= Nesting.limit { throw GuardError.tooDeep(limit: Nesting.limit) }
        guard let installation = Installation.current else { throw GuardError.ownPathUnknown }
        let git = try RealGit.locate(installation)
        var examiner = Examiner(installation: installation, git: git, environment: environment)
        examiner.input = StandardInput.ahead
        var evaluation = try examiner.examine(arguments)
        examiner.compact(&evaluation)
        return evaluation
    }

    // MARK: Carrying out

    private func carryOut(_ evaluation: Evaluation, _ plain: Record) throws -> Never {
        if evaluation.action == .deny { refuse(evaluation, plain) }
        for notice in evaluation.understanding.notices { say(notice) }
        if ForeseenPush.needsPin(evaluation.effects), let command = evaluation.understood,
            Foreseer.foresees(command.name)
        {
            try carryOutPinned(evaluation, command, plain)
        }
        switch evaluation.route {
        case .die(let message, let status):
            var record = described(plain, evaluation)
            record.exit = Int(status)
            _ = note(record)
            say(message)
            exit(status)
        case .replace(let program):
            runNatively(evaluation, plain)
            var record = described(plain, evaluation)
            record.ran = .exec
            _ = note(record)
            if evaluation.compact != nil { sayWhatIsAtWork(evaluation) }
            try program.replaceThisProcess()
        case .wait(let program):
            // What lasts is done whole, and put on record.
            let signals = HeldSignals()
            runNatively(evaluation, plain, releasing: signals)
            signals.release()
            let point = keep(evaluation, plain)
            var record = plain
            record.snapshot = point?.id
            try wait(program, evaluation, record, keeping: point)
        case .shell(let alias):
            let program = try alias.program(
                evaluation.setting, Nesting.deeper(environment), requiredInstallation())
            try wait(program, evaluation, plain, alias)
        }
    }

    /// Runs the command in process and ends as it ends, where there is a native operation for it; otherwise comes back
    /// without having done anything.
    private func runNatively(_ evaluation: Evaluation, _ plain: Record, releasing signals: HeldSignals? = nil) {
        guard let outcome = evaluation.runNatively() else { return }
        var record = described(plain, evaluation)
        record.ran = .native
        record.exit = Int(outcome.status)
        if let moves = outcome.moves { note(moves, in: &record) }
        _ = note(record)
        signals?.release()
        if evaluation.compact != nil { sayWhatIsAtWork(evaluation) }
        outcome.write()
        exit(outcome.status)
    }

    /// As for a command that was waited for.
    private func note(_ moves: NativeOutcome.Moves, in record: inout Record) {
        record.head = Record.Head(before: moves.head.before, after: moves.head.after)
        record.movedRefs = moves.created.map { Record.MovedRef(ref: $0.ref, old: nil, new: $0.target) }
        record.milliseconds = Int(Timestamp.now.milliseconds - started.milliseconds)
    }

    /// The snapshot that the policies ask for. Where it cannot be taken the command does not run.
    private func keep(_ evaluation: Evaluation, _ plain: Record) -> RecoveryPoint? {
        guard evaluation.action == .snapshot else { return nil }
        do {
            return try RecoveryPoint.take(before: evaluation, at: started)
        } catch {
            refuse(Messages.cannotKeep("\(error)"), evaluation.arguments, noting: described(plain, evaluation))
        }
    }

    /// A push that overwrites something is asked for again by what the remote says now, decided on again, and tied to
    /// the values that were decided on.
    private func carryOutPinned(
        _ evaluation: Evaluation, _ command: UnderstoodCommand, _ plain: Record
    ) throws -> Never {
        var evaluation = evaluation
        guard let push = evaluation.push, case .wait(var program) = evaluation.route else {
            refusePin(evaluation, plain, "its words can be read in two ways")
        }
        let pinned: PinnedPush
        do {
            pinned = try push.pinned(command, evaluation.setting)
        } catch {
            refusePin(evaluation, plain, error.reason)
        }
        evaluation.effects = pinned.effects
        guard let policies = evaluation.policies else { refuse(evaluation, plain) }
        let context = evaluation.context(environment)
        evaluation.decision = policies.decide(pinned.effects, in: context)
        if evaluation.action == .deny { refuse(evaluation, plain) }
        var point: RecoveryPoint?
        if evaluation.action == .snapshot {
            do {
                point = try RecoveryPoint.take(before: pinned, evaluation, at: started)
            } catch {
                refusePin(evaluation, plain, ByteString("what it would replace cannot be kept: \(error)"))
            }
        }
        var record = plain
        record.snapshot = point?.id
        program.arguments = ["git"] + evaluation.understanding.globals.words + pinned.globals + pinned.words
        try wait(program, evaluation, record, keeping: point)
    }

    private func refusePin(_ evaluation: Evaluation, _ plain: Record, _ reason: ByteString) -> Never {
        refuse(Messages.cannotPin(reason), evaluation.arguments, noting: described(plain, evaluation))
    }

    private func requiredInstallation() throws -> Installation {
        guard let installation = Installation.current else { throw GuardError.ownPathUnknown }
        return installation
    }

    private func wait(
        _ program: Program, _ evaluation: Evaluation, _ plain: Record, _ alias: ShellAlias? = nil,
        keeping point: RecoveryPoint? = nil
    ) throws -> Never {
        if evaluation.policies?.recordRequired == true {
            do {
                try recorder.check()
            } catch {
                refuse(Messages.unrecorded(error), evaluation.arguments, record: nil)
            }
        }
        let withRemotes = MovedRefs.includeRemoteTracking(evaluation.command)
        let before = evaluation.place.map { RefState($0, withRemotes: withRemotes) }
        // What the record says about the command and its callers is gathered while git is at work.
        var record = plain
        let filter = try evaluation.compact?.shortener.begin().map { try OutputFilter($0, of: program) }
        let ending = try Waiting.run(program, through: filter) {
            record = described(plain, evaluation)
            recorder.rehearse(record)
        }
        record.ran = .spawn
        switch ending {
        case .exited(let code): record.exit = Int(code)
        case .signaled(let signal): record.signal = Int(signal)
        }
        // A command may have made the repository.
        if let repository = evaluation.place ?? GitDirectory(evaluation.setting) {
            let after = RefState(repository, withRemotes: withRemotes)
            record.repository = record.repository ?? repository.name
            record.head = Record.Head(before: before?.headTarget, after: after.headTarget)
            if let before { record.movedRefs = after.moved(since: before) }
        }
        // After that: the ref that grows with it is none that the command has moved.
        if let point { record.snapshot = point.complete(now: .now) }
        record.milliseconds = Int(Timestamp.now.milliseconds - started.milliseconds)
        _ = note(record)
        guard let alias else { Waiting.end(as: ending) }
        // git itself lives on when a shell alias dies, and reports it as a status.
        if let epitaph = alias.epitaph(ending) { say(epitaph) }
        exit(ending.shellStatus)
    }

    private func refuse(_ evaluation: Evaluation, _ plain: Record) -> Never {
        let evaluation = Escalation.told(evaluation, recorder, environment, now: started) ?? evaluation
        let number = note(described(plain, evaluation))
        say(
            wantsJSON
                ? evaluation.shown.json(record: number).encoded : Messages.refusal(evaluation.shown, record: number))
        exit(Self.refused)
    }

    private func refuse(_ stop: Stop, _ arguments: [ByteString], noting record: Record) -> Never {
        var record = record
        record.decision = .deny
        record.stopped = stop.reason
        refuse(stop, arguments, record: note(record))
    }

    private func refuse(_ stop: Stop, _ arguments: [ByteString], record number: Int?) -> Never {
        say(wantsJSON ? stop.json(arguments, record: number).encoded : stop.text(arguments, record: number))
        exit(Self.refused)
    }

    private var wantsJSON: Bool { environment["PAWL_FORMAT"] == "json" }

    private func described(_ plain: Record, _ evaluation: Evaluation) -> Record {
        var record = plain
        recorder.describe(evaluation, in: &record)
        recorder.trace(evaluation, in: &record)
        return record
    }

    // MARK: Saying and noting

    /// Puts the record into the log. Where that fails for a command with effects, says so in one line and goes on; what
    /// only reads stays as silent as git.
    private func note(_ record: Record) -> Int? {
        do {
            return try recorder.append(record, warn: say)
        } catch {
            if !record.effects.isEmpty { say(Messages.notRecorded(error)) }
            return nil
        }
    }

    /// What a compact status begins with.
    private func sayWhatIsAtWork(_ evaluation: Evaluation) {
        guard evaluation.command == "status", let place = evaluation.place else { return }
        let lines = OngoingOperation.lines(place).map { $0 + "\n" }
        try? File.writeAll(lines.joined(separator: ""), to: 1, path: "standard output")
    }

    /// One write to standard error, so that lines of several processes do not mix.
    private func say(_ line: ByteString) {
        (line + "\n").bytes.withUnsafeBytes { bytes in
            _ = write(2, bytes.baseAddress, bytes.count)
        }
    }

    private func fatal(_ error: any Error) -> Never {
        say(ByteString("pawl: error: \(error)"))
        exit(Self.unavailable)
    }
}

/// Which commands can move remote-tracking refs, of which a repository can have thousands.
enum MovedRefs {
    private static let movers: WordList = """
        bundle clone fetch fetch-pack filter-branch gc maintenance pack-refs prune pull push remote send-pack \
        submodule svn update-ref
        """

    static func includeRemoteTracking(_ command: ByteString) -> Bool { movers.contains(command) }
}

import AuditReview
import Auditing
import ByteStrings
import Effects

extension Disguise {
    /// The record in disguise. Its hashes are left out: they are those of the log's own lines, and would let anybody
    /// try which line they fit. Whatever is not named here is left out, too.
    public func record(_ record: Record) -> Record {
        var result = Record(time: record.time)
        result.version = record.version
        result.sequence = record.sequence
        result.process = record.process
        result.decision = record.decision
        result.ran = record.ran
        result.exit = record.exit
        result.signal = record.signal
        result.milliseconds = record.milliseconds
        result.omitted = record.omitted
        result.notice = record.notice.map(notice)
        result.session = record.session.map { name("session", $0) }
        result.agent = record.agent.map { name("agent", $0) }
        result.parents = record.parents.map { parent in
            Record.ParentProcess(process: parent.process, executable: parent.executable.map(program))
        }
        result.directory = record.directory.map { name("folder", $0) }
        result.repository = record.repository.map { name("repository", $0) }
        result.remote = record.remote.map(remote)
        result.arguments = record.isOfPawl ? ownCommandLine(record.calledWords) : commandLine(record.arguments)
        result.command = record.isOfPawl ? record.command : record.command.map(command)
        result.expansion = expansion(record.expansion)
        result.effects = record.effects.map(effect)
        result.rule = record.rule.map { name("rule", $0) }
        result.stopped = record.stopped.map { name("reason", $0) }
        result.policy = record.policy.map(policy)
        result.head = record.head.map { Record.Head(before: $0.before.map(digits), after: $0.after.map(digits)) }
        result.movedRefs = record.movedRefs.map { moved in
            Record.MovedRef(ref: ref(moved.ref), old: moved.old.map(digits), new: moved.new.map(digits))
        }
        result.snapshot = record.snapshot.map { name("snapshot", $0) }
        result.undo = record.undo.map(undo)
        return result
    }

    private func undo(_ undo: Record.Undo) -> Record.Undo {
        var result = Record.Undo(snapshot: undo.snapshot.map { name("snapshot", $0) })
        result.isPartial = undo.isPartial
        result.movedHead = undo.movedHead
        result.restoredIndex = undo.restoredIndex
        result.files = undo.files.map(files)
        result.left = undo.left.map(files)
        result.remoteRefs = undo.remoteRefs.map { moved in
            Record.MovedRef(ref: ref(moved.ref), old: moved.old.map(digits), new: moved.new.map(digits))
        }
        return result
    }

    private func files(_ files: Record.Undo.Files) -> Record.Undo.Files {
        Record.Undo.Files(paths: files.paths.map { name("file", $0) }, count: files.count)
    }

    /// What kind of notice it is stands before the first colon.
    private func notice(_ text: ByteString) -> ByteString {
        guard let (kind, rest) = text.split(atFirst: UInt8(ascii: ":")) else { return name("notice", text) }
        return kind + ": " + name("text", rest)
    }

    private func policy(_ policy: Record.PolicySource) -> Record.PolicySource {
        let file = policy.file.map { $0.hasPrefix("built-in:") ? $0 : name("file", $0) }
        return Record.PolicySource(
            name: name("policy", policy.name), digest: policy.digest.map(digits), layer: policy.layer, file: file,
            line: policy.line)
    }

    private func effect(_ effect: Effect) -> Effect {
        var result = effect
        switch effect.target {
        case .remoteRef(var target):
            target.remote = remote(target.remote)
            target.url = target.url.map { name("url", $0) }
            target.ref = ref(target.ref)
            target.forcedBy = target.forcedBy.map(force)
            result.target = .remoteRef(target)
        case .localRef(let ref): result.target = .localRef(self.ref(ref))
        case .files(let paths, let count):
            result.target = .files(paths: paths.map { name("file", $0) }, count: count)
        case .named(let text):
            result.target = .named(effect.kind == .changeConfig ? setting(text) : name("text", text))
        }
        result.lost = effect.lost.map { lost in
            Effect.LostCommits(
                count: lost.count,
                first: lost.first.map { commit in
                    Effect.Commit(
                        id: digits(commit.id), subject: name("message", commit.subject),
                        author: name("person", commit.author))
                })
        }
        result.safer = nil
        return result
    }

    private func force(_ force: Effect.Force) -> Effect.Force {
        switch force {
        case .option(let text): .option(text)
        case .refspec(let text): .refspec(word(text))
        case .configuration(let text): .configuration(setting(text))
        case .overlay(let text): .overlay(name("text", text))
        }
    }
}

import ByteStrings
import Effects

extension Record {
    /// The record without credentials. `append` applies it, so that no caller can forget to.
    func redacted() -> Record {
        var result = self
        result.redact()
        return result
    }

    private mutating func redact() {
        arguments = Redaction.redact(arguments: arguments)
        if !expansion.isEmpty { expansion = Redaction.redact(arguments: expansion) }
        notice = notice.map(Redaction.redact(word:))
        stopped = stopped.map(Redaction.redact(word:))
        repository = repository.map(Redaction.redact(url:))
        directory = directory.map(Redaction.redact(url:))
        remote = remote.map(Redaction.redact(url:))
        if !effects.isEmpty { effects = effects.map(\.redacted) }
        undo = undo.map { undo in
            var undo = undo
            undo.files?.redact()
            undo.left?.redact()
            return undo
        }
    }
}

extension Record.Undo.Files {
    fileprivate mutating func redact() { paths = paths.map(Redaction.redact(prose:)) }
}

extension Effect {
    /// The effect without credentials, for the log and for messages.
    public var redacted: Effect {
        var result = self
        switch target {
        case .remoteRef(var target):
            target.remote = Redaction.redact(url: target.remote)
            target.url = target.url.map(Redaction.redact(url:))
            target.ref = Redaction.redact(prose: target.ref)
            target.forcedBy = target.forcedBy?.redacted
            result.target = .remoteRef(target)
        case .localRef(let ref):
            result.target = .localRef(Redaction.redact(prose: ref))
        case .files(let paths, let count):
            result.target = .files(paths: paths.map(Redaction.redact(prose:)), count: count)
        case .named(let name):
            result.target = .named(Redaction.redact(word: name))
        }
        if let lost {
            result.lost = LostCommits(
                count: lost.count,
                first: lost.first.map {
                    Commit(
                        id: $0.id, subject: Redaction.redact(prose: $0.subject),
                        author: Redaction.redact(prose: $0.author))
                })
        }
        result.safer = safer.map(Redaction.redact(word:))
        return result
    }
}

extension Effect.Force {
    fileprivate var redacted: Effect.Force {
        switch self {
        case .option(let text): .option(Redaction.redact(word: text))
        case .refspec(let text): .refspec(Redaction.redact(word: text))
        case .configuration(let text): .configuration(Redaction.redact(word: text))
        case .overlay(let text): .overlay(Redaction.redact(word: text))
        }
    }
}

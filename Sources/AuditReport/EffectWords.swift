import Auditing
import ByteStrings
import Effects

extension Effect.Kind {
    /// What a command with this effect does, before the name of what it acts on.
    fileprivate var verb: ByteString {
        switch self {
        case .push: "push"
        case .forcePush: "overwrite"
        case .deleteRemoteRef: "delete"
        case .rewriteHistory: "drop commits from"
        case .deleteBranch: "delete the branch"
        case .moveTag: "move the tag"
        case .deleteTag: "delete the tag"
        case .discardChanges: "discard changes in"
        case .deleteUntracked: "delete untracked files:"
        case .dropStash: "drop stash entries:"
        case .destroyRecovery: "remove means of recovery:"
        case .skipHooks: "skip hooks:"
        case .changeConfig: "change configuration:"
        case .runNested: "run another command:"
        case .runUnknown: "run an unknown command:"
        }
    }
}

extension Effect {
    /// How many paths are named in a sentence, and in a list.
    private static let namedPaths = (sentence: 3, list: 20)

    /// What the command does or would have done: `overwrite main on origin`.
    var words: ByteString {
        switch target {
        case .remoteRef(let target): kind.verb + " " + Self.short(target.ref) + " on " + target.remote
        case .localRef(let ref): kind.verb + " " + Self.short(ref)
        case .files(let paths, let count):
            kind.verb + " " + paths.prefix(Self.namedPaths.sentence).joined(separator: ", ")
                + (count > Self.namedPaths.sentence
                    ? ByteString(" and \(Counted.number(count - Self.namedPaths.sentence)) more") : "")
        case .named(let name): kind.verb + " " + name
        }
    }

    /// What would be lost in commits: `2 commits`; nil where none is known.
    var lossInWords: ByteString? {
        guard let lost, lost.count > 0 else { return nil }
        return ByteString(Counted(lost.count, "commit").text + " at stake")
    }

    private static func short(_ ref: ByteString) -> ByteString { ref.dropping(prefix: "refs/heads/") ?? ref }

    /// For the page's script.
    var page: JSON {
        var members: [JSON.Member] = [
            .init("kind", .string(ByteString(kind.rawValue))), .init("text", .string(words)),
        ]
        if certainty == .possible { members.append(.init("certainty", "possible")) }
        if let published { members.append(.init("published", .bool(published))) }
        if let lossInWords, let lost {
            let first = lost.first.map { commit in
                ["id": .string(commit.id), "subject": .string(commit.subject), "author": .string(commit.author)] as JSON
            }
            members.append(.init("lost", ["words": .string(lossInWords), "first": .array(first)]))
        }
        if case .remoteRef(let target) = target {
            if let url = target.url, url != target.remote { members.append(.init("url", .string(url))) }
            if let force = target.forcedBy { members.append(.init("forced", .string(force.text))) }
            if target.lease { members.append(.init("lease", true)) }
        }
        if case .files(let paths, _) = target, paths.count > Self.namedPaths.sentence {
            members.append(.init("paths", .array(paths.prefix(Self.namedPaths.list).map { .string($0) })))
        }
        return .object(members)
    }
}

extension Effect.Force {
    /// What makes a push more than a fast-forward, as it was given.
    fileprivate var text: ByteString {
        switch self {
        case .option(let text), .refspec(let text), .configuration(let text), .overlay(let text): text
        }
    }
}

/// A number with its noun.
struct Counted {
    let text: String

    init(_ count: Int, _ noun: String) {
        text = "\(Self.number(count)) \(noun)\(count == 1 ? "" : "s")"
    }

    /// The number with commas between thousands.
    static func number(_ number: Int) -> String {
        let digits = String(number)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index) % 3 == 0 && digit != "-" && text != "-" { text.append(",") }
            text.append(digit)
        }
        return text
    }
}

import ByteStrings
import Effects
import GitSyntax
import Libgit2

/// Foresees commands that are run inside a bare repository. Others push to it: to them it is the remote, and what
/// happens to its refs happens on a remote, unless it is told to be somebody's own (`OwnBareRepository`).
struct BareRepository {
    let facts: any RepositoryFacts
    let configuration: Configuration

    func effects(
        of command: UnderstoodCommand, where isMeant: (RefChange) -> Bool = { _ in true }
    ) -> [Effect] {
        var seen: Set<RefChange> = []
        return command.interpretations
            .flatMap { RefChanges.of(command, $0, facts, configuration) }
            .filter { seen.insert($0).inserted && isMeant($0) }
            .compactMap(effect)
            // A fetch that takes over what is new is no push.
            .filter { $0.kind != .push || !["fetch", "pull", "remote"].contains(command.name) }
    }

    private static let safer: ByteString = "push from a clone: a plain push moves refs forward and loses nothing"

    private func effect(of change: RefChange) -> Effect? {
        if change.name.hasPrefix("refs/replace/") {
            return Effect(.rewriteHistory, .localRef(change.name), published: true, safer: Self.safer)
        }
        let isPattern = change.name.contains(UInt8(ascii: "*"))
        let old = facts.target(of: change.name)
        switch change.value {
        case .unknown:
            // A ref that is not there yet is created.
            guard isPattern || old != nil else { return Effect(.push, target(change), certainty: .possible) }
            return Effect(.forcePush, target(change), certainty: .possible, safer: Self.safer)
        case .rewritten(let names, _):
            return Effect(.forcePush, target(change), lost: facts.lostCommits(names), safer: Self.safer)
        case .removed where isPattern:
            return Effect(.deleteRemoteRef, target(change), certainty: .possible, safer: Self.safer)
        case .removed:
            guard let old else { return nil }
            let lost = facts.commit(old).map { Effect.LostCommits(count: 1, first: [$0]) }
            return Effect(
                .deleteRemoteRef, target(change), lost: lost,
                safer: "leave " + RefName.short(change.name) + " where it is; others may have work on it")
        case .object(let new):
            guard let old else { return Effect(.push, target(change)) }
            guard old != new else { return nil }
            guard let new, !change.name.hasPrefix("refs/tags/") else {
                return Effect(.forcePush, target(change), safer: Self.safer)
            }
            switch facts.move(from: old, to: new) {
            case .fastForward: return Effect(.push, target(change))
            case .loses(let names):
                return Effect(.forcePush, target(change), lost: facts.lostCommits(names), safer: Self.safer)
            case .unknown: return Effect(.forcePush, target(change), certainty: .possible, safer: Self.safer)
            }
        }
    }

    private func target(_ change: RefChange) -> Effect.Target {
        .remoteRef(
            Effect.RemoteRef(
                remote: ".", url: facts.gitDirectory, ref: change.name,
                forcedBy: .option("a change in the repository itself")))
    }
}

import Auditing
import ByteStrings
import Effects
import GitEffects
import Platform
import PolicyEngine

/// A forced push that is refused, after a push that the remote has refused: the remote has moved, and the message is to
/// say whose commits it has, and that integrating them is the way.
enum Escalation {
    /// How long the remote may take for each of two questions.
    private static let patience = 8000

    /// The evaluation with what the remote has now, and a sentence about that; nil where nothing was refused before, or
    /// nothing would be overwritten by what is known then.
    static func told(
        _ evaluation: Evaluation, _ recorder: Recorder, _ environment: Environment, now: Timestamp
    ) -> Evaluation? {
        guard evaluation.command == "push", let place = evaluation.place, let push = evaluation.push,
            !overwritten(evaluation).isEmpty, recorder.hasFailedPush(in: place.name, before: now)
        else { return nil }
        var told = evaluation
        if overwritten(evaluation).contains(where: { $0.lost == nil }),
            let effects = push.effectsNow(evaluation.setting, milliseconds: patience),
            let policies = evaluation.policies
        {
            told.effects = effects
            told.decision = policies.decide(effects, in: told.context(environment))
            // What is decided stays decided, whatever the remote has said; it has not moved then.
            guard told.action == .deny else { return nil }
        }
        told.moved = sentence(overwritten(told))
        return told
    }

    private static func overwritten(_ evaluation: Evaluation) -> [Effect] {
        let denied = evaluation.decision?.verdicts.filter { $0.action == .deny }.map(\.effect) ?? []
        return denied.filter { $0.kind == .forcePush }
    }

    private static func sentence(_ effects: [Effect]) -> ByteString? {
        for effect in effects {
            guard case .remoteRef(let target) = effect.target else { continue }
            let there = target.ref + " on " + Redaction.redact(url: target.remote)
            guard let lost = effect.lost, lost.count > 0 else {
                return there
                    + " may have moved, for the push before this one was refused; git fetch shows by whose commits"
            }
            let count = ByteString("\(lost.count) commit\(lost.count == 1 ? "" : "s")")
            let authors = names(lost)
            return there + " has " + count + (authors.isEmpty ? "" : " by " + authors)
                + " that the push leaves out, which is why the one before was refused; integrating them is the way"
        }
        return nil
    }

    /// The authors without their addresses, each once, a few of them.
    private static func names(_ lost: Effect.LostCommits) -> ByteString {
        var names: [ByteString] = []
        for commit in lost.first {
            let name = commit.author.split(atLast: UInt8(ascii: "<"))?.head.trimmed ?? commit.author
            if !name.isEmpty, !names.contains(name) { names.append(Redaction.redact(word: name).withoutControls) }
        }
        let isCut = names.count > 3 || lost.count > lost.first.count
        return names.prefix(3).joined(separator: ", ") + (isCut && !names.isEmpty ? " and others" : "")
    }
}

extension Recorder {
    /// Whether a push of this repository failed a short while ago that no policy had stopped: most often because the remote
    /// had moved.
    func hasFailedPush(in repository: ByteString, before now: Timestamp) -> Bool {
        guard let newest = try? log.get().newest(16, ran: .spawn) else { return false }
        for entry in newest {
            guard case .record(let record) = entry else { continue }
            if record.time.milliseconds < now.milliseconds - 3_600_000 { return false }
            if record.command == "push", record.repository == repository, record.ran == .spawn, record.exit != 0 {
                return true
            }
        }
        return false
    }
}

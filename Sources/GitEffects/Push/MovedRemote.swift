import ByteStrings
import Effects
import Libgit2
import Platform

extension ForeseenPush {
    /// The effects by what the remote has at this moment, with the commits that it would lose: for telling somebody why a
    /// push is refused, not for deciding about it, since it gives up after some time. Brings the remote's commits here, and
    /// points no ref to them: a fetch into the remote-tracking refs would disarm leases. nil where the remote cannot be asked.
    public func effectsNow(_ setting: Setting, milliseconds: Int) -> [Effect]? {
        guard let request = requests.first, requests.count == 1, !pushesSubmodules, !request.readsInput,
            let url = request.remote.pushURLs.first, request.remote.pushURLs.count == 1,
            let answer = try? setting.question(["ls-remote", "--", url]).run(milliseconds: milliseconds),
            answer.ending == .ended(.exited(0))
        else { return nil }
        let plan = PushPlanner.plan(
            request, facts: facts, view: RemoteView(advertised: Self.references(advertised: answer.output)),
            locals: locals)
        guard plan.refusal == nil else { return nil }
        let missing = plan.updates.filter { update in
            if case .object(let object) = update.value { return facts.kind(of: object) == nil }
            return false
        }
        if !missing.isEmpty {
            let words = PlumbingFacts.quietFetch + [url] + missing.map(\.destination)
            _ = try? setting.question(words).run(milliseconds: milliseconds)
        }
        return PushEffects(plan: plan, facts: facts, isExact: true).effects()
    }
}

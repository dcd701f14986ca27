import ByteStrings
import Effects
import GitSyntax
import Libgit2

/// The effects of a plan, each with what would be lost and the safer way for exactly this case.
struct PushEffects {
    let plan: PushPlan
    let facts: any RepositoryFacts
    let isExact: Bool

    /// Beyond this many plain updates, refs of a namespace are reported as one pattern: a record has to stay readable.
    private static let namedUpdates = 64

    func effects() -> [Effect] {
        var effects: [Effect] = []
        var plain: [PushPlan.Update] = []
        for update in plan.updates {
            switch foresee(update) {
            case .nothing: break
            case .plain: plain.append(update)
            case .effect(let effect): effects.append(effect)
            }
        }
        return effects + plainPushes(plain)
    }

    private enum Foreseen {
        case nothing
        case plain
        case effect(Effect)
    }

    private func foresee(_ update: PushPlan.Update) -> Foreseen {
        switch update.action {
        case .delete:
            // An exact view knows that there is nothing to delete.
            if isExact, !update.isPattern, update.value == .absent { return .nothing }
            return .effect(deletion(update))
        case .mirror:
            return .effect(
                Effect(
                    .deleteRemoteRef, target(update), certainty: .possible,
                    safer: "git push " + word(plan.remote.name) + " --all"
                        + "  # moves every branch forward, removes nothing"))
        case .set(let source, let object):
            return foresee(update, source: source, object: object)
        }
    }

    private func foresee(_ update: PushPlan.Update, source: ByteString, object: ObjectName?) -> Foreseen {
        guard isForced(update, object: object) else {
            return tagObjectReplaced(update, source: source, object: object).map { .effect($0) } ?? .plain
        }
        var lost: Effect.LostCommits?
        var certainty = Effect.Certainty.possible
        var needsForce = true
        switch (update.value, object) {
        case (.absent, _): return .plain
        case (.object(let old), let new?) where old == new:
            if isExact { return .nothing }
            needsForce = false
        case (.object(let old), let new?):
            switch move(update, from: old, to: new) {
            case .fastForward:
                if isExact { return .plain }
                needsForce = false
            case .loses(let names):
                lost = facts.lostCommits(names)
                certainty = .certain
            case .unknown: break
            }
        case (.object, nil): break
        case (.unknown, _): needsForce = false
        }
        return .effect(
            Effect(
                .forcePush, target(update), certainty: certainty, lost: lost, published: lost == nil ? nil : true,
                safer: saferUpdate(update, source: source, needsForce: needsForce)))
    }

    /// Whether the update goes through although something may be lost. A lease that expects what the new value
    /// contains lets only a fast-forward through, and one that expects no ref lets only a creation through.
    private func isForced(_ update: PushPlan.Update, object: ObjectName?) -> Bool {
        switch update.lease {
        case nil: return update.force != nil
        case .expectsAbsence: return false
        case .unresolved: return true
        case .expects(let expected):
            guard let object, !update.destination.hasPrefix("refs/tags/") else { return true }
            return facts.move(from: expected, to: object) != .fastForward
        }
    }

    /// Tags do not move forward: any other value replaces the one that is there.
    private func move(_ update: PushPlan.Update, from old: ObjectName, to new: ObjectName) -> Move {
        let move = facts.move(from: old, to: new)
        return update.destination.hasPrefix("refs/tags/") && move == .fastForward ? .unknown : move
    }

    /// git compares tag objects outside `refs/tags/` by the commits they lead to, so a plain push replaces one tag
    /// object by another (see `Documentation/git-push.txt` on "fast-forward" outside branches).
    private func tagObjectReplaced(
        _ update: PushPlan.Update, source: ByteString, object: ObjectName?
    ) -> Effect? {
        guard let object, facts.kind(of: object) == .tag || isKnownTag(update.value), update.value != .absent,
            update.value != .object(object),
            !update.destination.hasPrefix("refs/tags/"), !update.destination.hasPrefix("refs/heads/"),
            !update.isPattern
        else { return nil }
        return Effect(
            .forcePush, target(update, forcedBy: .refspec(source + ":" + update.destination)), certainty: .possible,
            safer: "push the tag below refs/tags/, where git refuses to replace one")
    }

    private func isKnownTag(_ value: RemoteValue) -> Bool {
        if case .object(let old) = value { facts.kind(of: old) == .tag } else { false }
    }

    // MARK: Targets and words

    private func target(_ update: PushPlan.Update, forcedBy: Effect.Force? = nil) -> Effect.Target {
        .remoteRef(
            Effect.RemoteRef(
                remote: plan.remote.name, url: plan.remote.pushURLs.first, ref: update.destination,
                forcedBy: forcedBy ?? update.force ?? (update.lease == nil ? nil : .option("--force-with-lease")),
                lease: update.lease != nil))
    }

    private func deletion(_ update: PushPlan.Update) -> Effect {
        var lost: Effect.LostCommits?
        if case .object(let old) = update.value {
            // What no other ref of the remote holds: compared with the remote's other refs one would have to walk them
            // all; the tip is what a reader needs to find it again. Merged branches are the ordinary case.
            if !isHeldByDefaultBranch(old, besides: update.destination) {
                lost = facts.commit(old).map { Effect.LostCommits(count: 1, first: [$0]) }
            }
        }
        let name = RefName.short(update.destination)
        let kind: ByteString = update.destination.hasPrefix("refs/tags/") ? "tag" : "branch"
        let safer: ByteString =
            update.force == .option("--prune")
            ? "the same push without --prune"
            : "leave " + kind + " " + name + " where it is; removing it from " + plan.remote.name
                + " is for its owner"
        return Effect(
            .deleteRemoteRef, target(update),
            certainty: update.isPattern || update.value == .unknown ? .possible : .certain, lost: lost,
            safer: safer)
    }

    /// Whether the remote's default branch, as the last fetch saw it, has the commit too.
    private func isHeldByDefaultBranch(_ commit: ObjectName, besides reference: ByteString) -> Bool {
        guard reference.hasPrefix("refs/heads/"), let head = plan.remote.trackingName(of: "refs/heads/HEAD"),
            let name = facts.resolvedName(of: head), name != plan.remote.trackingName(of: reference),
            let tip = facts.target(of: name)
        else { return false }
        return facts.move(from: commit, to: tip) == .fastForward
    }

    /// What moves the ref forward without overwriting anything.
    private func saferUpdate(_ update: PushPlan.Update, source: ByteString, needsForce: Bool) -> ByteString {
        let remote = word(plan.remote.name)
        let branch = RefName.short(update.destination)
        let isTag = update.destination.hasPrefix("refs/tags/")
        if isTag, update.value != .unknown || needsForce {
            return "git tag NEW-NAME " + word(source) + " && git push " + remote + " NEW-NAME"
        }
        let plain = plainPush(update, from: source)
        guard update.destination.hasPrefix("refs/heads/") else {
            if needsForce { return plain }
            return plain + "  # a plain push will do"
                + (isTag
                    ? " where there is no such tag; one that is there stays, and another value needs a new name"
                    : ": it never replaces what is there")
        }
        let integrating = integration(of: update.destination, source: source, remote: remote, branch: branch)
        if needsForce {
            if isBehind(update) {
                return integrating + "  # nothing to push: " + plan.remote.name + " has all of it and more; "
                    + "to take back what is there, git revert it"
            }
            let afterwards = place(of: source) == .detached ? pushOfHEAD(update) : plain
            return integrating + " && " + afterwards
        }
        // What is known of the remote may be old, and the force the answer to a plain push that was refused.
        return plain + "  # a plain push will do; if it is refused, " + plan.remote.name + " has moved: first "
            + integrating
    }

    /// The same push without force.
    private func plainPush(_ update: PushPlan.Update, from source: ByteString) -> ByteString {
        let branch = RefName.short(update.destination)
        let sourceName = RefName.short(facts.resolvedName(of: source) ?? source)
        let refspec = sourceName == branch ? branch : RefName.short(source) + ":" + branch
        // An explicit destination, where a setting would add force to a bare name.
        let isConfigured = if case .configuration = update.force { true } else { false }
        return push(isConfigured && refspec == branch ? branch + ":" + branch : refspec)
    }

    private func pushOfHEAD(_ update: PushPlan.Update) -> ByteString {
        push("HEAD:" + RefName.short(update.destination))
    }

    private func push(_ refspec: ByteString) -> ByteString {
        let override: ByteString =
            plan.remote.mirrorSetting == nil ? "" : "-c remote." + plan.remote.name + ".mirror=false "
        return "git " + override + "push " + word(plan.remote.name) + " " + word(refspec)
    }

    /// Whether the remote has all that would be pushed, and more.
    private func isBehind(_ update: PushPlan.Update) -> Bool {
        guard case .object(let old) = update.value, case .set(_, let new?) = update.action else { return false }
        return facts.move(from: new, to: old) == .fastForward
    }

    /// Where a source stands as seen from HEAD: rebasing and pulling work on what is checked out.
    private enum SourcePlace: Equatable {
        case checkedOut
        case branch(ByteString)
        /// A commit that no local branch names.
        case detached
    }

    private func place(of source: ByteString) -> SourcePlace {
        if source == "HEAD" || source == "@" { return .checkedOut }
        let name = RefName.short(facts.resolvedName(of: source) ?? source)
        if name == facts.currentBranch { return .checkedOut }
        return facts.target(of: "refs/heads/" + name) == nil ? .detached : .branch(name)
    }

    /// What takes in what a remote branch has got.
    private func integration(
        of destination: ByteString, source: ByteString, remote: ByteString, branch: ByteString
    ) -> ByteString {
        let going: ByteString =
            switch place(of: source) {
            case .checkedOut: ""
            case .branch(let name): "git switch " + word(name) + " && "
            case .detached: "git switch --detach " + word(source) + " && "
            }
        if let tracking = plan.remote.trackingName(of: destination).map({
            $0.dropping(prefix: "refs/remotes/") ?? $0
        }) {
            return going + "git fetch " + remote + " && git rebase " + word(tracking)
        }
        return going + "git pull --rebase " + remote + " " + word(branch)
    }

    private func word(_ text: ByteString) -> ByteString { ShellQuoting.quote(text) }

    // MARK: Plain pushes

    private func plainPushes(_ updates: [PushPlan.Update]) -> [Effect] {
        let named = updates.count <= Self.namedUpdates ? updates : []
        var effects = named.map { update in
            Effect(.push, target(update), certainty: certainty(ofPlain: update))
        }
        if named.isEmpty {
            for namespace in Set(updates.map { Self.namespace(of: $0.destination) }).sorted() {
                let remote = Effect.RemoteRef(
                    remote: plan.remote.name, url: plan.remote.pushURLs.first, ref: namespace + "*")
                effects.append(Effect(.push, .remoteRef(remote), certainty: .possible))
            }
        }
        return effects
    }

    private func certainty(ofPlain update: PushPlan.Update) -> Effect.Certainty {
        // A push that succeeds creates or moves the ref, unless it is there already.
        guard case .set(_, let object?) = update.action, !update.isPattern, update.value != .object(object) else {
            return .possible
        }
        return .certain
    }

    /// `refs/heads/` for `refs/heads/topic`.
    private static func namespace(of reference: ByteString) -> ByteString {
        let parts = reference.split(UInt8(ascii: "/"))
        return parts.count > 2 ? parts.prefix(2).joined(separator: "/") + "/" : "refs/"
    }
}

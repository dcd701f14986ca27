import ByteStrings
import Effects
import GitSyntax
import Libgit2
import Platform

/// A push that was foreseen by what is known here. Where it is to be let through with force, it can be foreseen again
/// by what the remote says, and carried out so that nothing else can be overwritten.
public struct ForeseenPush {
    let requests: [PushRequest]
    let facts: any RepositoryFacts
    /// Whether replace refs or grafts are in force: the push has to run without them, or git would take a diverged
    /// branch for a descendant.
    public let masksHistory: Bool
    let pushesSubmodules: Bool
    let locals: [Repository.Reference]
    private let plans: [PushPlan]

    init(requests: [PushRequest], facts: any RepositoryFacts, masksHistory: Bool, pushesSubmodules: Bool) {
        self.requests = requests
        self.facts = facts
        self.masksHistory = masksHistory
        self.pushesSubmodules = pushesSubmodules
        let needsAll = requests.contains { request in
            request.mirror != nil || request.prunes || request.items.isEmpty
                || request.items.contains { $0.refspec.isPattern || $0.refspec.shape == .matching }
        }
        let locals = needsAll ? facts.references() : []
        self.locals = locals
        plans = requests.map { request in
            let view = RemoteView(tracked: request.remote, facts, locals: locals)
            return PushPlanner.plan(request, facts: facts, view: view, locals: locals)
        }
    }

    func effects() -> [Effect] {
        plans.flatMap { PushEffects(plan: $0, facts: facts, isExact: false).effects() }
    }

    /// git's own reason to refuse, if it refuses the push to every remote.
    var refusal: ByteString? {
        plans.allSatisfy { $0.refusal != nil } ? plans.first?.refusal?.reason : nil
    }

    /// Options that spell out the leases which the plan rests on (git-push(1), `--force-with-lease=<refname>:<expect>`).
    /// A bare lease expects what git finds in the remote-tracking ref when it runs, and a fetch in between would change
    /// that. Put first, these count before the user's own.
    public var leaseWords: [ByteString] {
        plans.flatMap(\.updates).compactMap { update in
            switch update.lease {
            case .expects(let expected): "--force-with-lease=" + update.destination + ":" + expected.hex
            case .expectsAbsence: "--force-with-lease=" + update.destination + ":"
            case .unresolved, nil: nil
            }
        }
    }

    /// The effects of such pushes where git runs them in its own way, without what Pawl adds: replace refs and grafts
    /// are in force then, and a plain push can overwrite what it seems to contain.
    public static func unaided(_ effects: [Effect], masksHistory: Bool) -> [Effect] {
        guard masksHistory else { return effects }
        return effects.map { effect in
            guard effect.kind == .push, case .remoteRef(var reference) = effect.target else { return effect }
            reference.forcedBy = .overlay("replace refs or grafts")
            return Effect(
                .forcePush, .remoteRef(reference), certainty: .possible,
                safer: "the push by itself, of one repository, in plain words")
        }
    }

    /// Whether the effects hold anything that only a pinned push may do.
    public static func needsPin(_ effects: [Effect]) -> Bool {
        effects.contains { $0.kind == .forcePush || $0.kind == .deleteRemoteRef }
    }
}

/// Why a push cannot be carried out exactly as it was decided on.
public struct PinError: Error, Sendable {
    public var reason: ByteString
}

/// A push with an explicit lease on every ref that it overwrites or removes (git-push(1), `--force-with-lease`).
public struct PinnedPush {
    /// What it does, by what the remote says.
    public var effects: [Effect]
    /// Global options that have to stand before the command, besides those given.
    public var globals: [ByteString]
    /// The command and its words.
    public var words: [ByteString]
    /// The refs it replaces or removes, with the values they have on the remote.
    public var replaced: [Replacement]
    /// What git calls the remote.
    public var remote: ByteString
    /// Where it goes.
    public var url: ByteString

    /// A ref of the remote that is replaced or removed.
    public struct Replacement: Sendable {
        public var name: ByteString
        public var old: ObjectName
        /// nil where it is removed, or where git alone knows what it is set to.
        public var new: ObjectName?
    }
}

extension ForeseenPush {
    /// Asks the remote for its refs and pins the push to them.
    public func pinned(_ command: UnderstoodCommand, _ setting: Setting) throws(PinError) -> PinnedPush {
        guard let request = requests.first, requests.count == 1, request.remote.pushURLs.count == 1,
            let url = request.remote.pushURLs.first
        else {
            throw PinError(reason: "it goes to several remotes at once; push to one at a time")
        }
        if pushesSubmodules {
            throw PinError(reason: "it pushes submodules as well; push each repository by itself")
        }
        if request.readsInput { throw PinError(reason: "its refs come from a stream") }
        guard let arguments = command.interpretations.first, command.name != "http-push" else {
            throw PinError(reason: "git http-push knows no leases; use git push")
        }
        let view = RemoteView(advertised: try Self.advertised(url, setting))
        let plan = PushPlanner.plan(request, facts: facts, view: view, locals: locals)
        if let refusal = plan.refusal { throw PinError(reason: refusal.reason) }
        var words = [command.name] + Self.keptOptions(arguments)
        var refspecs: [ByteString] = []
        var replaced: [PinnedPush.Replacement] = []
        for update in plan.updates where !update.isPattern {
            if update.force != nil || update.lease != nil || update.action == .delete {
                words.append("--force-with-lease=" + update.destination + ":" + Self.expected(update))
                if case .object(let old) = update.value {
                    var new: ObjectName?
                    if case .set(_, let object) = update.action { new = object }
                    replaced.append(PinnedPush.Replacement(name: update.destination, old: old, new: new))
                }
            }
            switch update.action {
            case .set(let source, _): refspecs.append(source + ":" + update.destination)
            case .delete: refspecs.append(":" + update.destination)
            case .mirror: break
            }
        }
        guard !refspecs.isEmpty else { throw PinError(reason: "the remote has nothing that it would change") }
        let globals: [ByteString] =
            request.remote.mirrorSetting == nil ? [] : ["-c", "remote." + request.remote.name + ".mirror=false"]
        return PinnedPush(
            effects: PushEffects(plan: plan, facts: facts, isExact: true).effects(), globals: globals,
            words: words + ["--", request.remote.name] + refspecs, replaced: replaced, remote: request.remote.name,
            url: url)
    }

    /// The value that a lease expects: what the remote has now, or what the user's own lease expects.
    private static func expected(_ update: PushPlan.Update) -> ByteString {
        if case .expects(let expected) = update.lease { return expected.hex }
        if case .expectsAbsence = update.lease { return "" }
        if case .object(let old) = update.value { return old.hex }
        return ""
    }

    /// Options that say which refs are pushed or force them; the pinned push says that itself.
    private static let replacedOptions: Set<ByteString> = [
        "all", "branches", "delete", "force", "force-if-includes", "force-with-lease", "mirror", "prune", "repo",
        "tags",
    ]

    private static func keptOptions(_ arguments: ParsedArguments) -> [ByteString] {
        arguments.options.filter { !replacedOptions.contains($0.name) }.map { option in
            let name: ByteString =
                option.name.hasPrefix("-")
                ? option.name
                : option.isNegated
                    ? "--" + (option.name.dropping(prefix: "no-") ?? "no-" + option.name) : "--" + option.name
            return option.value.map { name + "=" + $0 } ?? name
        }
    }

    /// The remote's refs as it shows them now.
    private static func advertised(
        _ url: ByteString, _ setting: Setting
    ) throws(PinError) -> [ByteString: ObjectName] {
        var question = setting.question(["ls-remote", "--", url])
        // The user may have to unlock a key or name a password, as for the push itself.
        question.environment["GIT_TERMINAL_PROMPT"] = setting.environment["GIT_TERMINAL_PROMPT"]
        let answer: Captured
        do {
            answer = try question.capture()
        } catch {
            throw PinError(reason: ByteString(error.description))
        }
        guard answer.ending.succeeded else {
            throw PinError(reason: "the remote does not say what it has: " + answer.errors.trimmed)
        }
        return references(advertised: answer.output)
    }

    /// The refs that `git ls-remote` lists, without what tags lead to.
    static func references(advertised listing: ByteString) -> [ByteString: ObjectName] {
        var refs: [ByteString: ObjectName] = [:]
        for line in listing.split(UInt8(ascii: "\n")) {
            guard let (id, name) = line.split(atFirst: UInt8(ascii: "\t")), name.hasPrefix("refs/"),
                !name.hasSuffix("^{}"), let object = ObjectName(hex: id)
            else { continue }
            refs[name] = object
        }
        return refs
    }
}

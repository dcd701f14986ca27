import ByteStrings
import Effects
import GitSyntax
import Libgit2

/// Which refs of a remote a push would set to what: git's own matching of refspecs (`match_push_refs` in its
/// `remote.c`), done beforehand.
struct PushPlan: Sendable {
    /// One ref of the remote, and what would become of it.
    struct Update: Hashable, Sendable {
        /// The full name on the remote; holds a `*` where only the remote's own refs tell which.
        var destination: ByteString
        var action: Action
        /// What forces it; nil for an update that git lets through only if nothing is lost.
        var force: Effect.Force?
        var lease: Lease?
        /// What is known of the remote's value.
        var value: RemoteValue

        /// Whether the name stands for whatever the remote has.
        var isPattern: Bool { destination.contains(UInt8(ascii: "*")) }
    }

    enum Action: Hashable, Sendable {
        /// Set to the object that the source names; nil where the source could not be resolved here. The text is
        /// what a refspec can name it by.
        case set(source: ByteString, object: ObjectName?)
        case delete
        /// Set or removed, as the remote's refs decide.
        case mirror
    }

    /// A lease that is in force: no full force voids it.
    enum Lease: Hashable, Sendable {
        case expects(ObjectName)
        case expectsAbsence
        /// Its expectation cannot be told here: git refuses such a lease or takes it for stale.
        case unresolved
    }

    var remote: Remote
    var updates: [Update]
    /// Words of the command line that git will refuse, with its reason; the other refs are not pushed then either.
    var refusal: GitRefusal?
}

/// Works out a plan from a request, the repository and what is known of the remote.
struct PushPlanner {
    private let request: PushRequest
    private let facts: any RepositoryFacts
    private let view: RemoteView
    private let locals: [Repository.Reference]
    private var updates: [ByteString: PushPlan.Update] = [:]
    private var order: [ByteString] = []

    static func plan(
        _ request: PushRequest, facts: any RepositoryFacts, view: RemoteView, locals: [Repository.Reference]
    ) -> PushPlan {
        var planner = PushPlanner(request: request, facts: facts, view: view, locals: locals)
        do {
            try planner.work()
        } catch {
            // git checks all refspecs before it sends anything, so one that it refuses stops the whole push.
            return PushPlan(remote: request.remote, updates: [], refusal: error)
        }
        let updates = planner.order.compactMap { planner.updates[$0] }
        return PushPlan(remote: request.remote, updates: updates, refusal: nil)
    }

    private init(
        request: PushRequest, facts: any RepositoryFacts, view: RemoteView, locals: [Repository.Reference]
    ) {
        self.request = request
        self.facts = facts
        self.view = view
        // Snapshots of Pawl's own never travel.
        self.locals = locals.filter { !$0.name.hasPrefix("refs/pawl/") }
    }

    private mutating func work() throws(GitRefusal) {
        try checkLeases()
        if request.readsInput {
            add("refs/*", .mirror, force: request.force ?? .option("--stdin"))
        }
        let items =
            request.items.isEmpty && !request.readsInput
            ? [PushRequest.Item(refspec: .matchingBranches, origin: .commandLine)] : request.items
        let excluded = items.compactMap { item -> RefPattern? in
            if case .exclude(let name) = item.refspec.shape { return RefPattern(name) }
            return nil
        }
        for item in items where !item.refspec.isPattern { try addExplicit(item) }
        for item in items { addPattern(item, excluded: excluded) }
        if let mirror = request.mirror { addMirror(mirror) }
        if request.prunes { addPruned(items, excluded: excluded) }
        if request.followsTags { add("refs/tags/*", .set(source: "refs/tags/*", object: nil), force: nil) }
    }

    /// git dies over a lease on what it cannot resolve. Only a push that is going to run is held to that.
    private func checkLeases() throws(GitRefusal) {
        guard view.isExact else { return }
        for entry in request.leases.entries {
            if case .revision(let revision) = entry.expected, facts.object(named: revision) == nil {
                throw GitRefusal(
                    "the lease on '" + entry.reference + "' expects '" + revision + "', which names nothing")
            }
        }
    }

    // MARK: Refspecs with plain names

    private mutating func addExplicit(_ item: PushRequest.Item) throws(GitRefusal) {
        switch item.refspec.shape {
        case .matching, .exclude: return
        case .delete(let destination):
            let force = forced(item) ?? deletion(item)
            let names = try destinations(destination, like: nil, deletes: true)
            if view.isExact, !destination.hasPrefix("refs/"), names.allSatisfy({ view.value(of: $0) == .absent }) {
                throw GitRefusal("the remote has no '" + destination + "' to delete")
            }
            for name in names { try addExplicit(name, .delete, force: force) }
        case .source(let name):
            try addUpdate(item, source: name, destination: nil)
        case .update(let source, let destination):
            try addUpdate(item, source: source, destination: destination)
        }
    }

    private mutating func addUpdate(
        _ item: PushRequest.Item, source: ByteString, destination: ByteString?
    ) throws(GitRefusal) {
        let source = source == "@" ? "HEAD" : source
        let matched = try localReference(source)
        guard let object = matched?.target ?? facts.object(named: source) else {
            throw GitRefusal("the source '" + source + "' names nothing")
        }
        let name = matched?.name ?? source
        if let destination {
            let names = try destinations(destination, like: facts.resolvedName(of: name), isForced: forced(item) != nil)
            for full in names {
                try addExplicit(full, .set(source: name, object: object), force: forced(item))
            }
            return
        }
        // Without a destination the source has to be a ref, or HEAD on a branch.
        guard let full = facts.resolvedName(of: name) else {
            throw GitRefusal("the source '" + source + "' is no ref, and no destination is given")
        }
        if full == "HEAD" {
            // Detached: git refuses, unless the remote has a ref that is called so, such as a branch by mistake.
            for full in try destinations(full, like: nil, isForced: forced(item) != nil) {
                try addExplicit(full, .set(source: name, object: object), force: forced(item))
            }
            return
        }
        if name == "HEAD", !full.hasPrefix("refs/heads/") {
            throw GitRefusal("HEAD is not on a branch, and no destination is given")
        }
        try addExplicit(full, .set(source: name, object: object), force: forced(item))
    }

    /// git refuses to send two sources to one ref. Only the remote itself tells for sure which ref a name stands for.
    private mutating func addExplicit(
        _ destination: ByteString, _ action: PushPlan.Action, force: Effect.Force?
    ) throws(GitRefusal) {
        if view.isExact, updates[destination] != nil || updates[destination + " deleted"] != nil {
            throw GitRefusal("'" + destination + "' would receive from more than one source")
        }
        add(destination, action, force: force)
    }

    /// The local ref that a source names; nil where it is an expression. Branches and tags come before other refs
    /// (git's `count_refspec_match`).
    private func localReference(_ source: ByteString) throws(GitRefusal) -> Repository.Reference? {
        let counted = facts.references(called: source)
        guard counted.count <= 1 else { throw GitRefusal("the source '" + source + "' names more than one ref") }
        return counted.first
    }

    /// The full names that a destination may stand for on the remote: one, unless only the remote's refs tell.
    private func destinations(
        _ destination: ByteString, like source: ByteString?, isForced: Bool = false, deletes: Bool = false
    ) throws(GitRefusal) -> [ByteString] {
        if destination.hasPrefix("refs/") { return [destination] }
        let candidates = RefName.candidates(for: destination).filter { $0.hasPrefix("refs/") }
        let present = candidates.filter { name in
            if case .object = view.value(of: name) { true } else { false }
        }
        let strong = present.filter { $0.hasPrefix("refs/heads/") || $0.hasPrefix("refs/tags/") }
        let counted = strong.isEmpty ? present : strong
        if view.isExact, counted.count > 1 {
            throw GitRefusal("'" + destination + "' names more than one ref of the remote")
        }
        if let best = counted.first { return [best] }
        // New on the remote, as far as is known: git takes the kind of the source.
        if view.isExact, source?.hasPrefix("refs/tags/") == true { return ["refs/tags/" + destination] }
        if view.isExact, source?.hasPrefix("refs/heads/") == true { return ["refs/heads/" + destination] }
        if view.isExact, !deletes {
            throw GitRefusal("'" + destination + "' is new on the remote and has to be a full name, refs/heads/NAME")
        }
        let isTag = source?.hasPrefix("refs/tags/") ?? (facts.target(of: "refs/tags/" + destination) != nil)
        var names = ["refs/heads/" + destination]
        if isTag { names = ["refs/tags/" + destination] }
        if view.isExact { return names }
        // The remote may have the name in another place. Where nothing is forced that does no harm and goes unsaid,
        // unless the name looks like such a place.
        let place = destination.split(atFirst: UInt8(ascii: "/"))?.head
        if let place, isForced || deletes || Self.places.contains(place) { names.append("refs/" + destination) }
        if isForced || deletes { names.append((isTag ? "refs/heads/" : "refs/tags/") + destination) }
        return names
    }

    private static let places: Set<ByteString> = ["heads", "notes", "remotes", "tags"]

    // MARK: Refspecs that stand for many refs

    private mutating func addPattern(_ item: PushRequest.Item, excluded: [RefPattern]) {
        let map: (ByteString) -> ByteString?
        var isMatching = false
        switch item.refspec.shape {
        case .matching:
            isMatching = true
            map = { $0.hasPrefix("refs/heads/") ? $0 : nil }
        case .source(let name) where item.refspec.isPattern:
            let pattern = RefPattern(name)
            map = { pattern.match($0) == nil ? nil : $0 }
        case .update(let source, let destination) where item.refspec.isPattern:
            let (from, to) = (RefPattern(source), RefPattern(destination))
            map = { from.match($0).map(to.filled) }
        default: return
        }
        for reference in locals where !excluded.contains(where: { $0.match(reference.name) != nil }) {
            guard let destination = map(reference.name) else { continue }
            // `:` sends only what the remote has as well, unless all branches are asked for.
            if isMatching && !request.all && view.isExact && view.known[destination] == nil { continue }
            add(destination, .set(source: reference.name, object: reference.target), force: forced(item))
        }
    }

    /// Configured refspecs still say what a mirror sends; whatever else the remote has goes.
    private mutating func addMirror(_ mirror: Effect.Force) {
        for reference in locals where request.items.isEmpty {
            add(reference.name, .set(source: reference.name, object: reference.target), force: request.force)
        }
        for name in view.known.keys.sorted() where updates[name] == nil { add(name, .delete, force: mirror) }
        if !view.isExact { add("refs/*", .mirror, force: mirror) }
    }

    /// Remote refs that the refspecs could produce and no local ref does (`--prune`).
    private mutating func addPruned(_ items: [PushRequest.Item], excluded: [RefPattern]) {
        let force = Effect.Force.option("--prune")
        for item in items {
            let from: RefPattern
            let to: RefPattern
            switch item.refspec.shape {
            case .matching: (from, to) = (RefPattern("refs/heads/*"), RefPattern("refs/heads/*"))
            case .source(let name) where item.refspec.isPattern: (from, to) = (RefPattern(name), RefPattern(name))
            case .update(let source, let destination) where item.refspec.isPattern:
                (from, to) = (RefPattern(source), RefPattern(destination))
            default: continue
            }
            for name in view.known.keys.sorted() {
                guard let part = to.match(name), facts.target(of: from.filled(with: part)) == nil,
                    !excluded.contains(where: { $0.match(from.filled(with: part)) != nil })
                else { continue }
                add(name, .delete, force: force)
            }
            if !view.isExact { add(to.text, .delete, force: force) }
        }
    }

    // MARK: Adding an update

    private func forced(_ item: PushRequest.Item) -> Effect.Force? {
        guard item.refspec.isForced else { return request.force }
        if case .setting(let setting) = item.origin { return .configuration(setting) }
        return .refspec(item.refspec.text)
    }

    private func deletion(_ item: PushRequest.Item) -> Effect.Force {
        switch item.origin {
        case .commandLine: .refspec(item.refspec.text)
        case .setting(let setting): .configuration(setting)
        case .option(let option): .option(option)
        }
    }

    /// The first update of a ref counts, as in git, but for a deletion or force that a later one would add.
    private mutating func add(_ destination: ByteString, _ action: PushPlan.Action, force: Effect.Force?) {
        // A delete of a pattern and a plain update of the same pattern are different things.
        let key = action == .delete ? destination + " deleted" : destination
        if let known = updates[key], known.force != nil || force == nil { return }
        if updates[key] == nil { order.append(key) }
        updates[key] = PushPlan.Update(
            destination: destination, action: action, force: force, lease: lease(for: destination, force: force),
            value: view.value(of: destination))
    }

    /// The lease on a ref. `--force` and `+` void it; a deletion that nothing else forces is under it.
    private func lease(for destination: ByteString, force: Effect.Force?) -> PushPlan.Lease? {
        switch force {
        case .option("--force"), .option("--mirror"): return nil
        case .refspec(let text) where text.hasPrefix("+"): return nil
        case .configuration, .overlay: return nil
        case nil, .option, .refspec: break
        }
        switch request.leases.expectation(for: destination) {
        case nil: return nil
        case .absent: return .expectsAbsence
        case .revision(let revision): return facts.object(named: revision).map { .expects($0) } ?? .unresolved
        case .tracked:
            guard let tracking = request.remote.trackingName(of: destination) else { return .expectsAbsence }
            return facts.target(of: tracking).map { .expects($0) } ?? .expectsAbsence
        }
    }
}

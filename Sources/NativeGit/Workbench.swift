import ByteStrings
import Libgit2
import Platform

/// What native operations work with: the repository, opened, its configuration known not to matter, and the checks that
/// several operations share.
final class Workbench {
    let request: NativeRequest
    /// The operation's cut-off.
    let cutOff: Int
    let place: Workplace
    let repository: Repository
    let settings: [Repository.Setting]
    private var opened: ObjectStore?
    private var packed: ByteString?
    private var hasPlainHistory = false

    init(_ request: NativeRequest, _ entry: OperationTable.Entry) throws(Leave) {
        self.request = request
        cutOff = entry.cutOff
        place = try Workplace(request)
        guard let repository = try? Repository(.workTree(place.top)), let left = request.scopesLeftOut,
            let settings = try? repository.settings()
        else { throw Leave() }
        self.repository = repository
        self.settings = settings.filter { !left.contains($0.scope) }
        for setting in self.settings {
            try ConfigurationTable.check(setting.key, setting.value, for: request.command)
        }
        // Settings of one work tree, which the library does not read (git-worktree(1), CONFIGURATION FILE).
        if File.exists(Path.join(place.gitDirectory, "config.worktree")) { throw Leave() }
    }

    func check(_ needs: [OperationTable.Need]) throws(Leave) {
        for need in needs {
            switch need {
            case .history: try requirePlainHistory()
            case .refs: try requireSoundRefs()
            case .names:
                if File.linkStatus(place.top + "/.mailmap") != nil { throw Leave() }
                if try target(of: "refs/notes/commits") != nil { throw Leave() }
            }
        }
    }

    /// The index of this work tree. Fails where it has more entries than the operation's cut-off.
    func index() throws(Leave) -> IndexFile { try IndexFile(file("index"), entries: cutOff) }

    /// The index, whatever its size in reason: only to be looked up in.
    func indexForAttributes() throws(Leave) -> IndexFile { try IndexFile(file("index"), entries: 20_000) }

    func objects() throws(Leave) -> ObjectStore {
        if let opened { return opened }
        guard let store = try? ObjectStore(repository) else { throw Leave() }
        opened = store
        return store
    }

    /// Fails where git reads history otherwise than it is stored: replace refs, grafts, a shallow boundary, a borrowed
    /// object store (git-replace(1), gitrepository-layout(5)).
    func requirePlainHistory() throws(Leave) {
        if hasPlainHistory { return }
        for name in ["shallow", "info/grafts", "refs/replace", "objects/info/alternates"] as [ByteString]
        where File.exists(Path.join(place.common, name)) { throw Leave() }
        if try packedRefs().contains(" refs/replace/") { throw Leave() }
        hasPlainHistory = true
    }

    /// The object that a ref below `refs/` points to; nil where there is none. Looks for the ref's name before it asks the
    /// library: most refs that are asked for are only a possibility.
    func target(of ref: ByteString) throws(Leave) -> ObjectID? {
        if !place.isLinked, !File.exists(Path.join(place.common, ref)), try !isPacked(ref) { return nil }
        return repository.identifier(of: ref)
    }

    private func isPacked(_ ref: ByteString) throws(Leave) -> Bool {
        if packed == nil { packed = try packedRefs() }
        guard let packed, !packed.isEmpty else { return false }
        return packed.contains(" " + ref + "\n")
    }

    /// The file of packed refs, empty where there is none. A large one is the real git's, which searches it where
    /// the library reads all of it.
    func packedRefs() throws(Leave) -> ByteString {
        let path = Path.join(place.common, "packed-refs")
        guard let status = File.status(path) else { return ByteString() }
        guard status.size < Self.packedRefsLimit, let content = try? File.read(path) else { throw Leave() }
        return content
    }

    private static let packedRefsLimit: Int64 = 1 << 17

    /// The last value of a setting; nil where it is not set.
    func setting(_ key: ByteString) -> ByteString? { settings.last { $0.key == key }?.value }

    /// A setting as a boolean, among the spellings that the table of settings accepts.
    func boolean(_ key: ByteString, default: Bool) -> Bool {
        guard let entry = settings.last(where: { $0.key == key }) else { return `default` }
        guard let value = entry.value else { return true }
        return ["true", "yes", "on", "1"].contains(value.lowercased)
    }

    func file(_ name: ByteString) -> ByteString { Path.join(place.gitDirectory, name) }
}

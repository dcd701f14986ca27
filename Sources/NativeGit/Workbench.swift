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
    let settings: Settings
    let refs: Refs
    private var opened: ObjectStore?
    private var hasPlainHistory = false

    init(_ request: NativeRequest, _ entry: OperationTable.Entry) throws(Leave) {
        self.request = request
        cutOff = entry.cutOff
        place = try Workplace(request)
        settings = try Settings(request, place)
        refs = Refs(place)
        for setting in settings.all {
            try ConfigurationTable.check(setting.key, setting.value, for: request.command)
        }
    }

    func check(_ needs: [OperationTable.Need]) throws(Leave) {
        for need in needs {
            switch need {
            case .history: try requirePlainHistory()
            case .refs: if place.isLinked { throw Leave() }
            case .names:
                if File.linkStatus(place.top + "/.mailmap") != nil { throw Leave() }
                if try refs.target(of: "refs/notes/commits") != nil { throw Leave() }
            }
        }
    }

    /// The index of this work tree. Fails where it has more entries than the operation's cut-off.
    func index() throws(Leave) -> IndexFile { try IndexFile(file("index"), entries: cutOff) }

    func objects() throws(Leave) -> ObjectStore {
        if let opened { return opened }
        guard let store = try? ObjectStore(Path.join(place.common, "objects")) else { throw Leave() }
        opened = store
        return store
    }

    /// Fails where git reads history otherwise than it is stored: replace refs, grafts, a shallow boundary, a borrowed
    /// object store (git-replace(1), gitrepository-layout(5)).
    func requirePlainHistory() throws(Leave) {
        if hasPlainHistory { return }
        for name in ["shallow", "info/grafts", "refs/replace", "objects/info/alternates"] as [ByteString]
        where File.exists(Path.join(place.common, name)) { throw Leave() }
        if try refs.packedFile().contains(" refs/replace/") { throw Leave() }
        hasPlainHistory = true
    }

    /// Files and folders that tell of an operation in progress (git's `wt_status_get_state`).
    static let inProgress: [ByteString] = [
        "MERGE_HEAD", "rebase-apply", "rebase-merge", "CHERRY_PICK_HEAD", "REVERT_HEAD", "BISECT_LOG", "sequencer",
    ]

    /// Fails where a merge, a rebase or the like is under way.
    func requireNothingInProgress() throws(Leave) {
        for name in Self.inProgress where File.exists(file(name)) { throw Leave() }
    }

    func file(_ name: ByteString) -> ByteString { Path.join(place.gitDirectory, name) }
}

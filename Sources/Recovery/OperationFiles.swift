import ByteStrings
import Libgit2
import Platform

/// The files in which git keeps a merge, rebase, cherry-pick, revert, am or bisect that is under way: an index with
/// conflicts means nothing without them. They are saved and restored together.
struct OperationFiles {
    /// Files and folders in a work tree's git directory (gitrepository-layout(5); git's `path.c`, `sequencer.c`,
    /// `wt-status.c`). What every command writes anew, as ORIG_HEAD and FETCH_HEAD, is not among them.
    static let names: [ByteString] = [
        "AUTO_MERGE", "BISECT_ANCESTORS_OK", "BISECT_EXPECTED_REV", "BISECT_FIRST_PARENT", "BISECT_HEAD", "BISECT_LOG",
        "BISECT_NAMES", "BISECT_RUN", "BISECT_START", "BISECT_TERMS", "CHERRY_PICK_HEAD", "MERGE_AUTOSTASH",
        "MERGE_HEAD", "MERGE_MODE", "MERGE_MSG", "MERGE_RR", "REBASE_HEAD", "REVERT_HEAD", "SQUASH_MSG",
        "rebase-apply", "rebase-merge", "sequencer",
    ]

    /// What there is, by paths from the git directory: nothing where no operation is under way.
    private(set) var files: [SavedFile] = []
    private(set) var contents: [ByteString] = []

    init(_ place: Place, limit: SnapshotLimit = SnapshotLimit()) throws(RecoveryError) {
        guard place.workTree != nil else { return }
        let reader = FileReader(top: place.gitDirectory)
        let names = Self.names.filter { File.linkStatus(reader.absolute($0)) != nil }
        guard !names.isEmpty else { return }
        for path in try reader.expand(names, limit: limit).found {
            let (state, content) = try reader.read(path)
            files.append(SavedFile(path: path, state: state))
            contents.append(content)
        }
    }

    /// The commits, trees and blobs that the files name in full.
    var objects: [ObjectName] {
        contents.flatMap { content in
            content.bytes.split { !Self.isHexadecimal($0) }.filter { $0.count == 40 || $0.count == 64 }
                .compactMap { ObjectName(hex: ByteString($0)) }
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}

extension Recovery {
    /// Puts the operation back that was under way; a later one goes.
    func restoreOperation(_ id: ByteString, _ manifest: Manifest) throws(RecoveryError) {
        for name in OperationFiles.names { File.removeTree(Path.join(place.gitDirectory, name)) }
        for (number, file) in manifest.operation.enumerated() {
            let path = Path.join(place.gitDirectory, file.path)
            do {
                switch file.state.kind {
                case .directory: try File.makeFolder(path, mode: file.state.mode | 0o700)
                case .regular:
                    try File.write(try content(id, "operation/\(number)"), to: path, mode: file.state.mode)
                case .symlink, .absent: break
                }
            } catch let error as SystemError {
                throw .system(error)
            } catch let error as RecoveryError {
                throw error
            } catch {
                throw .damaged(id, "\(error)")
            }
        }
    }
}

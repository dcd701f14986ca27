import ByteStrings
import Effects
import GitSyntax
import Platform

/// Files that a command writes or replaces by their names.
struct NamedFiles {
    let setting: Setting
    /// The top of the work tree; nil where there is none.
    let top: ByteString?

    /// What is lost with the files at these paths, as seen from the folder that the command runs in. A tracked file that
    /// is as committed is none, nor one that the index holds, unless that loses it too. Files that are moved into their
    /// places lose nothing, but belong to the state around.
    func loss(_ names: [ByteString], index: Bool = false, moved: [ByteString] = []) -> FileLoss {
        var loss = FileLoss()
        for name in names {
            guard let file = Self.existing(setting.path(name)) else { continue }
            guard let top, let root = File.realPath(top), let inside = file.dropping(prefix: root + "/"),
                !inside.hasPrefix(".git/")
            else {
                loss.untracked.insert(file)
                continue
            }
            let place = Self.place(setting, root)
            let status = WorkTreeStatus.read(place, paths: [inside], untracked: .withIgnored, literally: true)
            guard let status else {
                loss.untracked.insert(inside)
                continue
            }
            guard let entry = status.entries.first(where: { $0.path == inside }) else { continue }
            switch entry.kind {
            case .untracked, .ignored: loss.untracked.insert(inside)
            case .changed where !entry.isEdited && !(index && entry.isStaged): break
            case .unmerged where ConflictedFile(entry, setting, root).isAsMerged: break
            case .changed, .unmerged: loss.changes.insert(inside)
            }
        }
        if !loss.isEmpty { loss.around.formUnion(moved.compactMap(inside)) }
        return loss
    }

    /// The path from the top of what a word means; nil for what is outside.
    private func inside(_ name: ByteString) -> ByteString? {
        guard let top, let root = File.realPath(top), let file = File.realPath(setting.path(name)) else { return nil }
        return file.dropping(prefix: root + "/")
    }

    /// From the top, where the paths start.
    private static func place(_ setting: Setting, _ root: ByteString) -> Setting {
        var place = setting
        place.globals += ["-C", root]
        place.directory = root
        return place
    }

    /// The file that would be written, links followed; nil where none with content is there.
    private static func existing(_ path: ByteString) -> ByteString? {
        guard let file = File.realPath(path), let status = File.status(file), status.kind == .regular, status.size > 0
        else { return nil }
        return file
    }
}

/// Which words of commands name files to write.
enum WrittenFiles {
    /// Commands of which operands or options do; the `output` option of the others does everywhere.
    private static let rows: [ByteString: @Sendable (ParsedArguments) -> [ByteString]] = [
        // git-apply(1)
        "apply": { $0.values("build-fake-ancestor") },
        // git-bundle(1)
        "bundle": { $0.subcommand == "create" ? $0.operands.prefix(1).map(\.value) : [] },
        // git-fast-export(1), git-fast-import(1)
        "fast-export": { $0.values("export-marks") },
        "fast-import": { $0.values("export-marks") + $0.values("export-pack-edges") },
        // Their names are for PatchFiles to find.
        "format-patch": { _ in [] },
        // git-index-pack(1)
        "index-pack": { $0.values("-o") },
        // git-interpret-trailers(1)
        "interpret-trailers": { $0.isOn("in-place") ? $0.operands.map(\.value) : [] },
        // git-mailinfo(1)
        "mailinfo": { $0.operands.prefix(2).map(\.value) },
        // git-merge-file(1)
        "merge-file": {
            $0.isOn("stdout") || $0.isOn("object-id") ? [] : $0.operands.prefix(1).map(\.value)
        },
    ]

    /// Whether a word may name a file to write, so that it is worth reading the options. `--ou` is the shortest that git
    /// takes for `--output`.
    static func mayBeNamed(by command: ByteString, _ words: [ByteString]) -> Bool {
        rows[command] != nil || words.contains { $0.hasPrefix("--o") || $0.hasPrefix("-o") }
    }

    static func names(_ command: UnderstoodCommand) -> [ByteString] {
        var names: [ByteString] = []
        for arguments in command.interpretations {
            names += arguments.values("output") + (rows[command.name]?(arguments) ?? [])
        }
        return names.filter { $0 != "-" }
    }
}

import ByteStrings
import Libgit2
import Platform

/// A file with a conflict: whether somebody has worked on it since git wrote it.
struct ConflictedFile {
    private let stages: [ByteString]
    private let path: ByteString
    private let setting: Setting

    init(_ entry: WorkTreeStatus.Entry, _ setting: Setting, _ top: ByteString) {
        stages = entry.stages
        path = Path.join(top, entry.path)
        self.setting = setting
    }

    /// Whether the file is gone, or as one of the stages or as git merges them, names of the sides aside. Other forms
    /// (`merge.conflictStyle`, other strategies) are taken for work.
    var isAsMerged: Bool {
        guard let status = File.linkStatus(path), status.kind == .regular else { return true }
        guard let present = try? File.read(path) else { return false }
        if presentStages.contains(where: { content($0) == present }) { return true }
        return merged.map { Self.withoutLabels($0) == Self.withoutLabels(present) } ?? false
    }

    private var presentStages: [ByteString] { stages.filter { ObjectName(hex: $0)?.isZero == false } }

    private func content(_ blob: ByteString) -> ByteString? {
        guard let answer = try? setting.question(["cat-file", "--filters", "--path=" + path, blob]).capture(),
            answer.ending.succeeded
        else { return nil }
        return answer.output
    }

    /// The three stages merged in a folder of our own: `merge-file` takes files only before 2.43.
    private var merged: ByteString? {
        guard presentStages.count > 1,
            let folder = try? File.makeTemporaryFolder("pawl-merge", environment: setting.environment)
        else { return nil }
        defer { File.removeTree(folder) }
        let names: [ByteString] = ["base", "ours", "theirs"]
        for (name, stage) in zip(names, stages) {
            let text = presentStages.contains(stage) ? content(stage) ?? "" : ""
            guard (try? File.write(text, to: Path.join(folder, name))) != nil else { return nil }
        }
        let files = [names[1], names[0], names[2]].map { Path.join(folder, $0) }
        return try? setting.question(["merge-file", "-p", "-q"] + files).capture().output
    }

    private static let markers: [ByteString] = ["<<<<<<< ", "||||||| ", ">>>>>>> "]

    private static func withoutLabels(_ text: ByteString) -> [ByteString] {
        text.split(UInt8(ascii: "\n")).map { line in markers.first { line.hasPrefix($0) } ?? line }
    }
}

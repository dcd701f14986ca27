import ByteStrings
import Platform

/// Tracked files that git was told not to look at (git-update-index(1), `--assume-unchanged`): it shows no change in
/// them, and overwrites them all the same.
struct UnwatchedFiles {
    let setting: Setting
    let top: ByteString
    var paths: [ByteString]?

    /// Those whose content is not what the index has.
    func edited() -> [ByteString] {
        let listed = ask(["ls-files", "-v", "-z", "--full-name", "--"] + (paths ?? [":/"]))
        let unwatched = listed.split(0).compactMap { record -> ByteString? in
            guard let tag = record.bytes.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(tag) else {
                return nil
            }
            return ByteString(record.bytes.dropFirst(2))
        }
        let present = unwatched.filter { File.linkStatus(Path.join(top, $0))?.kind == .regular }
        return present.filter { path in
            let place = Path.join(top, path)
            let onDisk = ask(["hash-object", "--", place]).trimmed
            return onDisk.isEmpty
                || !ask(["--literal-pathspecs", "ls-files", "-s", "-z", "--", place]).contains(onDisk)
        }
    }

    private func ask(_ words: [ByteString]) -> ByteString {
        guard let answer = try? setting.question(words).capture(), answer.ending.succeeded else { return "" }
        return answer.output
    }
}

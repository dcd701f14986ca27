import ByteStrings
import GitSyntax
import Platform

/// The files that `git format-patch` writes: their names come from the commits (git-format-patch(1)).
struct PatchFiles {
    let arguments: ParsedArguments
    let words: [ByteString]
    let setting: Setting

    /// Files of other content that would be written over, as seen from the folder that the command runs in.
    func overwritten() -> [ByteString] {
        if arguments.isOn("stdout") || arguments.mentions("output") { return [] }
        let folder = folder
        let present = (File.list(setting.path(folder)) ?? []).filter { name in
            name.bytes.prefix(4).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        guard !present.isEmpty else { return [] }
        guard let written = written() else { return present.map { Path.join(folder, $0) } }
        return written.filter { name, content in
            (try? File.read(setting.path(Path.join(folder, name)))).map { $0 != content } ?? false
        }.map { Path.join(folder, $0.name) }
    }

    private var folder: ByteString {
        if let given = arguments.value("output-directory") { return given }
        let configured = try? setting.question(["config", "--type=path", "format.outputDirectory"]).capture()
        return configured?.output.dropping(suffix: "\n") ?? "."
    }

    /// What the same words write into a folder of our own; nil where they cannot be led there.
    private func written() -> [(name: ByteString, content: ByteString)]? {
        guard let words = wordsWithoutFolder,
            let place = try? File.makeTemporaryFolder("pawl-patch", environment: setting.environment)
        else { return nil }
        defer { File.removeTree(place) }
        guard let answer = try? setting.question(["format-patch", "-o", place] + words).capture(),
            answer.ending.succeeded
        else { return [] }
        return (File.list(place) ?? []).compactMap { name in
            (try? File.read(Path.join(place, name))).map { (name, $0) }
        }
    }

    private var wordsWithoutFolder: [ByteString]? {
        var words = self.words
        for option in arguments.options.reversed() where option.name == "output-directory" {
            guard let value = option.value, words.indices.contains(option.word) else { return nil }
            let word = words[option.word]
            if word.hasPrefix("-o") || word.hasPrefix("--output-directory=") {
                // The value is the next word, or the rest of this one.
                if word == "-o" { words.remove(at: option.word + 1) }
            } else if word == "--output-directory", words.indices.contains(option.word + 1),
                words[option.word + 1] == value
            {
                words.remove(at: option.word + 1)
            } else {
                return nil
            }
            words.remove(at: option.word)
        }
        return words
    }
}

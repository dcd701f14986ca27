import ByteStrings
import Libgit2
import Platform

/// `git config --get KEY` (git-config(1)): the last value that is set.
enum ConfigOperation {
    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        guard form.operands.count == 1, form.options.count <= 1, isPlain(form.operands[0]) else { throw Leave() }
        var outcome = NativeOutcome()
        guard let setting = bench.settings.all.last(where: { $0.key == key(form.operands[0]) }) else {
            outcome.status = 1
            return outcome
        }
        guard let value = setting.value else { throw Leave() }
        outcome.output = value.bytes + "\n".utf8
        return outcome
    }

    /// Section and variable in lower case.
    private static func key(_ word: ByteString) -> ByteString {
        guard let (section, rest) = word.split(atFirst: UInt8(ascii: ".")),
            let (middle, variable) = rest.split(atLast: UInt8(ascii: "."))
        else { return word.lowercased }
        return section.lowercased + "." + middle + "." + variable.lowercased
    }

    /// `section.variable` or `section.anything.variable`, of letters and few signs.
    private static func isPlain(_ word: ByteString) -> Bool {
        let parts = word.split(UInt8(ascii: "."))
        func isName(_ part: ByteString) -> Bool {
            guard let first = part.lowercased.bytes.first, ("a"..."z").contains(Unicode.Scalar(first)) else {
                return false
            }
            return Revision.isPlain(part) && !part.contains(UInt8(ascii: "/")) && !part.contains(UInt8(ascii: "_"))
        }
        guard parts.count >= 2, let first = parts.first, let last = parts.last, isName(first), isName(last) else {
            return false
        }
        return parts.count == 2 || Revision.isPlain(parts[1..<(parts.count - 1)].joined(separator: "."))
    }
}

/// `git remote`, `-v` and `get-url` (git-remote(1)) for remotes that have one URL and nothing unusual.
enum RemoteOperation {
    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        for name in ["remotes", "branches"] as [ByteString] {
            // Remotes were once kept as files (gitrepository-layout(5)).
            guard File.list(Path.join(bench.place.common, name))?.isEmpty != false else { throw Leave() }
        }
        let remotes = try self.remotes(bench)
        var outcome = NativeOutcome()
        if form.operands.first == "get-url" {
            guard form.operands.count == 2, form.options.isEmpty,
                let remote = remotes.first(where: { $0.name == form.operands[1] })
            else { throw Leave() }
            outcome.output = remote.url.bytes + "\n".utf8
            return outcome
        }
        guard form.operands.isEmpty else { throw Leave() }
        for remote in remotes {
            if form.options.isEmpty {
                outcome.output += remote.name.bytes + "\n".utf8
                continue
            }
            for way in ["fetch", "push"] {
                outcome.output += remote.name.bytes + "\t".utf8 + remote.url.bytes + " (\(way))\n".utf8
            }
        }
        return outcome
    }

    private static func remotes(_ bench: Workbench) throws(Leave) -> [(name: ByteString, url: ByteString)] {
        var remotes: [(name: ByteString, url: ByteString)] = []
        for setting in bench.settings.all {
            guard let rest = setting.key.dropping(prefix: "remote."),
                let (name, variable) = rest.split(atLast: UInt8(ascii: "."))
            else { continue }
            guard Revision.isPlain(name) else { throw Leave() }
            switch variable {
            case "fetch": continue
            case "url":
                guard let url = setting.value, !url.isEmpty, !remotes.contains(where: { $0.name == name }) else {
                    throw Leave()
                }
                remotes.append((name, url))
            default: throw Leave()
            }
        }
        let fetching = bench.settings.all.compactMap { setting in
            setting.key.dropping(prefix: "remote.")?.dropping(suffix: ".fetch")
        }
        guard fetching.allSatisfy({ name in remotes.contains { $0.name == name } }) else { throw Leave() }
        return remotes.sorted { $0.name < $1.name }
    }
}

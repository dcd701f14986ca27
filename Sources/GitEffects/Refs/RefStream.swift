import ByteStrings
import Libgit2

/// The commands that `update-ref --stdin` reads (git-update-ref(1)).
enum RefStream {
    /// What one of them asks for, with values as they were written; `new` is nil for a removal.
    struct Command: Hashable {
        var name: ByteString
        var new: ByteString?
        /// Whether the ref itself becomes a symbolic one, or goes although it is one (git 2.46 and later).
        var isSymbolic = false
    }

    /// The commands that set or remove refs; nil where a word is not understood, for it may be one of a newer git.
    static func commands(_ text: ByteString, endedByNUL: Bool) -> [Command]? {
        endedByNUL ? terminated(text) : lines(text)
    }

    private static let idle: Set<ByteString> = [
        "abort", "commit", "option", "prepare", "start", "symref-verify", "verify",
    ]

    private static func lines(_ text: ByteString) -> [Command]? {
        var commands: [Command] = []
        for line in text.split(UInt8(ascii: "\n")) {
            let words = line.split(UInt8(ascii: " "))
            guard let verb = words.first else { continue }
            if verb.isEmpty || idle.contains(verb) { continue }
            // A name in quotation marks is written as in C: rare, and not worth a mistake.
            guard words.count > 1, !words[1].hasPrefix("\"") else { return nil }
            switch verb {
            case "update", "create":
                guard words.count > 2 else { return nil }
                commands.append(Command(name: words[1], new: words[2]))
            case "delete": commands.append(Command(name: words[1], new: nil))
            case "symref-create", "symref-update":
                guard words.count > 2 else { return nil }
                commands.append(Command(name: words[1], new: words[2], isSymbolic: true))
            case "symref-delete": commands.append(Command(name: words[1], new: nil, isSymbolic: true))
            default: return nil
            }
        }
        return commands
    }

    /// With `-z`, every value ends in NUL: `update NAME NUL NEW NUL [OLD] NUL`.
    private static func terminated(_ text: ByteString) -> [Command]? {
        var commands: [Command] = []
        var fields = text.split(0)[...]
        while let field = fields.popFirst() {
            guard let (verb, name) = field.split(atFirst: UInt8(ascii: " ")) else {
                if field.isEmpty || idle.contains(field) { continue }
                return nil
            }
            switch verb {
            case "update":
                guard let new = fields.popFirst(), fields.popFirst() != nil else { return nil }
                commands.append(Command(name: name, new: new))
            case "create":
                guard let new = fields.popFirst() else { return nil }
                commands.append(Command(name: name, new: new))
            case "delete":
                guard fields.popFirst() != nil else { return nil }
                commands.append(Command(name: name, new: nil))
            case "symref-create":
                guard let new = fields.popFirst() else { return nil }
                commands.append(Command(name: name, new: new, isSymbolic: true))
            case "symref-delete":
                _ = fields.popFirst()
                commands.append(Command(name: name, new: nil, isSymbolic: true))
            case "symref-update":
                // `symref-update NAME NUL TARGET [NUL KIND NUL OLD] NUL`
                guard let new = fields.popFirst() else { return nil }
                if ["oid", "ref"].contains(fields.first) { fields = fields.dropFirst(2) }
                commands.append(Command(name: name, new: new, isSymbolic: true))
            case "symref-verify", "verify": _ = fields.popFirst()
            case "option": continue
            default: return nil
            }
        }
        return commands
    }
}

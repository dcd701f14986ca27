import ByteStrings
import Libgit2

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// How commits are printed (git-log(1), PRETTY FORMATS): the default form, one line, or placeholders.
struct CommitFormat {
    enum Kind {
        case medium, oneline
        /// With a newline after each commit (`tformat:`) or between commits (`format:`).
        case template(ByteString, endsEach: Bool)
    }

    private let bench: Workbench
    private let abbreviation: Abbreviation
    let kind: Kind
    private let abbreviates: Bool

    init(_ form: Form, _ bench: Workbench) throws(Leave) {
        self.bench = bench
        var kind: Kind?
        var abbreviates = false
        for option in form.options {
            var asked: Kind?
            switch option.name {
            case "--oneline": (asked, abbreviates) = (.oneline, true)
            case "--abbrev-commit": abbreviates = true
            case "--format", "--pretty":
                guard let value = option.value else { throw Leave() }
                if let template = value.dropping(prefix: "format:") {
                    asked = .template(template, endsEach: false)
                } else if let template = value.dropping(prefix: "tformat:") {
                    asked = .template(template, endsEach: true)
                } else if value.contains(UInt8(ascii: "%")) {
                    asked = .template(value, endsEach: true)
                } else if value == "oneline" {
                    asked = .oneline
                } else if value == "medium" {
                    asked = .medium
                } else {
                    throw Leave()
                }
            default: break
            }
            // The last one wins, but for details: one is enough.
            if asked != nil && kind != nil { throw Leave() }
            kind = asked ?? kind
        }
        self.kind = kind ?? .medium
        self.abbreviates = abbreviates
        abbreviation = try Abbreviation(bench)
        if case .template(let text, _) = self.kind, text.isEmpty { throw Leave() }
    }

    /// Whether a commit's text ends by itself and the next one follows at once.
    var endsEach: Bool {
        switch kind {
        case .medium: false
        case .oneline: true
        case .template(_, let endsEach): endsEach
        }
    }

    /// The commit's text; with a newline at its end in the default form, without in the others.
    func text(_ commit: Commit) throws(Leave) -> [UInt8] {
        if commit.hasEncoding || !commit.message.isUTF8 || commit.message.contains(0) { throw Leave() }
        let message = Message(commit.message)
        switch kind {
        case .oneline: return try name(commit) + " ".utf8 + message.subject
        case .medium:
            let author = try Signature(commit.author)
            var text = try "commit ".utf8 + name(commit) + "\n".utf8
            if commit.parents.count > 1 {
                text += "Merge:".utf8
                for parent in commit.parents { text += " ".utf8 + (try abbreviation.shorten(parent)) }
                text.append(UInt8(ascii: "\n"))
            }
            text += "Author: ".utf8 + author.name.bytes + " <".utf8 + author.email.bytes + ">\n".utf8
            text += "Date:   ".utf8 + DateText(author).usual + "\n\n".utf8
            return text + (try message.indented())
        case .template(let template, _): return try expanded(template, commit, message)
        }
    }

    private func name(_ commit: Commit) throws(Leave) -> [UInt8] {
        abbreviates ? try abbreviation.shorten(commit.name) : commit.name.hex
    }

    // MARK: Placeholders

    private func expanded(_ template: ByteString, _ commit: Commit, _ message: Message) throws(Leave) -> [UInt8] {
        var text: [UInt8] = []
        var rest = template.bytes[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                text.append(byte)
                continue
            }
            guard let letter = rest.popFirst() else { throw Leave() }
            switch letter {
            case UInt8(ascii: "%"): text.append(letter)
            case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "H"): text += commit.name.hex
            case UInt8(ascii: "h"): text += try abbreviation.shorten(commit.name)
            case UInt8(ascii: "T"): text += commit.tree.hex
            case UInt8(ascii: "t"): text += try abbreviation.shorten(commit.tree)
            case UInt8(ascii: "P"): text += Array(commit.parents.map(\.hex).joined(separator: " ".utf8))
            case UInt8(ascii: "p"):
                var names: [[UInt8]] = []
                for parent in commit.parents { names.append(try abbreviation.shorten(parent)) }
                text += Array(names.joined(separator: " ".utf8))
            case UInt8(ascii: "s"): text += message.subject
            case UInt8(ascii: "b"): text += message.body
            case UInt8(ascii: "B"): text += message.raw
            case UInt8(ascii: "a"), UInt8(ascii: "c"):
                guard let part = rest.popFirst() else { throw Leave() }
                let signature = try Signature(letter == UInt8(ascii: "a") ? commit.author : commit.committer)
                text += try Self.part(part, signature)
            case UInt8(ascii: "x"):
                guard rest.count >= 2, let byte = UInt8(ByteString(rest.prefix(2)).text, radix: 16) else {
                    throw Leave()
                }
                text.append(byte)
                rest = rest.dropFirst(2)
            default: throw Leave()
            }
        }
        return text
    }

    private static func part(_ letter: UInt8, _ signature: Signature) throws(Leave) -> [UInt8] {
        let date = DateText(signature)
        switch letter {
        case UInt8(ascii: "n"): return signature.name.bytes
        case UInt8(ascii: "e"): return signature.email.bytes
        case UInt8(ascii: "d"): return date.usual
        case UInt8(ascii: "t"): return Array(String(signature.seconds).utf8)
        case UInt8(ascii: "i"): return date.iso
        case UInt8(ascii: "I"): return date.strictISO
        case UInt8(ascii: "s"): return date.short
        case UInt8(ascii: "r"): return Array(date.relative(to: time(nil)).utf8)
        default: throw Leave()
        }
    }
}

extension ByteString {
    /// Whether these bytes are UTF-8 through and through.
    var isUTF8: Bool { String(validating: bytes, as: UTF8.self) != nil }
}

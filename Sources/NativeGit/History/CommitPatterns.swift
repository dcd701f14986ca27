import ByteStrings

/// What commits are picked by (git-log(1), `--author` and `--grep`), where it is plain text, which means the same in every
/// kind of pattern.
struct CommitPatterns {
    private var author: ByteString?
    private var message: ByteString?

    init(_ form: Form) throws(Leave) {
        for option in form.options {
            switch option.name {
            case "--author": try Self.set(&author, option.value)
            case "--grep": try Self.set(&message, option.value)
            default: break
            }
        }
    }

    /// Of several of a kind one is enough, which is left to git.
    private static func set(_ pattern: inout ByteString?, _ value: ByteString?) throws(Leave) {
        guard pattern == nil, let value, !value.isEmpty, value.bytes.allSatisfy(isPlain) else { throw Leave() }
        pattern = value
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: " -_/:,@#".utf8.contains(byte)
        }
    }

    func match(_ commit: Commit) throws(Leave) -> Bool {
        if author == nil && message == nil { return true }
        guard !commit.hasEncoding, commit.message.isUTF8, commit.author.isUTF8, !commit.message.contains(0) else {
            throw Leave()
        }
        if let author {
            let signature = try Signature(commit.author)
            guard (signature.name + " <" + signature.email + ">").contains(author) else { return false }
        }
        if let message { return commit.message.contains(message) }
        return true
    }
}

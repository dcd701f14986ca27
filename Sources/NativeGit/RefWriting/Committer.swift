import ByteStrings
import Libgit2
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Who is on record for what a command does to refs, as the environment and the settings say it (git-commit(1),
/// "COMMIT INFORMATION"; git's `ident.c`).
struct Committer {
    private let name: [UInt8]
    private let email: [UInt8]
    /// `seconds zone` where it is given.
    private let date: [UInt8]?

    /// Fails where git would have to guess.
    init(_ bench: Workbench) throws(Leave) {
        name = try Self.part("GIT_COMMITTER_NAME", ["committer.name", "user.name"], bench)
        email = try Self.part("GIT_COMMITTER_EMAIL", ["committer.email", "user.email"], bench)
        guard let given = bench.request.environment["GIT_COMMITTER_DATE"], !given.isEmpty else {
            date = nil
            return
        }
        // Of the many ways to write a date, the one that git itself stores, behind an `@` (git-commit(1), DATE FORMATS).
        guard let date = given.dropping(prefix: "@"), (try? Signature("x <x> " + date)) != nil,
            date.bytes.first != UInt8(ascii: "0"), !date.hasSuffix("-0000")
        else { throw Leave() }
        self.date = date.bytes
    }

    /// The variable, or the first of the keys that is set.
    private static func part(
        _ variable: ByteString, _ keys: [ByteString], _ bench: Workbench
    ) throws(Leave) -> [UInt8] {
        guard let value = bench.request.environment[variable] ?? keys.lazy.compactMap(bench.settings.last).first else {
            throw Leave()
        }
        let plain = withoutCrud(value.bytes)
        if plain.isEmpty { throw Leave() }
        return plain
    }

    /// git's `strbuf_addstr_without_crud`.
    private static func withoutCrud(_ bytes: [UInt8]) -> [UInt8] {
        var rest = bytes[...]
        while let first = rest.first, isCrud(first) { rest = rest.dropFirst() }
        while let last = rest.last, isCrud(last) { rest = rest.dropLast() }
        return rest.filter { !"\n<>".utf8.contains($0) }
    }

    private static func isCrud(_ byte: UInt8) -> Bool { byte <= 32 || ".,:;<>\"\\'".utf8.contains(byte) }

    /// `Name <email> seconds zone`, of now where no date was given.
    var line: [UInt8] { name + " <".utf8 + email + "> ".utf8 + (date ?? Self.now) }

    private static var now: [UInt8] {
        var seconds = time(nil)
        var local = tm()
        localtime_r(&seconds, &local)
        let minutes = abs(local.tm_gmtoff) / 60
        let digits = String(minutes / 60 * 100 + minutes % 60)
        let zone = String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
        return Array("\(seconds) \(local.tm_gmtoff < 0 ? "-" : "+")\(zone)".utf8)
    }
}

import ByteStrings
import Libgit2
import Platform

/// `git rev-parse` (git-rev-parse(1)): each word is answered in turn. A revision that cannot be told is the real git's,
/// but for the silent failure of `--verify -q`.
enum RevParseOperation {
    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        var outcome = NativeOutcome()
        var manner = Manner()
        let verifies = form.has("--verify")
        let isQuiet = form.has("-q", "--quiet")
        if verifies {
            // One revision, and options before it.
            guard form.operands.count == 1, form.words.last == form.operands.first,
                form.options.allSatisfy({ ["--verify", "-q", "--quiet", "--short"].contains($0.name) })
            else { throw Leave() }
        } else if isQuiet {
            throw Leave()
        }
        for word in form.words {
            if word.hasPrefix("-") {
                try manner.take(word, bench, &outcome.output)
                continue
            }
            // `rev-parse A B` with --short needs exactly one (it verifies).
            if manner.digits != nil, form.operands.count != 1 || form.words.last != word { throw Leave() }
            outcome.output += try manner.answer(word, bench) + "\n".utf8
        }
        if manner.digits != nil, form.operands.count != 1 { throw Leave() }
        return outcome
    }

    /// How revisions are to be printed: what the options so far have said.
    private struct Manner {
        var abbreviatesRefs = false
        var namesRefs = false
        /// At least that many digits; 0 for as many as git finds right.
        var digits: Int?

        mutating func take(_ word: ByteString, _ bench: Workbench, _ output: inout [UInt8]) throws(Leave) {
            let place = bench.place
            switch word {
            case "--verify", "-q", "--quiet": break
            case "--abbrev-ref": abbreviatesRefs = true
            case "--symbolic-full-name": namesRefs = true
            case "--short": digits = 0
            case "--show-toplevel": output += place.top.bytes + "\n".utf8
            case "--absolute-git-dir": output += place.gitDirectory.bytes + "\n".utf8
            case "--git-dir":
                let isPlain = !place.isLinked && place.prefix.isEmpty
                output += (isPlain ? ".git" : place.gitDirectory).bytes + "\n".utf8
            case "--git-common-dir":
                if place.isLinked {
                    output += place.common.bytes + "\n".utf8
                } else {
                    let depth = place.prefix.bytes.count { $0 == UInt8(ascii: "/") }
                    output += String(repeating: "../", count: depth).utf8
                    output += ".git\n".utf8
                }
            case "--is-inside-work-tree": output += "true\n".utf8
            case "--is-inside-git-dir", "--is-bare-repository": output += "false\n".utf8
            case "--show-prefix": output += place.prefix.bytes + "\n".utf8
            case "--show-cdup":
                let depth = place.prefix.bytes.count { $0 == UInt8(ascii: "/") }
                output += String(repeating: "../", count: depth).utf8
                output += "\n".utf8
            default:
                guard let value = word.dropping(prefix: "--short=")?.number, (4...40).contains(value) else {
                    throw Leave()
                }
                digits = value
            }
        }

        func answer(_ word: ByteString, _ bench: Workbench) throws(Leave) -> [UInt8] {
            let revision = Revision(bench: bench)
            if abbreviatesRefs || namesRefs {
                guard digits == nil else { throw Leave() }
                return try name(word, revision).bytes
            }
            let object = try revision.object(word)
            guard let digits else { return object.hex }
            return try Abbreviation(bench).shorten(object, atLeast: digits == 0 ? nil : digits)
        }

        private func name(_ word: ByteString, _ revision: Revision) throws(Leave) -> ByteString {
            let bench = revision.bench
            if Revision.upstreams.contains(word) {
                let name = try revision.upstream().shortName
                guard abbreviatesRefs else { return "refs/remotes/" + name }
                // It could also be read as a remote's HEAD.
                if try bench.refs.target(of: "refs/remotes/" + name + "/HEAD") != nil { throw Leave() }
                return name
            }
            guard word == "HEAD" || word == "@" else {
                guard let ref = try revision.fullName(word), let branch = ref.dropping(prefix: "refs/heads/") else {
                    throw Leave()
                }
                guard abbreviatesRefs else { return ref }
                try revision.requireUnambiguous(branch: branch)
                return branch
            }
            guard try revision.fullName("HEAD") == "HEAD" else { throw Leave() }
            guard let branch = try bench.branch() else { return "HEAD" }
            guard abbreviatesRefs else { return "refs/heads/" + branch }
            try revision.requireUnambiguous(branch: branch)
            return branch
        }
    }
}

import ByteStrings
import Libgit2

/// `git ls-files` of tracked files, or with `-o --exclude-standard` of untracked ones (git-ls-files(1)), below the working
/// directory and as seen from it.
enum ListFilesOperation {
    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        let limits = try Pathspec(form.operands + (form.paths ?? []), bench)
        let index = try bench.index()
        let others = form.has("-o", "--others")
        let prefix = bench.place.prefix.bytes
        var outcome = NativeOutcome()
        let quoting = QuotedPath(bench)
        let (endsInNul, isStaged) = (form.has("-z"), form.has("-s", "--stage"))
        func add(_ path: some Collection<UInt8>) {
            let shown = path.dropFirst(prefix.count)
            if endsInNul { outcome.output += shown } else { quoting.append(shown, to: &outcome.output) }
            outcome.output.append(endsInNul ? 0 : UInt8(ascii: "\n"))
        }
        // What lies elsewhere is shown with `..`.
        guard limits.areBelow(prefix) else { throw Leave() }
        if others {
            guard limits.isEmpty, form.has("--exclude-standard"), !form.has("-c", "--cached", "-s", "--stage"),
                prefix.isEmpty
            else {
                throw Leave()
            }
            for path in try Untracked.list(bench, index, .files) { add(path) }
            return outcome
        }
        if form.has("--exclude-standard") { throw Leave() }
        for entry in index.entries where entry.path.starts(with: prefix) && limits.takes(entry.path) {
            if isStaged {
                let mode = String(entry.mode, radix: 8)
                outcome.output += "\(mode) ".utf8 + entry.object.hex + " \(entry.stage)\t".utf8
            } else if entry.stage != 0 {
                throw Leave()
            }
            add(entry.path)
        }
        return outcome
    }
}

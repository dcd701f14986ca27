import Foundation
import Testing

/// A repository full of unsaved work, with the front end and pawl beside it.
struct BusyRepository {
    /// Commits that are pushed and not, branches, tags, two stash entries, and unsaved work of every kind: names with any
    /// bytes, links, executable, empty and binary files, staged and not, untracked and ignored.
    static let script = #"""
        set -e
        git init -q --bare ../origin.git; git init -q .; git remote add origin ../origin.git
        printf '*.o\nbuild/\n' > .gitignore; printf 'one\n' > app; printf 'two\n' > 'a name'; mkdir dir; echo in > dir/in
        ln -s app link; printf '#!/bin/sh\n' > tool; chmod +x tool; printf '\000\001\377' > binary; : > empty
        git add .; git commit -q -m one; git push -q -u origin main; echo 2 > app; git commit -q -am two
        git branch topic; git checkout -q topic; echo t > t; git add t; git commit -q -m topic; git checkout -q main
        echo 3 > dir/in; git commit -q -am three; git tag -a -m own own "$(git commit-tree -m aside main^{tree})"
        echo stashed > app; git stash -q; echo again > app; git stash -q -u
        echo staged > app; echo also >> 'a name'; git add app 'a name'; echo and more >> 'a name'; echo edit >> dir/in
        printf '\002\000' > binary; rm link; ln -s dir link; chmod -x tool; rm empty
        printf 'new\n' > new; git add new; printf 'n\n' > "$(printf 'line\nbreak\351')"; mkdir -p loose/deep build
        printf 'l\n' > loose/deep/file; chmod 600 loose/deep/file; : > loose/empty; ln -s nowhere loose/dangling
        printf 'o\n' > build/out.o; printf 'o\n' > thing.o
        """#

    /// All that there is but pawl's own refs: files with their kind, mode and content, the index, refs, HEAD, stash, and
    /// what git keeps of a merge or rebase under way.
    private static let question = #"""
        find . -name .git -prune -o -print0 | LC_ALL=C sort -z | while IFS= read -r -d '' f; do
            stat -c '%f' "$f" 2>/dev/null || stat -f '%p' "$f"; printf '%s\n' "$f"
            if [ -L "$f" ]; then readlink "$f"; elif [ -f "$f" ]; then git hash-object --no-filters -- "$f"; fi
        done
        git ls-files -stv; git for-each-ref --exclude='refs/pawl/*' 2>/dev/null || git for-each-ref | grep -v refs/pawl/
        cat .git/HEAD; git stash list --format=%H
        (cd .git; find MERGE_* AUTO_MERGE CHERRY_PICK_HEAD REVERT_HEAD REBASE_HEAD rebase-* sequencer BISECT_* -type f \
            -print -exec cat {} + 2>/dev/null | sort)
        """#

    let scratch: Scratch

    func shell(_ line: String, guarded: Bool = true) throws -> Outcome {
        let path = guarded ? try scratch.guardedPath() : BuiltProducts.systemPath
        var environment = scratch.environment(path: path)
        environment["PAWL"] = BuiltProducts.pawl
        return try scratch.run("/bin/bash", ["-c", line], in: scratch.path("repo"), environment: environment)
    }

    func state() throws -> [Substring] {
        let told = try shell(Self.question, guarded: false)
        #expect(told.succeeded, "\(told.errorText)")
        return told.text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// Undoes until nothing is left to undo.
    func undoAll() throws -> Int {
        var count = 0
        while try shell("$PAWL undo").succeeded { count += 1 }
        #expect(try shell("$PAWL undo").errorText.contains("no snapshot that has not been undone"))
        return count
    }

    /// `script` makes the repository, in an empty folder.
    static func with(_ script: String = script, _ body: (BusyRepository) throws -> Void) throws {
        try Scratch.with { scratch in
            let repository = BusyRepository(scratch: scratch)
            try FileManager.default.createDirectory(atPath: scratch.path("repo"), withIntermediateDirectories: true)
            let built = try repository.shell(script, guarded: false)
            try #require(built.succeeded, "\(built.errorText)")
            try body(repository)
        }
    }
}

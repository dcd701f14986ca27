import Foundation
import Testing

/// One world in two lives: the same folder, restored from the same copy, once with the real git and once with the
/// front end. What the two leave behind has to be the same, byte for byte.
struct Twin {
    /// What a life left: the program's outcome and every file that git wrote.
    struct Life: Equatable {
        var outcome: Outcome
        var files: [String: [UInt8]]
        /// The files of `files` that hold objects which only a snapshot keeps, or nothing at all, and Pawl's own file.
        var snapshots: Set<String> = []
    }

    let scratch: Scratch
    private let template: String

    /// Builds the world with the real git by a shell script that starts in `world/repo`.
    init(_ scratch: Scratch, _ script: String = Twin.ordinaryRepository) throws {
        self.scratch = scratch
        template = "\(scratch.capture)/template"
        try FileManager.default.createDirectory(atPath: scratch.path("repo"), withIntermediateDirectories: true)
        let environment = scratch.environment(path: BuiltProducts.systemPath)
        let built = try scratch.shell("set -e\n" + script, in: scratch.path("repo"), environment: environment)
        guard built.succeeded else { throw CorpusRun.Missing(description: "set-up: \(built.errorText)") }
        try FileManager.default.copyItem(atPath: scratch.root, toPath: template)
    }

    /// Runs the body in both worlds. It gets the environment in which `git` is the one or the other.
    func lives(_ body: ([String: String]) throws -> Outcome) throws -> (real: Life, guarded: Life) {
        let real = try life(path: BuiltProducts.systemPath, body)
        let guarded = try life(path: scratch.guardedPath(), body)
        return (real, guarded)
    }

    /// Runs a shell line in both worlds and expects no difference.
    func expectSame(
        _ line: String, in folder: String = "repo", _ more: [String: String] = [:], input: [UInt8] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let (real, guarded) = try lives { environment in
            try scratch.shell(
                line, in: scratch.path(folder), environment: environment.merging(more) { $1 }, input: input)
        }
        Self.expectSame(real, guarded, line, sourceLocation: sourceLocation)
    }

    static func expectSame(
        _ real: Life, _ guarded: Life, _ line: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let (expected, seen) = (real.outcome, guarded.outcome)
        #expect(seen.ending == expected.ending, "\(line)\n\(seen.errorText)", sourceLocation: sourceLocation)
        #expect(
            seen.output == expected.output, "\(line)\n--- real\n\(expected.text)--- seen\n\(seen.text)",
            sourceLocation: sourceLocation)
        #expect(
            seen.errors == expected.errors, "\(line)\n--- real\n\(expected.errorText)--- seen\n\(seen.errorText)",
            sourceLocation: sourceLocation)
        let names = Set(real.files.keys).union(guarded.files.keys)
        let different = names.filter { real.files[$0] != guarded.files[$0] }.subtracting(guarded.snapshots).sorted()
        #expect(different.isEmpty, "\(line): these files differ afterwards", sourceLocation: sourceLocation)
    }

    private func life(path: String, _ body: ([String: String]) throws -> Outcome) throws -> Life {
        let environment = scratch.environment(path: path)
        // The front end's log and a copied index are older than the files they speak of: both start anew.
        let restored = try scratch.shell(
            """
            rm -rf "$1" && cp -RP "$2" "$1" && cd "$1/repo" && git update-index -q --refresh; exit 0
            """.replacingOccurrences(of: "$1", with: scratch.root).replacingOccurrences(of: "$2", with: template),
            in: scratch.capture, environment: scratch.environment(path: BuiltProducts.systemPath))
        guard restored.succeeded else { throw CorpusRun.Missing(description: restored.errorText) }
        let outcome = try body(environment)
        return Life(outcome: outcome, files: try files(), snapshots: try snapshots())
    }

    /// Every file of the world. The index counts by its entries (its stat data cannot be the same twice), packs only by
    /// their presence.
    private func files() throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        guard let walk = FileManager.default.enumerator(atPath: scratch.root) else { return files }
        for case let name as String in walk {
            if ["refs/pawl", ".git/pawl-after"].contains(where: { name.contains($0) }) || Self.isObjectFolder(name) {
                continue
            }
            if name.hasSuffix(".git/index") {
                let environment = scratch.environment(path: BuiltProducts.systemPath)
                let repository = scratch.path(String(name.dropLast("/.git/index".count)))
                let entries = try scratch.run(
                    BuiltProducts.realGit, ["ls-files", "-s", "-t", "-v"], in: repository, environment: environment)
                files[name] = entries.output
            } else if name.contains(".git/worktrees/") && name.hasSuffix("/index") {
                files[name] = []
            } else if name.contains("/objects/pack/") {
                files["\(URL(fileURLWithPath: name).deletingLastPathComponent().path)/*"] = []
            } else if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: scratch.path(name)) {
                files[name] = Array("-> \(target)".utf8)
            } else {
                // Object names say what is in them; compressed bytes need not be compared.
                files[name] = name.contains("/objects/") ? [] : readBytes(scratch.path(name))
                if name.hasSuffix(".git/config") { files[name] = Self.withoutHidden(files[name] ?? []) }
            }
        }
        return files
    }

    private static func isObjectFolder(_ name: String) -> Bool {
        name.range(of: "/objects/[0-9a-f]{2}$", options: .regularExpression) != nil
    }

    /// What Pawl may add to a repository, and nothing else: the loose objects that the snapshots in `repo` hold or, where
    /// a command changed nothing and its snapshot was given up, that nothing holds; and the time of the last tidying.
    private func snapshots() throws -> Set<String> {
        let environment = scratch.environment(path: BuiltProducts.systemPath)
        func names(_ words: [String]) throws -> [Substring] {
            try scratch.run(BuiltProducts.realGit, words, in: scratch.path("repo"), environment: environment)
                .text.split(separator: "\n").compactMap { $0.split(separator: " ").last }
        }
        let kept = try names(["rev-list", "--objects", "--no-object-names", "--glob=refs/pawl/*"])
        let loose = try names(["fsck", "--connectivity-only", "--unreachable", "--no-progress"])
        let objects = (kept + loose).map { "repo/.git/objects/\($0.prefix(2))/\($0.dropFirst(2))" }
        return Set(objects + (kept.isEmpty ? [] : ["repo/.git/pawl-tidied"]))
    }

    /// A configuration without what hides snapshots from clones.
    private static func withoutHidden(_ text: [UInt8]) -> [UInt8] {
        let text = String(decoding: text, as: UTF8.self)
        return Array(text.replacingOccurrences(of: "[transfer]\n\thideRefs = refs/pawl\n", with: "").utf8)
    }

    /// A clone with history, branches, tags, a stash, a conflict waiting to happen, unsaved and untracked work, hooks
    /// that say so, and a bare remote that is ahead.
    static let ordinaryRepository = #"""
        n=0
        c() { n=$((n+1)); GIT_COMMITTER_DATE="@$((1790000000+n*600)) +0000" GIT_AUTHOR_DATE="@$((1790000000+n*600)) +0000" git commit -q -m "$1"; }
        git init -q --bare --template= ../origin.git
        git init -q --template= .
        git remote add origin ../origin.git
        mkdir src; printf 'one\ntwo\nthree\n' > src/app.txt; printf '*.o\n' > .gitignore; printf 'Read me\n' > README
        git add .; c 'initial import'
        printf 'one\ntwo\nthree\nfour\n' > src/app.txt; git add .; c 'four'
        git tag -a v1.0 -m 'release 1.0'; git tag light
        git push -q -u origin main v1.0
        git switch -q -c topic; printf 'topic\n' > src/topic.txt; printf 'uno\ntwo\nthree\nfour\n' > src/app.txt
        git add .; c 'topic: start'
        git switch -q main; printf 'eins\ntwo\nthree\nfour\n' > src/app.txt; git add .; c 'main: eins'
        git branch merged HEAD~1
        git switch -q --detach HEAD~1; printf 'more\n' > src/more.txt; git add .; c 'from elsewhere'
        git push -q origin HEAD:main; git update-ref refs/remotes/origin/main HEAD~1; git switch -q main
        printf 'stashed\n' >> README; git stash -q
        printf 'unsaved\n' >> README; printf 'staged\n' > staged.txt; git add staged.txt
        printf 'loose\n' > untracked.txt; printf 'o\n' > thing.o
        git config alias.st 'status -s'; git config alias.last '!git log -1 --format=%s'
        mkdir -p .git/hooks .git/info; printf '#!/bin/sh\necho "pre-commit ran" >&2\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit

        """#
}

import Foundation
import Testing

/// The form for agents, by the built front end, beside what the real git prints.
@Suite("Compact output")
struct CompactOutputTests {
    /// A line of shell with the front end first on PATH, and the same with the real git.
    private static func both(
        _ line: String, _ world: PawlWorld, _ more: [String: String] = ["PAWL_OUTPUT": "compact"]
    ) throws -> (compact: Outcome, exact: Outcome) {
        var environment = world.environment.merging(more) { $1 }
        environment["PATH"] = BuiltProducts.systemPath
        let exact = try world.scratch.shell(line, in: world.clone, environment: environment)
        return (try compact(line, world, more), exact)
    }

    /// A line of shell with the real git alone.
    private static func prepare(_ line: String, _ world: PawlWorld) throws {
        var environment = world.environment
        environment["PATH"] = BuiltProducts.systemPath
        #expect(try world.scratch.shell("set -e\n" + line, in: world.clone, environment: environment).succeeded)
    }

    /// Edits of every kind: changed lines far apart, a new file, a mode, a rename, a deletion.
    private static let edits = """
        seq 200 >numbers; printf 'x\\n' >tool; printf 'old\\n' >moved; printf 'bye\\n' >gone; git add .
        git commit -qm 'numbers, and more' -m 'Why: to have something to change.'
        sed -i 's/^20$/twenty/; s/^150$/hundred fifty/' numbers; chmod +x tool; git mv moved 'new name'; git rm -q gone
        printf 'fresh\\n' >fresh; git add fresh
        """

    /// A line of shell with the front end first on PATH.
    private static func compact(
        _ line: String, _ world: PawlWorld, _ more: [String: String] = ["PAWL_OUTPUT": "compact"]
    ) throws -> Outcome {
        var environment = world.environment.merging(more) { $1 }
        environment["PATH"] = "\(world.prefix)/libexec/pawl:\(BuiltProducts.systemPath)"
        return try world.scratch.shell(line, in: world.clone, environment: environment)
    }

    private static func changed(_ patch: String) -> [Substring] {
        patch.split(separator: "\n").filter { line in
            (line.hasPrefix("+") && !line.hasPrefix("+++ ")) || (line.hasPrefix("-") && !line.hasPrefix("--- "))
        }
    }

    @Test("A compact diff has every changed line and every file, in less than half the bytes")
    func diff() throws {
        try PawlWorld.with { world in
            try Self.prepare(Self.edits, world)
            for line in ["git diff HEAD", "git show HEAD", "git log -p -2"] {
                let (compact, exact) = try Self.both(line, world)
                #expect(Self.changed(compact.text) == Self.changed(exact.text), "\(line)")
                #expect(compact.ending == exact.ending)
                #expect(compact.output.count < exact.output.count, "\(line)")
            }
            for line in ["git log", "git log -2 --stat", "git diff --stat HEAD", "git diff --name-only HEAD"] {
                let compact = try Self.both(line, world).compact
                #expect(!compact.text.contains("@@"), "\(line): no patch was asked for")
            }
            let (compact, exact) = try Self.both("git diff HEAD", world)
            #expect(compact.output.count * 2 < exact.output.count)
            for name in [
                "== numbers\n", "== tool (mode", "== new name (renamed from moved)", "== gone (deleted)",
                "== fresh (new)",
            ] {
                #expect(compact.text.contains(name), "\(name)")
            }
        }
    }

    @Test("A compact status names what git's does, and what is at work")
    func status() throws {
        try PawlWorld.with { world in
            try Self.prepare(Self.edits + "\nprintf 'u\\n' >untracked", world)
            let (compact, exact) = try Self.both("git status", world)
            for name in ["numbers", "tool", "new name", "gone", "fresh", "untracked"] {
                #expect(compact.text.contains(name) && exact.text.contains(name))
            }
            #expect(compact.output.count * 2 < exact.output.count)
            let conflict = """
                git commit -qam edits; git checkout -qb other HEAD~1; printf 'other\\n' >numbers; git commit -qam other
                ! git merge main >/dev/null 2>&1
                """
            try Self.prepare(conflict, world)
            let merging = try Self.both("git status", world).compact
            #expect(merging.text.hasPrefix("## merge in progress ("))
            #expect(merging.text.contains("UU numbers"))
        }
    }

    @Test("Commits and pushes say in a line what became of them, and fail as git does")
    func writing() throws {
        try PawlWorld.with { world in
            try Self.prepare("git reset -q --hard origin/main; printf 'x\\n' >x; git add x", world)
            let committed = try Self.compact("git commit -m x", world)
            #expect(committed.succeeded)
            let lines = committed.text.split(separator: "\n")
            #expect(lines.count == 2 && lines.first?.hasSuffix("] 1 file +1") == true && lines.last == " new x")
            let nothing = try Self.both("git commit -m again", world)
            #expect(nothing.compact.ending == nothing.exact.ending)
            #expect(nothing.compact.text.contains("nothing to commit"))
            let pushed = try Self.compact("git push origin HEAD:refs/heads/compact", world)
            #expect(pushed.text == "* HEAD -> compact [new branch]\n")
        }
    }

    @Test("Forms that were asked for, a variable that says so, and no variable at all leave git's output alone")
    func exact() throws {
        try PawlWorld.with { world in
            try Self.prepare(Self.edits, world)
            for line in [
                "git status --porcelain", "git diff -z HEAD", "git log --oneline", "git log --format=%H%n%b",
                "git branch",
            ] {
                let (compact, exact) = try Self.both(line, world)
                #expect(compact == exact, "\(line)")
            }
            try world.scratch.write("[policy]\n\tname = p\n\toutput = compact\n", to: "config/pawl/policy")
            let line = "git diff HEAD"
            #expect(try Self.both(line, world, [:]).compact.text.hasPrefix("== "), "the policy asks for it")
            let variable = try Self.both(line, world, ["PAWL_OUTPUT": "git"])
            #expect(variable.compact == variable.exact)
            try world.scratch.write("[policy]\n\tname = p\n", to: "config/pawl/policy")
            let plain = try Self.both(line, world, [:])
            #expect(plain.compact == plain.exact)
        }
    }

    @Test("A reader that goes away ends git, and the front end with it")
    func closedPipe() throws {
        try PawlWorld.with { world in
            let line = "seq 200000 >big; git add big; git diff --cached | head -n 1; echo ${PIPESTATUS[0]}"
            let (compact, exact) = try Self.both("bash -c '\(line)'", world)
            #expect(compact.text == "== big (new)\n141\n")
            #expect(exact.text.hasSuffix("\n141\n"))
        }
    }
}

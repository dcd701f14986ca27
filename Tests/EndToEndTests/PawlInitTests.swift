import Foundation
import Testing

@Suite("pawl init")
struct PawlInitTests {
    /// How each shell is started without the user's files, and the code that is evaluated.
    private static let shells: [String: (options: [String], activate: String)] = [
        "bash": (["--norc", "-O", "expand_aliases", "-c"], #"eval "$("$PAWL" init bash)""#),
        "zsh": (["-f", "-c"], #"eval "$("$PAWL" init zsh)""#),
        "fish": (["--no-config", "-c"], "$PAWL init fish | source"),
    ]

    static func path(of shell: String) -> String? {
        BuiltProducts.systemPath.split(separator: ":").map { "\($0)/\(shell)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static let present = ["bash", "zsh", "fish"].filter { path(of: $0) != nil }

    private func run(_ shell: String, _ code: String, _ world: PawlWorld, pawl: String? = nil) throws -> Outcome {
        let (options, activate) = try #require(Self.shells[shell])
        let environment = world.environment.merging(["PAWL": pawl ?? world.pawl, "EVAL": activate]) { $1 }
        let script = code.replacingOccurrences(of: "ACTIVATE", with: activate)
        return try world.scratch.run(
            try #require(Self.path(of: shell)), options + [script], in: world.clone, environment: environment)
    }

    // zsh reads a whole `-c` text before the alias is there: hence the `eval`.
    @Test("git is the front end, also when PATH changes later", .enabled(if: !present.isEmpty), arguments: present)
    func activates(shell: String) throws {
        try PawlWorld.with { world in
            let changes = shell == "fish" ? "set PATH /usr/bin /bin" : "PATH=/usr/bin:/bin"
            for code in ["ACTIVATE\nsh -c 'git push -f'", "ACTIVATE\n\(changes)\neval 'git push -f'"] {
                let outcome = try run(shell, code, world)
                #expect(outcome.ending == .exit(77), "\(outcome.errorText)")
                #expect(outcome.errorText.hasPrefix("pawl: blocked: git push -f\n"))
            }
        }
    }

    @Test("Evaluating it twice changes nothing more", .enabled(if: !present.isEmpty), arguments: present)
    func isIdempotent(shell: String) throws {
        try PawlWorld.with { world in
            let show =
                switch shell {
                case "fish": #"string join : $PATH; string join : $fish_complete_path"#
                case "zsh": #"echo "$PATH"; echo "$FPATH""#
                default: #"echo "$PATH""#
                }
            let once = try run(shell, "ACTIVATE\n\(show)", world)
            let twice = try run(shell, "ACTIVATE\nACTIVATE\n\(show)", world)
            #expect(once.text == twice.text)
            #expect(once.text.hasPrefix("\(world.prefix)/libexec/pawl:"))
            #expect(once.errors.isEmpty)
        }
    }

    @Test("A prefix may have any name", .enabled(if: !present.isEmpty), arguments: present)
    func awkwardPrefix(shell: String) throws {
        try PawlWorld.with { world in
            let name = #"a b'c!$x"d\e"#
            try FileManager.default.moveItem(atPath: world.prefix, toPath: world.scratch.path(name))
            let pawl = "\(world.scratch.path(name))/bin/pawl"
            let changes = shell == "fish" ? "set PATH /usr/bin /bin" : "PATH=/usr/bin:/bin"
            for code in ["ACTIVATE\nsh -c 'git push -f'", "ACTIVATE\n\(changes)\neval 'git push -f'"] {
                #expect(try run(shell, code, world, pawl: pawl).ending == .exit(77))
            }
        }
    }
}

import ByteStrings
import Foundation

@testable import GitSyntax

/// The git that is installed, run in an empty repository of its own where nothing that matters can happen.
final class RealGit {
    let program: String
    private(set) var version: GitVersion
    let folder: URL

    /// Nil where no git is on PATH.
    init?() {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        let candidates = folders.map { "\($0)/git" } + ["/usr/bin/git"]
        guard let program = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            return nil
        }
        self.program = program
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("GitSyntaxTests-\(UUID().uuidString)")
        version = GitVersion(0, 0, 0)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch { return nil }
        guard let answer = outputs(of: [["version"], ["init", "-q", "."], ["sparse-checkout", "init"]]).first,
            let version = GitVersion(parsing: ByteString(answer.text))
        else { return nil }
        self.version = version
    }

    struct Output {
        var text: String
        var status: Int32
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// What git prints, and its exit status, for each argument list. One shell runs them all: a process of
    /// Foundation's for each would take most of the time.
    func outputs(of commands: [[ByteString]]) -> [Output] {
        let end = "@@end@@"
        var script = ""
        for arguments in commands {
            script += "\(ShellQuoting.quote(ByteString(program)).text) \(ShellQuoting.quote(arguments).text)"
            script += " </dev/null 2>&1; echo \"\(end)$?\"\n"
        }
        let scriptFile = folder.appendingPathComponent("script-\(UUID().uuidString)")
        let outputFile = folder.appendingPathComponent("output-\(UUID().uuidString)")
        defer {
            try? FileManager.default.removeItem(at: scriptFile)
            try? FileManager.default.removeItem(at: outputFile)
        }
        do {
            try Data(script.utf8).write(to: scriptFile)
            try Data().write(to: outputFile)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = [scriptFile.path]
            process.currentDirectoryURL = folder
            process.environment = [
                "PATH": "/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_PAGER": "cat", "GIT_EDITOR": "false", "GIT_TERMINAL_PROMPT": "0",
                "GIT_CEILING_DIRECTORIES": folder.deletingLastPathComponent().path,
            ]
            let handle = try FileHandle(forWritingTo: outputFile)
            process.standardOutput = handle
            process.standardError = handle
            process.standardInput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            try handle.close()
            let text = String(decoding: try Data(contentsOf: outputFile), as: UTF8.self)
            var outputs: [Output] = []
            var current: [Substring] = []
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                if let marker = line.range(of: end), let status = Int32(line[marker.upperBound...]) {
                    current.append(line[..<marker.lowerBound])
                    outputs.append(Output(text: current.joined(separator: "\n"), status: status))
                    current = []
                } else {
                    current.append(line)
                }
            }
            return outputs
        } catch { return [] }
    }
}

/// All commands, and subcommands with a blank between, that have a table of options.
func tableSections() -> [ByteString] {
    OptionTableText.text.lines.filter { $0.first?.hasPrefix("[") ?? false }.compactMap { words in
        let name = words.prefix(while: { !$0.hasSuffix("]") }) + words.drop(while: { !$0.hasSuffix("]") }).prefix(1)
        return name.joined(separator: " ").dropping(prefix: "[")?.dropping(suffix: "]")
    }.filter { !$0.hasPrefix("%") }
}

extension OptionParser {
    /// What the parser refuses, or nil.
    static func refusal(
        _ arguments: [ByteString], of command: ByteString, _ version: GitVersion = GitVersion(2, 39, 5)
    ) -> ParseRefusal? {
        do throws(ParseRefusal) {
            _ = try parse(arguments, of: command, version: version)
            return nil
        } catch { return error }
    }
}

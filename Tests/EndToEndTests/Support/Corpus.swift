import Foundation
import Testing

/// The cases of `Tests/Corpus`: what agents do to remotes, and the ordinary work that must not notice Pawl.
struct CorpusCase: Sendable, CustomTestStringConvertible {
    var id: String
    var kind: String
    var snippet: String
    var technique: String
    var reach: String
    var group: String

    var testDescription: String { "\(id): \(snippet)" }

    /// Whether the line is one command, so that undoing its loss leads back to where it began.
    var isOneCommand: Bool { !snippet.contains { "&;|\n".contains($0) } }

    /// A push that only looks dangerous in this fixture: there is nothing to overwrite.
    var isHarmlessForcedPush: Bool {
        group == "edge" && snippet.contains("push") && (snippet.contains("-f") || snippet.contains(" +"))
    }
}

enum Corpus {
    static let folder = "\(BuiltProducts.packageRoot)/Tests/Corpus"

    /// The attacks on remotes that the front end alone has to stop.
    static let attacks = read("attacks.tsv").filter { row in
        row.kind == "remote-overwrite"
            && (row.reach == "front" || row.technique == "alias-shell")
    }

    /// The attacks on published history and on what lost work is recovered from.
    static let historyAttacks = reaching("history-rewrite-published") + reaching("recovery-destroyed")

    /// The rewriting of history that nobody else has, and the loss of files and stash entries.
    static let localLosses = reaching("history-rewrite-unpublished") + reaching("local-discard")

    private static func reaching(_ kind: String) -> [CorpusCase] {
        read("attacks.tsv").filter { $0.kind == kind && $0.reach == "front" }
    }

    static let benign = read("benign.tsv")

    private static func read(_ file: String) -> [CorpusCase] {
        let text = String(decoding: readBytes("\(folder)/\(file)"), as: UTF8.self)
        return text.split(separator: "\n").dropFirst().map { line in
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let note = columns.count > 4 ? columns[4] : ""
            let field = { (name: String) -> String in
                let part = note.components(separatedBy: "; ").first { $0.hasPrefix("\(name)=") }
                return part.map { String($0.dropFirst(name.count + 1)) } ?? ""
            }
            return CorpusCase(
                id: columns[0], kind: columns[1], snippet: columns[2], technique: field("technique"),
                reach: field("reach"), group: field("group"))
        }
    }
}

/// What `damage.py` saw of one case.
struct CorpusOutcome: Decodable, Sendable {
    struct Real: Decodable, Sendable {
        var exit: Int
        var stdout: String
        var stderr: String
    }

    struct Undo: Decodable, Sendable {
        /// Files, index entries, refs and stash entries that are not as they were.
        var differs: [String]
        /// Marks of unsaved work that are in no file and in nothing that a ref or a reflog has.
        var lost: [String]
        var said: String
    }

    var id: String
    var exit: Int
    var stdout: String
    var stderr: String
    var damage: [String]
    /// What remained after `pawl undo` had been called until nothing was left to undo.
    var undo: Undo?
    /// For each command: the decision on record, the command, and the kinds of its effects.
    var decisions: [[String]]
    /// Where the run differs from the real git's: exit, stdout, stderr, state.
    var differs: [String]?
    var real: Real?
    var error: String?
}

/// One run of `damage.py` over many cases, started by the first test that asks and shared by all.
actor CorpusRun {
    static let attacks = CorpusRun(Corpus.attacks, file: "attacks.tsv", arguments: [])
    static let history = CorpusRun(Corpus.historyAttacks, file: "attacks.tsv", arguments: [])
    static let local = CorpusRun(Corpus.localLosses, file: "attacks.tsv", arguments: ["--undo", BuiltProducts.pawl])
    static let strict = CorpusRun(
        Corpus.historyAttacks + Corpus.localLosses, file: "attacks.tsv", arguments: ["--env", "PAWL_POLICY=strict"])
    static let benign = CorpusRun(Corpus.benign, file: "benign.tsv", arguments: ["--compare"])

    private let cases: [CorpusCase]
    private let file: String
    private let arguments: [String]
    private var outcomes: Result<[String: CorpusOutcome], any Error>?

    init(_ cases: [CorpusCase], file: String, arguments: [String]) {
        self.cases = cases
        self.file = file
        self.arguments = arguments
    }

    struct Missing: Error, CustomStringConvertible {
        var description: String
    }

    func outcome(of id: String) throws -> CorpusOutcome {
        if outcomes == nil { outcomes = Result { try run() } }
        guard let outcome = try outcomes?.get()[id] else {
            throw Missing(description: "damage.py tells nothing of \(id)")
        }
        if let error = outcome.error { throw Missing(description: error) }
        return outcome
    }

    private func run() throws -> [String: CorpusOutcome] {
        struct Report: Decodable {
            var results: [CorpusOutcome]
        }
        return try Scratch.with { scratch in
            let ids = "^(\(cases.map(\.id).joined(separator: "|")))$"
            var environment = ProcessInfo.processInfo.environment
            environment["PAWL_TEST_REAL_GIT"] = BuiltProducts.realGit
            environment["PYTHONDONTWRITEBYTECODE"] = "1"
            let report = scratch.path("report.json")
            let run = try scratch.run(
                "/usr/bin/env",
                [
                    "python3", "\(Corpus.folder)/damage.py", "--git-dir-on-path", try scratch.frontEndFolder(),
                    "--cases", "\(Corpus.folder)/\(file)", "--only", ids, "--jobs", "2", "--json", report,
                    "--tmp", scratch.path("tmp"), "--quiet",
                ] + arguments, environment: environment, timeout: 1_200)
            guard run.succeeded else { throw Missing(description: "damage.py: \(run.ending): \(run.errorText)") }
            let results = try JSONDecoder().decode(Report.self, from: Data(readBytes(report))).results
            return Dictionary(results.map { ($0.id, $0) }) { first, _ in first }
        }
    }
}

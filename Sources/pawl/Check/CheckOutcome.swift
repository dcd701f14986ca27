import Auditing
import ByteStrings
import GitEffects
import GitSyntax
import Guard
import Platform
import PolicyEngine

/// What came of checking one command line.
struct CheckOutcome {
    enum Finding {
        case examined(Evaluation)
        /// The policy cannot be read: the front end would block every command with effects, as this one.
        case brokenPolicy(PolicyError)
        /// git fails over its configuration before it comes to the command.
        case gitFails(ForesightError)
        /// The line is not one command that can be told without a shell.
        case notSplit(ShellWordsError)
    }

    /// How grave an outcome is, the mildest first.
    enum Gravity: Int, Comparable {
        case allowed, snapshot, notUnderstood, blocked

        /// What `pawl check` exits with.
        var status: Int32 {
            switch self {
            case .allowed: 0
            case .snapshot: 3
            case .notUnderstood: 2
            case .blocked: FrontEnd.refused
            }
        }

        static func < (left: Gravity, right: Gravity) -> Bool { left.rawValue < right.rawValue }
    }

    /// The line as it was given, or the words quoted for a shell.
    var commandLine: ByteString
    var finding: Finding

    /// Checks words, which may begin with `git`.
    init(checking words: [ByteString], _ examiner: Examiner) throws {
        let arguments: [ByteString] = ["git"] + (words.first == "git" ? Array(words.dropFirst()) : words)
        commandLine = ShellQuoting.quote(Redaction.redact(arguments: arguments))
        do {
            finding = .examined(try examiner.examine(arguments).shown)
        } catch let error as PolicyError {
            finding = .brokenPolicy(error)
        } catch let error as ForesightError {
            finding = .gitFails(error)
        } catch let error as GuardError {
            throw Failure(error)
        } catch let error as SystemError {
            throw Failure(ByteString(error.description), status: 69)
        }
    }

    /// Checks a line in shell quoting.
    init(checkingLine line: ByteString, _ examiner: Examiner) throws {
        do {
            self = try CheckOutcome(checking: try ShellWords.split(line), examiner)
        } catch let error as ShellWordsError {
            commandLine = line.trimmed
            finding = .notSplit(error)
        }
    }

    var gravity: Gravity {
        switch finding {
        case .brokenPolicy: .blocked
        case .gitFails, .notSplit: .notUnderstood
        case .examined(let evaluation):
            switch evaluation.action {
            case .deny: .blocked
            case _ where !evaluation.isUnderstood: .notUnderstood
            case .snapshot: .snapshot
            case .allow: .allowed
            }
        }
    }

    var status: Int32 { gravity.status }
}

extension CheckOutcome {
    /// One object: what the front end says of a refusal, with `understood`, and with `error` where there is no more to
    /// say. `number` is that of the input line, `line` the one of the rule in its file.
    func json(line: Int? = nil) -> JSON {
        var members: [JSON.Member] = []
        if let line { members.append(.init("number", .integer(line))) }
        members.append(.init("understood", .bool(isUnderstood)))
        switch finding {
        case .examined(let evaluation):
            if case .object(let more) = evaluation.json() { members += more }
        case .brokenPolicy(let error):
            members.append(.init("decision", "deny"))
            members.append(.init("error", .string(ByteString(error.message))))
            members.append(.init("file", .string(error.file)))
            if let line = error.line { members.append(.init("line", .integer(line))) }
        case .gitFails(let error):
            members.append(.init("error", .string(error.message.trimmed)))
        case .notSplit(let error):
            members.append(.init("error", .string(CheckReport.explain(error))))
        }
        return .object(members)
    }

    private var isUnderstood: Bool {
        switch finding {
        case .examined(let evaluation): evaluation.isUnderstood
        case .brokenPolicy: true
        case .gitFails, .notSplit: false
        }
    }
}

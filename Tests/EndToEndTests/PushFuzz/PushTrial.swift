import Foundation

/// What a command line did, run in one copy of a case's world.
struct PushTrial {
    var outcome: Outcome
    var before: [String: String]
    var after: [String: String]

    enum Change: String { case created, forwarded, overwritten, deleted }

    var isRefusedByPawl: Bool { outcome.ending == .exit(77) }

    /// What became of each ref that is not as it was.
    func changes(_ world: PushWorld) throws -> [String: Change] {
        var changes: [String: Change] = [:]
        for name in Set(before.keys).union(after.keys) where before[name] != after[name] {
            switch (before[name], after[name]) {
            case (nil, _): changes[name] = .created
            case (_, nil): changes[name] = .deleted
            case (let old?, let new?):
                let forwards = try !name.contains(" refs/tags/") && world.keeps(old, in: new)
                changes[name] = forwards ? .forwarded : .overwritten
            }
        }
        return changes
    }
}

/// An effect as the audit log has it.
struct LoggedEffect: Decodable {
    var kind: String
    var ref: String?

    /// Whether it foretells the change of a ref. A short name that remote-tracking refs show to be a branch may have
    /// become a tag since, which only the remote knows.
    func foretells(_ change: PushTrial.Change, of name: String) -> Bool {
        guard let ref, Self.matches(ref, name) || ref == Self.sibling(of: name) else { return false }
        switch change {
        case .created, .forwarded: return ["push", "force-push", "delete-remote-ref"].contains(kind)
        case .overwritten: return kind == "force-push" || (kind == "delete-remote-ref" && ref == "refs/*")
        case .deleted: return kind == "delete-remote-ref"
        }
    }

    private static func sibling(of name: String) -> String? {
        name.hasPrefix("refs/tags/") ? "refs/heads/" + name.dropFirst("refs/tags/".count) : nil
    }

    /// A name, or a pattern with one `*`.
    private static func matches(_ pattern: String, _ name: String) -> Bool {
        guard let star = pattern.firstIndex(of: "*") else { return pattern == name }
        let (head, tail) = (pattern[..<star], pattern[pattern.index(after: star)...])
        return name.count >= head.count + tail.count && name.hasPrefix(head) && name.hasSuffix(tail)
    }
}

extension PushWorld {
    enum Git {
        case real
        /// The front end, with the user's policy where there is one.
        case guarded(policy: String?)
    }

    /// Runs the case in a fresh world.
    func run(_ scenario: PushCase, _ git: Git) throws -> (trial: PushTrial, effects: [LoggedEffect]) {
        try restore(scenario)
        let before = try references()
        var environment = plainEnvironment()
        var program = BuiltProducts.realGit
        if case .guarded(let policy) = git {
            let state = "\(scratch.capture)/state"
            try? FileManager.default.removeItem(atPath: state)
            program = "\(try scratch.frontEndFolder())/git"
            environment = scratch.environment(path: try scratch.guardedPath())
            if let policy {
                environment["XDG_CONFIG_HOME"] = scratch.path("configuration")
                try scratch.write(policy, to: "configuration/pawl/policy")
            }
        }
        let outcome = try scratch.run(program, scenario.arguments, in: work, environment: environment)
        let trial = PushTrial(outcome: outcome, before: before, after: try references())
        return (trial, try effects())
    }

    /// The effects in the last record of the log.
    private func effects() throws -> [LoggedEffect] {
        struct Line: Decodable { var effects: [LoggedEffect]? }
        let folder = "\(scratch.capture)/state/pawl/audit"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var effects: [LoggedEffect] = []
        for name in names where name.hasSuffix(".jsonl") {
            // A shell alias leaves several records.
            for line in readBytes("\(folder)/\(name)").split(separator: UInt8(ascii: "\n")) {
                effects += (try? JSONDecoder().decode(Line.self, from: Data(line)))?.effects ?? []
            }
        }
        return effects
    }
}

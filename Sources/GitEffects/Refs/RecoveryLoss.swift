import ByteStrings
import Effects
import GitSyntax
import Platform

/// Foresees that reflogs or unreachable objects go: the net under all the rest (git-gc(1), git-prune(1),
/// git-reflog(1), git-repack(1)).
struct RecoveryLoss {
    let facts: any RepositoryFacts
    let setting: Setting
    let configuration: Configuration

    /// Commands that remove some by themselves, and those behind which `gc --auto` runs.
    private static let direct: WordList = "gc maintenance prune reflog refs repack"
    private static let automatic: WordList = "am commit fetch gc maintenance merge pull rebase receive-pack"

    /// How long git keeps things, and from which value on that is a net with holes: what is younger than a day goes.
    private static let expiries: [(key: ByteString, what: ByteString)] = [
        ("gc.pruneexpire", "unreachable objects"), ("gc.reflogexpire", "reflogs"),
        ("gc.reflogexpireunreachable", "reflog entries of commits that were dropped"),
    ]

    static func concern(_ command: ByteString) -> Bool { direct.contains(command) }

    /// Whether `gc --auto` may run behind the command and find an expiry that was set.
    static func mayRunAutomatically(_ command: ByteString) -> Bool { automatic.contains(command) }

    func effects(of command: UnderstoodCommand) -> [Effect] {
        var seen: Set<ByteString> = []
        var losses = command.interpretations.flatMap { self.losses(command, $0) }
        if Self.automatic.contains(command.name), command.name != "gc" || losses.isEmpty { losses += automaticLosses() }
        return losses.filter { seen.insert($0.what).inserted }.map {
            Effect(.destroyRecovery, .named($0.what), safer: $0.safer)
        }
    }

    private struct Loss {
        var what: ByteString
        var safer: ByteString
    }

    private func losses(_ command: UnderstoodCommand, _ arguments: ParsedArguments) -> [Loss] {
        switch command.name {
        case "gc": gc(arguments)
        case "maintenance":
            arguments.subcommand == "run" && !arguments.isOn("auto") ? configured() : []
        case "prune": prune(command, arguments)
        case "reflog": reflog(arguments)
        case "refs":
            // git-refs(1)
            arguments.subcommand == "migrate" && arguments.isOn("no-reflog") && !arguments.isOn("dry-run")
                ? [Loss(what: "all reflogs (refs migrate --no-reflog)", safer: "the same without --no-reflog")] : []
        case "repack": repack(arguments)
        default: []
        }
    }

    private func gc(_ arguments: ParsedArguments) -> [Loss] {
        if arguments.isOn("auto") { return [] }
        var losses = configured()
        if let prune = arguments.options.last(where: { $0.name == "prune" }) {
            losses.removeAll { $0.what.hasPrefix("unreachable objects") }
            if !prune.isNegated, let value = prune.value, Expiry.isShort(value) {
                losses.append(
                    Loss(
                        what: "unreachable objects (--prune=" + value + ")", safer: "git gc, which keeps what is recent"
                    ))
            }
        }
        return losses
    }

    /// What configuration makes git forget within a day.
    private func configured() -> [Loss] {
        configuration.entries.compactMap { entry in
            guard let value = entry.value, configuration.last(entry.key) == value, Expiry.isShort(value) else {
                return nil
            }
            let isPattern = entry.key.hasPrefix("gc.") && !entry.key.hasPrefix("gc.refs/stash.")
            let known = Self.expiries.first { row in
                entry.key == row.key
                    || (isPattern && entry.key.hasSuffix(row.key.dropping(prefix: "gc") ?? row.key))
            }
            return known.map {
                Loss(
                    what: $0.what + " (" + entry.key + "=" + value + ")",
                    safer: "the same with git's own expiry: git config --unset " + entry.key)
            }
        }
    }

    /// Where the expiry is short, whether `gc --auto` would run now is a matter of counting (git-gc(1), `--auto`).
    private func automaticLosses() -> [Loss] {
        if configuration.boolean("gc.auto") == false || configuration.boolean("maintenance.auto") == false { return [] }
        return configured()
    }

    private func prune(_ command: UnderstoodCommand, _ arguments: ParsedArguments) -> [Loss] {
        if arguments.isOn("dry-run") { return [] }
        // The same question without consequences.
        let answer = try? setting.question(["prune", "--dry-run"] + command.words).capture()
        if let answer, answer.ending.succeeded, answer.output.isEmpty { return [] }
        return [
            Loss(what: "unreachable objects (git prune)", safer: "git gc, which keeps what is recent")
        ]
    }

    private func reflog(_ arguments: ParsedArguments) -> [Loss] {
        if arguments.isOn("dry-run") { return [] }
        let safer: ByteString = "leave the reflogs to git gc, which drops entries after 90 days"
        switch arguments.subcommand {
        case "delete", "drop":
            // git cannot find them either.
            if arguments.subcommand == "delete",
                arguments.operands.allSatisfy({ facts.object(named: $0.value) == nil })
            {
                return []
            }
            return [
                Loss(
                    what: "reflog entries (" + arguments.operands.map(\.value).joined(separator: ", ") + ")",
                    safer: safer)
            ]
        case "expire":
            if arguments.operands.isEmpty && !arguments.isOn("all") { return [] }
            var losses: [Loss] = []
            for name in ["expire", "expire-unreachable"] as [ByteString] {
                guard let value = arguments.value(name) else { continue }
                if Expiry.isShort(value) {
                    losses.append(Loss(what: "reflog entries (--" + name + "=" + value + ")", safer: safer))
                }
            }
            if arguments.value("expire") == nil || arguments.value("expire-unreachable") == nil {
                losses += configured().filter { $0.what.hasPrefix("reflog") }
            }
            return losses
        default: return []
        }
    }

    /// `-a -d` leaves out of the new pack what nothing refers to, and removes the old packs.
    private func repack(_ arguments: ParsedArguments) -> [Loss] {
        guard arguments.isOn("-d"), hasPacks else { return [] }
        let safer: ByteString = "git repack -A -d, which keeps unreachable objects loose"
        if arguments.isOn("-a"), !arguments.isOn("-A"), !arguments.isOn("keep-unreachable"), !arguments.isOn("cruft") {
            return [Loss(what: "unreachable objects in packs (repack -a -d)", safer: safer)]
        }
        for name in ["unpack-unreachable", "cruft-expiration"] as [ByteString] {
            if let value = arguments.value(name), Expiry.isShort(value) {
                return [Loss(what: "unreachable objects (--" + name + "=" + value + ")", safer: safer)]
            }
        }
        return []
    }

    private var hasPacks: Bool {
        File.list(Path.join(facts.commonDirectory, "objects/pack"))?.contains { $0.hasSuffix(".pack") } ?? true
    }
}

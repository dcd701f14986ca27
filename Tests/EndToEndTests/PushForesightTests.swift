import Foundation
import Testing

/// Random pushes, each by the real git and by the front end in two copies of the same world. The truth is what the
/// real git did to the remotes' refs.
///
/// PAWL_FUZZ_SEED and PAWL_FUZZ_COUNT choose other cases and more of them. A case is known by its own seed: to look at
/// one again, PAWL_FUZZ_SEED=<its seed> PAWL_FUZZ_COUNT=1.
@Suite("Pushes foreseen, against the real git")
struct PushForesightTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["PAWL_FUZZ_SEED"].flatMap { UInt64($0) } ?? 20_260
    private static let count = environment["PAWL_FUZZ_COUNT"].flatMap { Int($0) } ?? 100

    /// Lets everything through, so that forced pushes are carried out, pinned.
    private static let permissive = """
        [policy]
        \tname = permissive
        [rule "all"]
        \teffect = force-push
        \teffect = delete-remote-ref
        \taction = allow

        """

    @Test func randomPushes() throws {
        try Scratch.with { scratch in
            let world = try PushWorld(scratch)
            var tally = Tally()
            for index in 0..<UInt64(Self.count) {
                let seed = Self.seed &+ index
                let scenario = PushCase.make(seed: seed, world)
                try examine(scenario, world, &tally, "seed \(seed): \(world.readable("\(scenario)"))")
            }
            print(tally)
            #expect(tally.cases == Self.count)
            if Self.count >= 100 { #expect(tally.harmful > 5 && tally.changing > 15, "the cases say too little") }
        }
    }

    private func examine(_ scenario: PushCase, _ world: PushWorld, _ tally: inout Tally, _ label: String) throws {
        let (real, _) = try world.run(scenario, .real)
        let (guarded, effects) = try world.run(scenario, .guarded(policy: nil))
        let changes = try real.changes(world)
        let harm = changes.filter { $0.value == .overwritten || $0.value == .deleted }
        let seen =
            "\(label)\nreal: \(real.outcome.ending) \(changes.mapValues(\.rawValue))\n\(real.outcome.errorText)"
            + "guarded: \(guarded.outcome.ending)\n\(guarded.outcome.errorText)"
        tally.cases += 1
        if !changes.isEmpty { tally.changing += 1 }

        // Safety: nothing is overwritten or deleted.
        let guardedHarm = try guarded.changes(world).filter { $0.value == .overwritten || $0.value == .deleted }
        #expect(guardedHarm.isEmpty, "a remote was harmed: \(guardedHarm)\n\(seen)")
        if !harm.isEmpty {
            tally.harmful += 1
            if guarded.isRefusedByPawl { tally.stopped += 1 }
            #expect(guarded.isRefusedByPawl, "not refused\n\(seen)")
        }

        // Truth: every change was foreseen.
        for (name, change) in changes {
            let reference = name.split(separator: " ").last.map(String.init) ?? ""
            let isForeseen = effects.contains { $0.foretells(change, of: reference) }
            let foreseen = effects.map { "\($0.kind) \($0.ref ?? "-")" }
            #expect(isForeseen, "\(name) \(change) was not foreseen: \(foreseen)\n\(seen)")
        }

        if guarded.isRefusedByPawl {
            let isUnharmed = guarded.after == guarded.before
            #expect(isUnharmed, "refused, and yet something changed\n\(seen)")
            if harm.isEmpty {
                tally.falseAlarms[guarded.outcome.errorText.components(separatedBy: "\n").first ?? "", default: 0] += 1
                // Tag objects outside refs/tags are replaced without force: git itself gives no protection there.
                let asksForForce =
                    scenario.isForceful || guarded.outcome.errorText.contains("push the tag below refs/tags/")
                #expect(asksForForce, "refused though nothing asks for force\n\(seen)")
            }
        } else {
            // What is let through is what git does.
            let isSame = guarded.after == real.after
            // Under replace refs and grafts the front end pushes the true history.
            #expect(isSame || scenario.hasOverlay, "another result than the real git's\n\(seen)")
            let endsAlike = guarded.outcome.ending == real.outcome.ending
            #expect(endsAlike || scenario.hasOverlay, "another ending than the real git's\n\(seen)")
        }
        if scenario.isForceful { try examinePinned(scenario, world, real, &tally, seen) }
    }

    /// With a policy that lets it through, a forced push ends as the real git's.
    private func examinePinned(
        _ scenario: PushCase, _ world: PushWorld, _ real: PushTrial, _ tally: inout Tally, _ seen: String
    ) throws {
        let (pinned, _) = try world.run(scenario, .guarded(policy: Self.permissive))
        let report =
            "\(seen)pinned: \(pinned.outcome.ending) \(try pinned.changes(world).mapValues(\.rawValue))\n"
            + "\(pinned.outcome.text)\(pinned.outcome.errorText)"
        tally.pinned += 1
        if pinned.isRefusedByPawl {
            // It says so where it cannot be carried out exactly; nothing may have happened then.
            tally.unpinnable[pinned.outcome.errorText.components(separatedBy: "\n").first ?? "", default: 0] += 1
            let isUnharmed = pinned.after == pinned.before
            #expect(isUnharmed, "refused, and yet something changed\n\(report)")
        } else {
            let isSame = pinned.after == real.after
            #expect(isSame || scenario.hasOverlay, "the pinned push ends otherwise\n\(report)")
        }
    }

    /// Counts for the person who runs many.
    private struct Tally: CustomStringConvertible {
        var cases = 0
        var changing = 0
        var harmful = 0
        var stopped = 0
        var pinned = 0
        var falseAlarms: [String: Int] = [:]
        var unpinnable: [String: Int] = [:]

        var description: String {
            let alarms = falseAlarms.values.reduce(0, +)
            let list = { (counts: [String: Int]) in
                counts.sorted { $0.value > $1.value }.prefix(8).map { "\n    \($0.value) × \($0.key)" }.joined()
            }
            return "\(cases) pushes: \(changing) change a remote, \(harmful) harm it, \(stopped) of those stopped, "
                + "\(alarms) refused though harmless here\(list(falseAlarms))\n"
                + "  \(pinned) with a permissive policy, \(unpinnable.values.reduce(0, +)) not pinned\(list(unpinnable))"
        }
    }
}

extension PushCase {
    static func make(seed: UInt64, _ world: PushWorld) -> PushCase {
        PushCaseGenerator.make(seed: seed, objects: world.objects)
    }
}

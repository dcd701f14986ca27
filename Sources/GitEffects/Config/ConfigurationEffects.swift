import ByteStrings
import Effects
import GitSyntax
import Platform

/// Foresees that configuration is written which this protection rests on: what is there already is no change.
struct ConfigurationEffects {
    let setting: Setting

    func effects(of command: UnderstoodCommand) -> [Effect] {
        guard ConfigurationWrites.concern(command.name, command.interpretations) else { return [] }
        var seen: Set<ConfigurationWrite> = []
        var cache: [[ByteString]: Configuration] = [:]
        var effects: [Effect] = []
        withoutActuallyEscaping({ place in
            if let known = cache[place] { return known }
            let found = read(place)
            cache[place] = found
            return found
        }) { present in
            let writes = command.interpretations.flatMap { arguments in
                ConfigurationWrites(
                    arguments: arguments, present: present, file: setting.environment["GIT_CONFIG"],
                    gitDirectory: setting.gitDirectory
                ).writes(of: command.name)
            }
            for write in writes where seen.insert(write).inserted {
                if let effect = effect(of: write, present(write.place)), !effects.contains(effect) {
                    effects.append(effect)
                }
            }
        }
        return effects
    }

    /// What a place holds now. One that cannot be read holds nothing: git cannot write to it either, or makes it.
    private func read(_ place: [ByteString]) -> Configuration {
        let file: [ByteString] = place.isEmpty ? ["--local"] : place
        let question = setting.question(["config"] + file + ["--list", "-z"])
        guard let answer = try? question.capture(), answer.ending.succeeded else { return Configuration(entries: []) }
        let entries = answer.output.split(0).filter { !$0.isEmpty }.map { item in
            // A key that stands alone is true.
            let (key, value) = item.split(atFirst: UInt8(ascii: "\n")) ?? (item, "true")
            return Configuration.Entry(key: key, value: value, scope: "file")
        }
        return Configuration(entries: entries)
    }

    private func effect(of write: ConfigurationWrite, _ present: Configuration) -> Effect? {
        guard let key = write.key else {
            return Effect(
                .changeConfig, .named("any key"), certainty: .possible, safer: "git config KEY VALUE, for the one key")
        }
        guard let row = GuardingKeys.row(key) else { return nil }
        let before = present.values(key)
        let after: [ByteString]
        switch write.value {
        case .set(let values): after = values
        case .added(let value): after = before + [value]
        case .removed: after = []
        case .unknown:
            if before.isEmpty { return nil }
            return Effect(.changeConfig, .named(key), certainty: .possible, safer: row.safer)
        }
        guard before != after, counts(row.change, before, after) else { return nil }
        return Effect(.changeConfig, .named(key), safer: row.safer)
    }

    private func counts(_ change: GuardingKeys.Change, _ before: [ByteString], _ after: [ByteString]) -> Bool {
        switch change {
        case .any: true
        case .replacement: !before.isEmpty
        case .to(let isMeant): isMeant(after.last)
        case .switchedOff: isOn(before) && !isOn(after)
        case .switchedOn: !isOn(before) && isOn(after)
        }
    }

    private func isOn(_ values: [ByteString]) -> Bool {
        values.last.flatMap { value in
            Configuration(entries: [Configuration.Entry(key: "x", value: value, scope: "file")]).boolean("x")
        } ?? false
    }
}

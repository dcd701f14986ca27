import ArgumentParser
import ByteStrings
import Platform
import PolicyEngine
import Setup

/// `pawl policy list`.
struct PolicyListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the policies that can be chosen by name, and those in force here.")

    func run() throws {
        let surroundings = try Surroundings.current()
        var lines: [ByteString] = ["Can be chosen by name:"]
        for name in ShippedPolicies.names {
            let policy = try? Policy.named(name)
            lines.append("  " + name.padded(to: 12) + " " + (policy?.description ?? ""))
        }
        lines += installed(surroundings)
        lines.append("")
        lines.append("In force here, the strictest decides:")
        for entry in LayerSurvey(surroundings.installation, surroundings.environment).entries {
            lines.append("  " + entry.layer.word.padded(to: 12) + " " + Output.printable(Self.words(entry)))
        }
        Output.text(lines.joined(separator: "\n") + "\n")
    }

    /// Files beside the shipped ones, which somebody has put there.
    private func installed(_ surroundings: Surroundings) -> [ByteString] {
        guard let folder = surroundings.installation.policyFolder else { return [] }
        let names = (File.list(folder) ?? []).filter { ShippedPolicies.text(of: $0) == nil }.sorted()
        return names.map { name in
            let file = Path.join(folder, name)
            let text: ByteString
            do {
                text = try Policy.load(file: file, home: surroundings.environment["HOME"]).description
            } catch {
                text = ByteString("cannot be used: \(error)")
            }
            return "  " + name.padded(to: 12) + " " + Output.printable(text) + " (" + file + ")"
        }
    }

    private static func words(_ entry: LayerSurvey.Entry) -> ByteString {
        switch entry.state {
        case .absent: "none" + (entry.place.map { " (" + $0 + " does not exist)" } ?? "")
        case .policy(let policy):
            entry.place == policy.name ? policy.name : policy.name + (entry.place.map { " (" + $0 + ")" } ?? "")
        case .broken(let error): ByteString("cannot be used: \(error)")
        }
    }
}

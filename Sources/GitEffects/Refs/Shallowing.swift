import ByteStrings
import Effects
import GitSyntax
import Platform

/// Foresees that a fetch cuts history off (git-fetch(1), `--depth`; gitrepository-layout(5), `shallow`).
enum Shallowing {
    /// The options that do so where history is whole; in a shallow repository they are its daily bread.
    private static let cutting: [ByteString] = ["depth", "shallow-since", "shallow-exclude", "update-shallow"]

    static func effects(of command: UnderstoodCommand, _ facts: any RepositoryFacts) -> [Effect] {
        guard ["fetch", "pull"].contains(command.name),
            let option = cutting.first(where: { name in command.interpretations.contains { $0.isOn(name) } }),
            !File.exists(Path.join(facts.commonDirectory, "shallow")),
            // A repository that has nothing yet has no history to cut.
            !facts.references().isEmpty
        else { return [] }
        return [
            Effect(
                .rewriteHistory, .localRef("refs/*"), certainty: .possible, published: true,
                safer: "the same without --" + option + ", or a shallow clone of its own")
        ]
    }
}

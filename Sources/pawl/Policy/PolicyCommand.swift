import ArgumentParser

/// `pawl policy`: what policies there are, which hold, and choosing one.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "List, show, choose and check policies.",
        discussion: """
            Policies hold in layers: system (/etc/pawl/policy), user (~/.config/pawl/policy), repository \
            (.pawl/policy at the root of the work tree) and session (pawl run --policy). Each layer decides for \
            itself, and the strictest decision wins. Where neither system nor user has one, the built-in default \
            holds.
            """,
        subcommands: [PolicyListCommand.self, PolicyShowCommand.self, PolicyUseCommand.self, PolicyLintCommand.self])
}

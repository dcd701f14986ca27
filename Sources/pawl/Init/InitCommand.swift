import ArgumentParser
import Setup

/// `pawl init`: shell code for start-up files.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Print the shell code that puts pawl in front of git.",
        discussion: """
            The code puts the front end's folder first on PATH and makes git an alias of the front end. For bash, in \
            ~/.bashrc (zsh alike, in ~/.zshrc):

              eval "$(pawl init bash)"

            For fish, in ~/.config/fish/config.fish:

              pawl init fish | source

            Shells that are not interactive read neither file nor alias. For an agent, use pawl run.
            """)

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run() throws {
        Output.text(Activation.code(for: shell, try Surroundings.current().installation))
    }
}

extension Shell: ExpressibleByArgument {}

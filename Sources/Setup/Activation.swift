import ByteStrings
import GitSyntax
import Guard
import Platform

/// The shell code that puts the front end in front of git.
public enum Activation {
    /// Code to evaluate at the start of a shell: the front end's folder first on PATH, `git` an alias of the front end,
    /// so that a later change of PATH does not matter, and Pawl's completions where the shell finds them. Evaluated
    /// twice it changes nothing more.
    public static func code(for shell: Shell, _ installation: Installation) -> ByteString {
        var lines: [ByteString] = ["# Puts pawl in front of git. Evaluated by the shell's start-up file."]
        let folder = shell.quote(installation.frontEndFolder)
        let frontEnd = shell.quote(installation.frontEnd)
        let completions = completionFolder(shell, installation)
        switch shell {
        case .bash, .zsh:
            lines.append("case \"$PATH:\" in " + folder + ":*) ;; *) PATH=" + folder + ":\"$PATH\" ;; esac")
            lines.append("export PATH")
            // Quoted for this line, and before that, where needed, for the line that the alias is expanded in.
            lines.append("alias git=" + shell.quote(ShellQuoting.quote(installation.frontEnd)))
        case .fish:
            lines.append("if test \"$PATH[1]\" != " + folder)
            lines.append("    set -gx PATH " + folder + " $PATH")
            lines.append("end")
            lines.append("function git --description 'git with pawl in front'")
            lines.append("    " + frontEnd + " $argv")
            lines.append("end")
        }
        if let completions {
            let quoted = shell.quote(completions)
            switch shell {
            case .bash: break
            case .zsh:
                lines.append(
                    "case \":$FPATH:\" in *:" + quoted + ":*) ;; *) fpath=(" + quoted + " $fpath) ;; esac")
            case .fish:
                lines.append("if not contains -- " + quoted + " $fish_complete_path")
                lines.append("    set -ga fish_complete_path " + quoted)
                lines.append("end")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Where installation puts completions; bash finds its own by itself.
    private static func completionFolder(_ shell: Shell, _ installation: Installation) -> ByteString? {
        guard let prefix = installation.prefix else { return nil }
        switch shell {
        case .bash: return nil
        case .zsh: return Path.join(prefix, "share/zsh/site-functions")
        case .fish: return Path.join(prefix, "share/fish/vendor_completions.d")
        }
    }
}

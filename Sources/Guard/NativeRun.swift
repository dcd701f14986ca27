import ByteStrings
import GitEffects
import GitSyntax
import NativeGit
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

extension Evaluation {
    /// Runs the command in process; nil where it is the real git's to run. What has effects or recovery points, or
    /// differs from what was asked for, never is.
    func runNatively() -> NativeOutcome? {
        guard effects.isEmpty, filesToKeep.isEmpty, shieldedWords == nil, action == .allow, isUnderstood,
            policies?.recordRequired != true, case .command = understanding.subject
        else { return nil }
        // A compact form that works by global options, or on what git prints, needs the real git.
        if let compact, !compact.globals.isEmpty || compact.shortener != .none { return nil }
        return NativeGit.run(
            NativeRequest(
                command: understanding.command, words: (compact?.words ?? []) + understanding.words,
                globals: understanding.globals, environment: setting.environment, executable: setting.executable,
                version: installedVersion,
                scopesLeftOut: Foreseer.scopesLeftOut(by: setting.environment)))
    }
}

extension Examiner {
    /// Questions that native operations answer are not put to the real git. What they print is its output to the byte,
    /// and whatever they are not certain of they leave to it.
    func answeringNatively(_ setting: Setting, _ globals: CommandLine.Globals) -> Setting {
        guard let version = git.recorded?.version else { return setting }
        var quiet = globals
        quiet.noOptionalLocks = true
        let request = NativeRequest(
            command: "", words: [], globals: quiet, environment: environment, executable: setting.executable,
            version: version, scopesLeftOut: Foreseer.scopesLeftOut(by: environment))
        var answering = setting
        answering.nativeAnswer = { command, words in
            var request = request
            (request.command, request.words) = (command, words)
            guard let outcome = NativeGit.run(request), outcome.status == 0 else { return nil }
            return ByteString(outcome.output)
        }
        return answering
    }
}

extension NativeOutcome {
    /// Writes what git would have written. Where the reader of standard output is gone, this process dies as git does.
    func write() {
        try? File.writeAll(ByteString(errors), to: 2, path: "standard error")
        do {
            try File.writeAll(ByteString(output), to: 1, path: "standard output")
        } catch {
            guard error.code == EPIPE else { return }
            // git raises it even where it is ignored (its `check_pipe`).
            signal(SIGPIPE, SIG_DFL)
            raise(SIGPIPE)
            exit(128 + SIGPIPE)
        }
    }
}

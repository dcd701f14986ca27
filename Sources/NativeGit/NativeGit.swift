import ByteStrings
import GitSyntax
import Libgit2
import Platform

/// A command line as the native operations are asked about it.
public struct NativeRequest: Sendable {
    public var command: ByteString
    /// The words after the command.
    public var words: [ByteString]
    public var globals: CommandLine.Globals
    public var environment: Environment
    /// The real git.
    public var executable: ByteString
    /// The version of the real git; nil where that is not on record.
    public var version: GitVersion?
    /// The configuration scopes that the environment tells git to leave out; nil where it does more to them.
    public var scopesLeftOut: Set<ByteString>?

    public init(
        command: ByteString, words: [ByteString], globals: CommandLine.Globals, environment: Environment,
        executable: ByteString, version: GitVersion?, scopesLeftOut: Set<ByteString>?
    ) {
        self.command = command
        self.words = words
        self.globals = globals
        self.environment = environment
        self.executable = executable
        self.version = version
        self.scopesLeftOut = scopesLeftOut
    }
}

/// What a native operation came to: exactly what the real git would have printed and returned.
public struct NativeOutcome {
    public var output: [UInt8] = []
    public var errors: [UInt8] = []
    public var status: Int32 = 0
    /// What it did to refs; nil where it is none of those that move any.
    public var moves: Moves?

    /// Where refs pointed before and after. Objects are in hexadecimal.
    public struct Moves {
        /// The commits that HEAD named.
        public var head: (before: ByteString, after: ByteString)
        /// Branches that are new, with what they point to.
        public var created: [(ref: ByteString, target: ByteString)] = []
    }
}

/// Operations that run in process with libgit2, with git's output to the byte. Everything is worked out before a byte
/// is written, so that at any doubt the real git can still take over.
public enum NativeGit {
    /// Runs the command; nil where it is the real git's to run, and then nothing has happened yet.
    public static func run(_ request: NativeRequest) -> NativeOutcome? {
        do {
            guard let entry = OperationTable.entry(request.command), let operation = operation(request.command) else {
                return nil
            }
            let form = try Form(request.words, accepted: entry)
            try Surroundings.check(request)
            let bench = try Workbench(request, entry)
            try bench.check(entry.needs)
            return try operation(form, bench)
        } catch {
            return nil
        }
    }

    typealias Operation = (Form, Workbench) throws(Leave) -> NativeOutcome

    static func operation(_ command: ByteString) -> Operation? {
        switch command {
        case "add": AddOperation.run
        case "branch": BranchOperation.run
        case "cat-file": CatFileOperation.run
        case "checkout": SwitchOperation.run
        case "config": ConfigOperation.run
        case "diff": DiffOperation.run
        case "log": LogOperation.run
        case "ls-files": ListFilesOperation.run
        case "merge-base": MergeBaseOperation.run
        case "remote": RemoteOperation.run
        case "rev-parse": RevParseOperation.run
        case "show": ShowOperation.run
        case "show-ref": ShowRefOperation.run
        case "status": StatusOperation.run
        case "switch": SwitchOperation.run
        case "symbolic-ref": SymbolicRefOperation.run
        case "tag": TagOperation.run
        default: nil
        }
    }
}

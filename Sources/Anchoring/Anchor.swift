import Auditing
import ByteStrings
import Platform
import PolicyEngine

/// Why a hash could not be put at its place, or not be read back from there.
public struct AnchorError: Error, Equatable, CustomStringConvertible {
    public var place: AnchorPlace
    /// In words.
    public var reason: String

    public var description: String { "\(place.text): \(reason)" }
}

/// A place for the log's newest hash, where that can be written and read.
public struct Anchor: Sendable {
    public let place: AnchorPlace
    let environment: Environment
    /// The real git.
    let git: ByteString
    /// How long a program may take.
    let milliseconds: Int

    /// How long the front end waits for one place, and how long a person does.
    public static let shortWait = 2_000
    public static let longWait = 60_000

    public init(_ place: AnchorPlace, environment: Environment, git: ByteString, milliseconds: Int) {
        self.place = place
        self.environment = environment
        self.git = git
        self.milliseconds = milliseconds
    }

    /// What can be read back at a place.
    public enum Content: Equatable, Sendable {
        case heads([KnownHead])
        /// The place only takes.
        case unreadable
    }

    /// Puts a hash there.
    public func store(_ receipt: AuditLog.Receipt) throws(AnchorError) {
        let line = HeadLine.text(receipt)
        switch try resolved() {
        case .syslog:
            try system { () throws(SystemError) in try SystemLog.send(line, tag: "pawl-audit") }
        case .file(let path):
            try system { () throws(SystemError) in try AnchorFile(path).append(line + "\n") }
        case .command(let command):
            _ = try run(command, "store", input: line + "\n")
        case .ref(let name, let repository):
            try AnchorRef(self, name, repository).add(line)
        }
    }

    /// All hashes that were put there.
    public func content() throws(AnchorError) -> Content {
        let text: ByteString
        switch try resolved() {
        case .syslog:
            return .unreadable
        case .file(let path):
            text = try system { () throws(SystemError) in try AnchorFile(path).content() }
        case .command(let command):
            text = try run(command, "get", input: "")
        case .ref(let name, let repository):
            text = try AnchorRef(self, name, repository).lines()
        }
        return .heads(HeadLine.readAll(text, source: place.text))
    }

    /// The hashes in a text from elsewhere, the system's log for example.
    public static func heads(in text: ByteString, source: ByteString) -> [KnownHead] {
        HeadLine.readAll(text, source: source)
    }

    private func resolved() throws(AnchorError) -> AnchorPlace {
        guard let resolved = place.resolved(home: environment["HOME"]) else {
            throw failure("~/ stands for the home folder, and HOME is not set")
        }
        return resolved
    }

    private func run(_ command: ByteString, _ word: ByteString, input: ByteString) throws(AnchorError) -> ByteString {
        // As git runs its helpers: the word goes behind whatever the command is.
        let words: [ByteString] = ["sh", "-c", command + " \"$@\"", "sh", word]
        return try output(of: Program("/bin/sh", words, environment: environment), input: input)
    }

    /// Runs a program to its end and returns what it printed; anything but success is a failure.
    func output(of program: Program, input: ByteString = "") throws(AnchorError) -> ByteString {
        let (ending, output, errors) = try system { () throws(SystemError) in
            try program.run(input: input, milliseconds: milliseconds)
        }
        switch ending {
        case .ended(.exited(0)): return output
        case .overdue: throw failure("it took more than \(milliseconds) ms")
        case .ended(let ending):
            let words = errors.split(UInt8(ascii: "\n")).first { !$0.isEmpty }
            throw failure("exit status \(ending.shellStatus)" + (words.map { ", \($0)" } ?? ""))
        }
    }

    func failure(_ reason: String) -> AnchorError { AnchorError(place: place, reason: reason) }

    private func system<Value>(_ body: () throws(SystemError) -> Value) throws(AnchorError) -> Value {
        do {
            return try body()
        } catch {
            throw failure("\(error)")
        }
    }
}

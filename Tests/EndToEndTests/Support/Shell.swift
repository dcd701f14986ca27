import Foundation

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// How a program ended.
enum Ending: Equatable, CustomStringConvertible {
    case exit(Int32)
    case signal(Int32)
    /// It ran longer than it was given and was killed.
    case timeout

    var description: String {
        switch self {
        case .exit(let status): "exit \(status)"
        case .signal(let number): "signal \(number)"
        case .timeout: "timeout"
        }
    }
}

/// What a program left behind, as bytes.
struct Outcome: Equatable {
    var ending: Ending
    var output: [UInt8]
    var errors: [UInt8]

    var text: String { String(decoding: output, as: UTF8.self) }
    var errorText: String { String(decoding: errors, as: UTF8.self) }
    var succeeded: Bool { ending == .exit(0) }
}

struct SpawnFailure: Error, CustomStringConvertible {
    var program: String
    var code: Int32
    var description: String { "\(program): \(String(cString: strerror(code)))" }
}

/// A program that was started and not yet waited for. Its output goes to files in the scratch folder.
struct RunningProgram {
    var pid: pid_t
    fileprivate var outputPath: String
    fileprivate var errorsPath: String

    func send(_ signal: Int32) {
        kill(pid, signal)
    }

    /// Waits until the program ends; kills its process group when the time is up.
    func wait(timeout: Double = 60) -> Outcome {
        let deadline = Date(timeIntervalSinceNow: timeout)
        var status: Int32 = 0
        var pause: UInt32 = 200
        var timedOut = false
        while waitpid(pid, &status, timedOut ? 0 : WNOHANG) == 0 {
            if Date() > deadline {
                timedOut = true
                kill(-pid, SIGKILL)
            }
            usleep(pause)
            pause = min(pause * 2, 5_000)
        }
        let output = readBytes(outputPath)
        let errors = readBytes(errorsPath)
        unlink(outputPath)
        unlink(errorsPath)
        let killedBy = status & 0x7f
        let ending: Ending = timedOut ? .timeout : killedBy == 0 ? .exit((status >> 8) & 0xff) : .signal(killedBy)
        return Outcome(ending: ending, output: output, errors: errors)
    }
}

/// The bytes of a file; nothing when it cannot be read.
func readBytes(_ path: String) -> [UInt8] {
    FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
}

extension Scratch {
    /// Starts a program in a process group of its own. Arguments are bytes, as the system has them.
    func start(
        _ program: String, _ arguments: [[UInt8]], in folder: String? = nil, environment: [String: String],
        input: [UInt8] = []
    ) throws -> RunningProgram {
        let name = UUID().uuidString
        let inputPath = "\(capture)/\(name).in"
        let running = RunningProgram(
            pid: 0, outputPath: "\(capture)/\(name).out", errorsPath: "\(capture)/\(name).err")
        try Data(input).write(to: URL(fileURLWithPath: inputPath))
        defer { unlink(inputPath) }

        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, inputPath, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, running.outputPath, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, running.errorsPath, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        var allSignals = sigset_t()
        sigemptyset(&noSignals)
        sigfillset(&allSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setsigdefault(&attributes, &allSignals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))

        // The way into the folder is the shell's: posix_spawn has no portable one.
        let enter = ["/bin/sh", "-c", #"cd "$1" && shift && exec "$@""#, "sh", folder ?? root, program]
        let argv = CStrings(enter.map { Array($0.utf8) } + arguments)
        let entries = environment.map { "\($0.key)=\($0.value)" }.sorted()
        let envp = CStrings(entries.map { Array($0.utf8) })
        var pid: pid_t = 0
        let code = posix_spawn(&pid, "/bin/sh", &actions, &attributes, argv.pointers, envp.pointers)
        guard code == 0 else { throw SpawnFailure(program: program, code: code) }
        var started = running
        started.pid = pid
        return started
    }

    /// Runs a program to its end.
    func run(
        _ program: String, _ arguments: [[UInt8]], in folder: String? = nil, environment: [String: String],
        input: [UInt8] = [], timeout: Double = 60
    ) throws -> Outcome {
        try start(program, arguments, in: folder, environment: environment, input: input).wait(timeout: timeout)
    }

    func run(
        _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String],
        input: [UInt8] = [], timeout: Double = 60
    ) throws -> Outcome {
        try run(
            program, arguments.map { Array($0.utf8) }, in: folder, environment: environment, input: input,
            timeout: timeout)
    }

    /// Runs a line of shell.
    func shell(
        _ line: String, in folder: String? = nil, environment: [String: String], input: [UInt8] = [],
        timeout: Double = 60
    ) throws -> Outcome {
        try run("/bin/sh", ["-c", line], in: folder, environment: environment, input: input, timeout: timeout)
    }
}

/// A NULL-terminated array of C strings that lives as long as this object.
private final class CStrings {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ strings: [[UInt8]]) {
        count = strings.count
        pointers = .allocate(capacity: strings.count + 1)
        for (index, bytes) in strings.enumerated() {
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
            for (offset, byte) in bytes.enumerated() { copy[offset] = CChar(bitPattern: byte) }
            copy[bytes.count] = 0
            pointers[index] = copy
        }
        pointers[strings.count] = nil
    }

    deinit {
        for index in 0..<count { pointers[index]?.deallocate() }
        pointers.deallocate()
    }
}

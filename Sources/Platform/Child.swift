import ByteStrings
import CPlatform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// How a process ended.
public enum Ending: Equatable, Sendable {
    case exited(Int32)
    case signaled(Int32)

    public var succeeded: Bool { self == .exited(0) }

    /// The status a shell would report: 128 and the signal for a process that a signal ended.
    public var shellStatus: Int32 {
        switch self {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
    }

    /// From a wait status of a process that is gone.
    init(waitStatus: Int32) {
        self =
            pawl_wait_signaled(waitStatus) != 0
            ? .signaled(pawl_wait_signal(waitStatus)) : .exited(pawl_wait_exit_code(waitStatus))
    }
}

/// A program with its arguments and environment, not yet running.
public struct Program: Sendable {
    /// The file to run: a path, never looked up on PATH.
    public var executable: ByteString
    /// All arguments, the name it is called by first.
    public var arguments: [ByteString]
    public var environment: Environment
    /// Where to run it; nil for here.
    public var directory: ByteString?

    public init(
        _ executable: ByteString, _ arguments: [ByteString], environment: Environment, directory: ByteString? = nil
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
    }
}

/// What a program that ran to its end printed, and how it ended.
public struct Captured: Sendable {
    public var ending: Ending
    public var output: ByteString
    public var errors: ByteString
}

extension Program {
    /// Replaces this process. Returns only by throwing.
    public func replaceThisProcess() throws(SystemError) -> Never {
        if let directory, directory.withCString({ chdir($0) }) != 0 {
            throw SystemError(operation: "enter", path: directory)
        }
        let vectors = CVectors(arguments, environment.entries)
        _ = executable.withCString { execve($0, vectors.arguments, vectors.environment) }
        throw SystemError(operation: "start", path: executable)
    }

    /// Starts it in place of this process: with its standard streams or another output, with this signal mask, and so
    /// that it does not outlive this process, even one that is killed (SIGKILL cannot be passed on).
    public func startBound(signalMask: sigset_t, output: Int32 = 1) throws(SystemError) -> Child {
        Self.keepEndedChildren()
        let vectors = CVectors(arguments, environment.entries)
        var signalMask = signalMask
        var identifier: pid_t = 0
        let code = executable.withCString { path in
            guard let directory else {
                return pawl_spawn_bound(
                    &identifier, path, nil, &signalMask, output, vectors.arguments, vectors.environment)
            }
            return directory.withCString {
                pawl_spawn_bound(
                    &identifier, path, $0, &signalMask, output, vectors.arguments, vectors.environment)
            }
        }
        guard code == 0 else { throw SystemError(code: code, operation: "start", path: executable) }
        return Child(identifier: identifier)
    }

    /// Starts it with this process's standard streams, or with those given. In a process group of its own, it gets no
    /// signal from the terminal, and can be killed with all that it starts.
    public func start(
        input: Int32? = nil, output: Int32? = nil, errors: Int32? = nil, inOwnGroup: Bool = false
    ) throws(SystemError) -> Child {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t? = nil
        var attributes: posix_spawnattr_t? = nil
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for (descriptor, target) in [(input, 0), (output, 1), (errors, 2)] {
            if let descriptor { posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target)) }
        }
        if let directory {
            _ = directory.withCString { pawl_spawn_change_directory(&actions, $0) }
        }
        if inOwnGroup { posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP)) }
        Self.keepEndedChildren()
        let vectors = CVectors(arguments, environment.entries)
        var identifier: pid_t = 0
        let code = executable.withCString {
            posix_spawn(&identifier, $0, &actions, &attributes, vectors.arguments, vectors.environment)
        }
        guard code == 0 else { throw SystemError(code: code, operation: "start", path: executable) }
        return Child(identifier: identifier)
    }

    /// Undoes an inherited order to ignore SIGCHLD: the system would forget children as they end, and nobody could tell
    /// how they ended (waitpid(2), on `SIG_IGN`).
    private static func keepEndedChildren() {
        if Signals.isIgnored(SIGCHLD) { signal(SIGCHLD, SIG_DFL) }
    }

    /// Starts it with no input and its output going to pipes that this process reads later.
    public func startCapturing(input: ByteString? = nil) throws(SystemError) -> CapturingChild {
        let standardInput: Int32
        var feed: Int32? = nil
        if input == nil {
            standardInput = open("/dev/null", O_RDONLY | O_CLOEXEC)
        } else {
            let (reading, writing) = try makePipe()
            standardInput = reading
            feed = writing
        }
        defer { close(standardInput) }
        let (outputReading, outputWriting) = try makePipe()
        let (errorsReading, errorsWriting) = try makePipe()
        defer {
            close(outputWriting)
            close(errorsWriting)
        }
        do {
            let child = try start(input: standardInput, output: outputWriting, errors: errorsWriting)
            return CapturingChild(
                child: child, output: outputReading, errors: errorsReading, feed: feed, input: input ?? ByteString())
        } catch {
            close(outputReading)
            close(errorsReading)
            if let feed { close(feed) }
            throw error
        }
    }

    /// Runs it to its end and returns what it printed.
    public func capture(input: ByteString? = nil) throws(SystemError) -> Captured {
        try startCapturing(input: input).finish()
    }

    /// A pipe that no program inherits unless it is given one of its ends. To be closed by the caller.
    public func makePipe() throws(SystemError) -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw SystemError(operation: "make a pipe for", path: executable) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}

/// A running child process, not yet waited for.
public struct Child: Sendable {
    public var identifier: Int32

    /// Waits for its end.
    public func wait() -> Ending {
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0 {
            guard errno == EINTR else { return .exited(127) }
        }
        return Ending(waitStatus: status)
    }
}

/// A running child whose output is collected.
public struct CapturingChild: ~Copyable {
    let child: Child
    let output: Int32
    let errors: Int32
    let feed: Int32?
    let input: ByteString

    /// Reads all it prints, waits for its end, and closes the pipes.
    public consuming func finish() -> Captured {
        var collected: [Int32: [UInt8]] = [output: [], errors: []]
        var waiting = [output, errors]
        var unsent = input.bytes[...]
        var feed = feed
        if let feed { _ = fcntl(feed, F_SETFL, O_NONBLOCK) }
        let previous = signal(SIGPIPE, SIG_IGN)
        defer { signal(SIGPIPE, previous) }
        var buffer = [UInt8](repeating: 0, count: 65536)
        let size = buffer.count
        while !waiting.isEmpty || feed != nil {
            if let open = feed, unsent.isEmpty {
                close(open)
                feed = nil
                continue
            }
            var polled = waiting.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            if let feed { polled.append(pollfd(fd: feed, events: Int16(POLLOUT), revents: 0)) }
            if poll(&polled, nfds_t(polled.count), -1) < 0 && errno != EINTR { break }
            for entry in polled where entry.revents != 0 {
                if entry.fd == feed {
                    let sent = unsent.withUnsafeBytes { write(entry.fd, $0.baseAddress, $0.count) }
                    if sent > 0 {
                        unsent = unsent.dropFirst(sent)
                    } else if sent < 0 && errno != EAGAIN && errno != EINTR {
                        unsent = []
                    }
                    continue
                }
                let got = buffer.withUnsafeMutableBytes { read(entry.fd, $0.baseAddress, size) }
                if got > 0 {
                    collected[entry.fd, default: []].append(contentsOf: buffer[..<got])
                } else if got == 0 || errno != EINTR {
                    waiting.removeAll { $0 == entry.fd }
                }
            }
        }
        close(output)
        close(errors)
        return Captured(
            ending: child.wait(), output: ByteString(collected[output] ?? []),
            errors: ByteString(collected[errors] ?? []))
    }
}

/// The argument and environment vectors that the system wants: owned copies, freed with this object.
private final class CVectors {
    let arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    let environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    init(_ arguments: [ByteString], _ environment: [ByteString]) {
        self.arguments = Self.vector(arguments)
        self.environment = Self.vector(environment)
    }

    deinit {
        UnsafeMutableRawPointer(arguments).deallocate()
        UnsafeMutableRawPointer(environment).deallocate()
    }

    /// One block of memory: the pointers, then the strings that they point to.
    private static func vector(_ strings: [ByteString]) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
        let pointer = MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
        let size = strings.reduce((strings.count + 1) * pointer) { $0 + $1.count + 1 }
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: pointer)
        let vector = block.bindMemory(to: UnsafeMutablePointer<CChar>?.self, capacity: strings.count + 1)
        var text = (block + (strings.count + 1) * pointer).assumingMemoryBound(to: CChar.self)
        for (index, string) in strings.enumerated() {
            string.bytes.withUnsafeBytes { UnsafeMutableRawPointer(text).copyMemory(from: $0) }
            text[string.count] = 0
            (vector + index).initialize(to: text)
            text += string.count + 1
        }
        (vector + strings.count).initialize(to: nil)
        return vector
    }
}

extension UnsafeMutableRawPointer {
    fileprivate func copyMemory(from bytes: UnsafeRawBufferPointer) {
        if let start = bytes.baseAddress { copyMemory(from: start, byteCount: bytes.count) }
    }
}

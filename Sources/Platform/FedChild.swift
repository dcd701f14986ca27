import ByteStrings

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A running child that is given its input in parts, so that all of it need never be in memory. For programs that print
/// next to nothing before their input ends: what they print is read only then. One that is given up is killed.
public final class FedChild {
    private let child: Child
    private let output: Int32
    private let errors: Int32
    /// nil once it takes no more.
    private var feed: Int32?
    private var isOver = false

    fileprivate init(_ child: Child, feed: Int32, output: Int32, errors: Int32) {
        self.child = child
        self.feed = feed
        self.output = output
        self.errors = errors
    }

    deinit {
        guard !isOver else { return }
        closeFeed()
        kill(child.identifier, SIGKILL)
        close(output)
        close(errors)
        _ = child.wait()
    }

    private func closeFeed() {
        if let feed { close(feed) }
        feed = nil
    }

    /// Hands a part over. A child that has gone takes nothing more; `finish` tells how it ended.
    public func write(_ part: UnsafeRawBufferPointer) {
        let previous = signal(SIGPIPE, SIG_IGN)
        defer { signal(SIGPIPE, previous) }
        var rest = part[...]
        while let feed, !rest.isEmpty {
            #if canImport(Darwin)
            let sent = Darwin.write(feed, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            #else
            let sent = Glibc.write(feed, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            #endif
            if sent > 0 {
                rest = rest.dropFirst(sent)
            } else if sent == 0 || errno != EINTR {
                closeFeed()
            }
        }
    }

    /// Ends the input, and waits for the child's end.
    public func finish() -> Captured {
        closeFeed()
        isOver = true
        return CapturingChild(child: child, output: output, errors: errors, feed: nil, input: "").finish()
    }
}

extension Program {
    /// Starts it with a pipe for its input and others for what it prints.
    public func startFed() throws(SystemError) -> FedChild {
        let (reading, feed) = try makePipe()
        defer { close(reading) }
        var ends: [Int32] = [feed]
        do {
            let (outputReading, outputWriting) = try makePipe()
            ends += [outputReading]
            defer { close(outputWriting) }
            let (errorsReading, errorsWriting) = try makePipe()
            ends += [errorsReading]
            defer { close(errorsWriting) }
            let child = try start(input: reading, output: outputWriting, errors: errorsWriting)
            return FedChild(child, feed: feed, output: outputReading, errors: errorsReading)
        } catch {
            for end in ends { close(end) }
            throw error
        }
    }
}

import ByteStrings
import Platform
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

@Suite("Writing")
struct WritingTests {
    @Test("A non-blocking pipe whose reader is slow gets everything")
    func nonBlocking() throws {
        let folder = try File.makeTemporaryFolder("pawl-writing", environment: .current)
        defer { File.removeTree(folder) }
        let copy = Path.join(folder, "copy")
        let reader = Program("/bin/sh", ["sh", "-c", "sleep 0.2; exec cat >\"$0\"", copy], environment: .current)
        let (reading, writing) = try reader.makePipe()
        let child = try reader.start(input: reading)
        close(reading)
        #expect(fcntl(writing, F_SETFL, O_NONBLOCK) == 0)
        let text = ByteString((0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try File.writeAll(text, to: writing, path: "a pipe")
        close(writing)
        #expect(child.wait().succeeded)
        #expect(try File.read(copy) == text)
    }
}

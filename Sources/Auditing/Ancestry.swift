import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The processes above this one: an agent's name alone does not settle who ran a command.
public enum Ancestry {
    /// How many processes are named at most.
    public static let limit = 8

    /// The chain from the parent upwards, without process 1; what cannot be learnt ends it. Each process costs some
    /// 15 µs, so `limit` may be lowered where the nearest ones are enough.
    public static func ofThisProcess(limit: Int = limit) -> [Record.ParentProcess] {
        var chain: [Record.ParentProcess] = []
        var process = getppid()
        while process > 1 && chain.count < limit {
            let path = executable(of: process)
            if let path, chain.count + 1 == limit {
                chain.append(Record.ParentProcess(process: Int(process), executable: path))
                break
            }
            guard let (parent, name) = parentAndName(of: process) else { break }
            chain.append(Record.ParentProcess(process: Int(process), executable: path ?? name))
            process = parent
        }
        return chain
    }

    #if canImport(Darwin)
    private static func parentAndName(of process: pid_t) -> (parent: pid_t, name: ByteString?)? {
        var query = [CTL_KERN, KERN_PROC, KERN_PROC_PID, process]
        var information = kinfo_proc()
        var size = MemoryLayout<kinfo_proc>.stride
        guard sysctl(&query, u_int(query.count), &information, &size, nil, 0) == 0, size > 0 else { return nil }
        let name = withUnsafeBytes(of: information.kp_proc.p_comm) { ByteString($0.prefix { $0 != 0 }) }
        return (information.kp_eproc.e_ppid, name)
    }

    private static func executable(of process: pid_t) -> ByteString? {
        var path = [UInt8](repeating: 0, count: 4 * Int(MAXPATHLEN))
        let length = proc_pidpath(process, &path, UInt32(path.count))
        return length > 0 ? ByteString(path.prefix(Int(length))) : nil
    }
    #else
    /// From `/proc/PID/stat`: `PID (name) state parent …`, where the name may itself hold blanks and parentheses.
    private static func parentAndName(of process: pid_t) -> (parent: pid_t, name: ByteString?)? {
        guard let content = try? File.read(ByteString("/proc/\(process)/stat"), limit: 4096),
            let opening = content.bytes.firstIndex(of: UInt8(ascii: "(")),
            let closing = content.bytes.lastIndex(of: UInt8(ascii: ")")), opening < closing
        else { return nil }
        // A blank, the state's letter, a blank.
        let digits = content.bytes[(closing + 1)...].dropFirst(3).prefix { $0 != 0x20 }
        guard let parent = pid_t(String(decoding: digits, as: UTF8.self)) else { return nil }
        return (parent, ByteString(content.bytes[(opening + 1)..<closing]))
    }

    private static func executable(of process: pid_t) -> ByteString? {
        File.linkTarget(ByteString("/proc/\(process)/exe"))
    }
    #endif
}

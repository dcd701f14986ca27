import ByteStrings

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

extension IndexFile {
    /// What the index has of a file as it was when its content was known to be the entry's. All numbers are cut to 32
    /// bits, as in the file.
    struct StatData {
        var changeSeconds, changeNanoseconds, modifySeconds, modifyNanoseconds: UInt32
        var device, inode, user, group, size: UInt32

        init(_ file: stat) {
            #if canImport(Darwin)
            let (changed, modified) = (file.st_ctimespec, file.st_mtimespec)
            #else
            let (changed, modified) = (file.st_ctim, file.st_mtim)
            #endif
            changeSeconds = UInt32(truncatingIfNeeded: changed.tv_sec)
            changeNanoseconds = UInt32(truncatingIfNeeded: changed.tv_nsec)
            modifySeconds = UInt32(truncatingIfNeeded: modified.tv_sec)
            modifyNanoseconds = UInt32(truncatingIfNeeded: modified.tv_nsec)
            device = UInt32(truncatingIfNeeded: file.st_dev)
            inode = UInt32(truncatingIfNeeded: file.st_ino)
            user = file.st_uid
            group = file.st_gid
            size = UInt32(truncatingIfNeeded: file.st_size)
        }

        init(_ index: IndexFile, at start: Int) {
            changeSeconds = index.number(start)
            changeNanoseconds = index.number(start + 4)
            modifySeconds = index.number(start + 8)
            modifyNanoseconds = index.number(start + 12)
            device = index.number(start + 16)
            inode = index.number(start + 20)
            user = index.number(start + 28)
            group = index.number(start + 32)
            size = index.number(start + 36)
        }

        /// By what git compares: not the device, and no nanoseconds unless it was built to.
        func isSame(as other: StatData) -> Bool {
            modifySeconds == other.modifySeconds && changeSeconds == other.changeSeconds && inode == other.inode
                && user == other.user && group == other.group && size == other.size
        }
    }

    func statData(_ entry: Entry) -> StatData { StatData(self, at: entry.start) }

    /// Whether the file may have been changed after the index was written without showing ("racy git").
    func isAsYoung(_ data: StatData) -> Bool {
        written > 0 && data.modifySeconds >= UInt32(truncatingIfNeeded: written)
    }
}

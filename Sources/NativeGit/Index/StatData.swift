import ByteStrings
import Platform

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

        init(_ file: SurveyedFile) {
            changeSeconds = file.changeSeconds
            changeNanoseconds = file.changeNanoseconds
            modifySeconds = file.modifySeconds
            modifyNanoseconds = file.modifyNanoseconds
            device = file.device
            inode = file.inode
            user = file.user
            group = file.group
            size = file.size
        }

        fileprivate init(_ entry: Entry) {
            changeSeconds = entry.number(0)
            changeNanoseconds = entry.number(4)
            modifySeconds = entry.number(8)
            modifyNanoseconds = entry.number(12)
            device = entry.number(16)
            inode = entry.number(20)
            user = entry.number(28)
            group = entry.number(32)
            size = entry.number(36)
        }

        /// By what git compares: not the device, and no nanoseconds unless it was built to.
        func isSame(as other: StatData) -> Bool {
            modifySeconds == other.modifySeconds && changeSeconds == other.changeSeconds && inode == other.inode
                && user == other.user && group == other.group && size == other.size
        }
    }

    /// Whether the file may have been changed after the index was written without showing ("racy git").
    func isAsYoung(_ data: StatData) -> Bool {
        written > 0 && data.modifySeconds >= UInt32(truncatingIfNeeded: written)
    }
}

extension IndexFile.Entry {
    /// What was known of the file when the entry was made.
    var data: IndexFile.StatData { IndexFile.StatData(self) }
}

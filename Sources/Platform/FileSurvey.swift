import ByteStrings
import CPlatform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What `lstat` says of a file of a survey, its numbers cut to 32 bits.
public struct SurveyedFile {
    private let raw: pawl_file

    fileprivate init(_ raw: pawl_file) { self.raw = raw }

    /// 0, or why there is nothing to say (`errno`): `ELOOP` where a folder on the way is a symbolic link.
    public var error: Int32 { raw.error }
    public var changeSeconds: UInt32 { raw.change_seconds }
    public var changeNanoseconds: UInt32 { raw.change_nanoseconds }
    public var modifySeconds: UInt32 { raw.modify_seconds }
    public var modifyNanoseconds: UInt32 { raw.modify_nanoseconds }
    public var device: UInt32 { raw.device }
    public var inode: UInt32 { raw.inode }
    /// Type and permissions.
    public var mode: UInt32 { raw.mode }
    public var user: UInt32 { raw.user }
    public var group: UInt32 { raw.group }
    public var size: UInt32 { raw.size }
}

/// A look at many files at once, with as many threads as are worth it: in a large work tree the time goes into waiting for
/// the system. It begins when it is made, and goes on while this thread does something else.
public final class FileSurvey {
    private let paths: UnsafeMutableBufferPointer<UnsafePointer<CChar>?>
    private let found: UnsafeMutableBufferPointer<pawl_file>
    private let folder: Int32
    /// What the paths' bytes belong to.
    private let owner: AnyObject
    /// nil once it is finished.
    private var survey: OpaquePointer?

    /// Paths that end in a NUL, from the folder, best in the order of their bytes; `owner` keeps them in memory. Nil where
    /// the folder cannot be opened.
    public init?(_ path: ByteString, _ names: [UnsafePointer<CChar>?], ownedBy owner: AnyObject) {
        let folder = path.withCString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard folder >= 0 else { return nil }
        self.folder = folder
        self.owner = owner
        paths = .allocate(capacity: names.count)
        _ = paths.initialize(from: names)
        found = .allocate(capacity: names.count)
        survey = pawl_survey_begin(folder, paths.baseAddress, names.count, found.baseAddress)
        if survey == nil { return nil }
    }

    /// The files in the order of their paths, once all have been looked at.
    public var files: some Sequence<SurveyedFile> {
        finish()
        return found.lazy.map { SurveyedFile($0) }
    }

    private func finish() {
        guard let survey else { return }
        pawl_survey_finish(survey)
        self.survey = nil
    }

    deinit {
        finish()
        close(folder)
        paths.deallocate()
        found.deallocate()
    }
}

import ByteStrings
import Guard
import Platform
import PolicyEngine

/// Why a command could not do what it was asked: what happened and where, what to do, and the exit status.
struct Failure: Error {
    var message: ByteString
    var remedy: ByteString?
    var status: Int32 = 1

    init(_ message: ByteString, remedy: ByteString? = nil, status: Int32 = 1) {
        self.message = message
        self.remedy = remedy
        self.status = status
    }

    init(_ error: GuardError) {
        // EX_UNAVAILABLE of sysexits.h, as the front end ends in this case.
        self.init(ByteString(error.message), status: 69)
    }

    init(_ error: PolicyError) {
        self.init(ByteString(error.description))
    }
}

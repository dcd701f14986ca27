import Anchoring
import Auditing
import ByteStrings
import Platform
import PolicyEngine

/// What the log needs now and then: the next file where one has become too large, and its newest hash at the places
/// that the policies name. Looked at after every sixteenth record, so that all others cost nothing.
struct LogUpkeep {
    /// How many records lie between two looks.
    static let stride = 16

    private let log: AuditLog
    private let receipt: AuditLog.Receipt
    private let environment: Environment

    /// nil where it is not due after this record.
    init?(after receipt: AuditLog.Receipt, _ log: AuditLog, _ environment: Environment) {
        guard receipt.sequence % Self.stride == 0 else { return nil }
        self.log = log
        self.receipt = receipt
        self.environment = environment
    }

    /// Does what is due. Returns the warnings, one line each: nothing that fails here keeps a command from running.
    func perform() -> [ByteString] {
        // A policy that cannot be read is reported by the next command that needs it.
        guard let settings = try? PolicyStack.loadAuditSettings(environment: environment) else { return [] }
        var warnings: [ByteString] = []
        do {
            try log.rotate(above: settings.maximumFileSize ?? AuditSettings.usualFileSize)
        } catch {
            warnings.append(Messages.notRotated(error))
        }
        guard isAnchorDue(settings), !settings.anchors.isEmpty else { return warnings }
        do {
            // What is known elsewhere must not be lost here in a power cut.
            try log.flush()
        } catch {
            return warnings + [Messages.notRotated(error)]
        }
        let git = Installation.current.flatMap { try? RealGit.locate($0).path } ?? "/usr/bin/git"
        for place in settings.anchors {
            let anchor = Anchor(
                place, environment: Nesting.deeper(environment), git: git, milliseconds: Anchor.shortWait)
            do {
                try anchor.store(receipt)
            } catch {
                warnings.append(Messages.notAnchored(error, receipt.sequence))
            }
        }
        return warnings
    }

    /// Whether a multiple of the interval lies between the last look and this one.
    private func isAnchorDue(_ settings: AuditSettings) -> Bool {
        guard let interval = settings.anchorInterval else { return false }
        return receipt.sequence / interval > (receipt.sequence - Self.stride) / interval
    }
}

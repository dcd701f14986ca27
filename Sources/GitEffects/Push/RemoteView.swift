import ByteStrings
import Libgit2

/// What is known of one ref of a remote when a push is planned.
enum RemoteValue: Hashable, Sendable {
    /// The ref may or may not be there, with any value.
    case unknown
    case absent
    case object(ObjectName)
}

/// A remote's refs: as the last fetch saw them, or as the remote advertises them now.
struct RemoteView {
    /// The refs known to be there, where all of them were asked for.
    let known: [ByteString: ObjectName]
    /// Whether the remote itself was asked: what is not known is not there.
    let isExact: Bool
    private let lookUp: (ByteString) -> RemoteValue

    func value(of reference: ByteString) -> RemoteValue { lookUp(reference) }

    /// By asking the remote: exact at that moment.
    init(advertised: [ByteString: ObjectName]) {
        known = advertised
        isExact = true
        lookUp = { advertised[$0].map { .object($0) } ?? .absent }
    }

    /// By remote-tracking refs: what they show was there once; what they do not show may be there. `locals` are all
    /// local refs, or none where the plan needs single ones only.
    init(tracked remote: Remote, _ facts: any RepositoryFacts, locals: [Repository.Reference]) {
        var known: [ByteString: ObjectName] = [:]
        for reference in locals {
            if let name = remote.remoteName(ofTracking: reference.name) { known[name] = reference.target }
        }
        self.known = known
        isExact = false
        lookUp = { reference in
            guard let tracking = remote.trackingName(of: reference) else { return .unknown }
            return facts.target(of: tracking).map { .object($0) } ?? .unknown
        }
    }
}

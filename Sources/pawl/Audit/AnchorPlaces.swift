import Anchoring
import Auditing
import ByteStrings
import PolicyEngine

/// The places for the log's hash, as the policies or the command line name them.
struct AnchorPlaces {
    private let surroundings: Surroundings
    let settings: AuditSettings

    init() throws(Failure) {
        surroundings = try Surroundings.current()
        settings = try surroundings.auditSettings()
    }

    /// Those of the policies.
    func configured() throws(Failure) -> [Anchor] { try anchors(settings.anchors) }

    /// Those with these words, in the form of the policies' key.
    func named(_ words: [String]) throws(Failure) -> [Anchor] {
        try anchors(
            words.map { word throws(Failure) in
                guard let place = AnchorPlace(ByteString(word)) else {
                    let forms = AnchorPlace.forms.joined(separator: ", ")
                    throw Failure(
                        ByteString("'\(word)' is no place for the log's hash"), remedy: "give one of: " + forms)
                }
                return place
            })
    }

    private func anchors(_ places: [AnchorPlace]) throws(Failure) -> [Anchor] {
        guard !places.isEmpty else { return [] }
        let git = try surroundings.realGit().path
        return places.map { place in
            Anchor(place, environment: surroundings.environment, git: git, milliseconds: Anchor.longWait)
        }
    }
}

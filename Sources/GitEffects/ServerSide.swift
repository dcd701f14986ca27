import ByteStrings
import Effects
import Platform

/// The server's half of a push, started by hand: it sets refs as the packets on its standard input say
/// (git-receive-pack(1), git-http-backend(1), git-shell(1)). A push that git runs itself starts its own.
public enum ServerSide {
    /// What such a command can do to the repository that it serves; none for those that only send.
    public static func effects(of name: ByteString, _ words: [ByteString], _ environment: Environment) -> [Effect] {
        let served: ByteString?
        switch name {
        case "receive-pack":
            served = words.last { !$0.hasPrefix("-") } ?? "."
        case "http-backend":
            let path = environment["PATH_INFO"] ?? environment["PATH_TRANSLATED"] ?? ""
            served = path.hasSuffix("/git-receive-pack") ? path : nil
        case "shell":
            served = words.last { $0.contains("receive-pack") }
        default: served = nil
        }
        guard let served else { return [] }
        let target = Effect.RemoteRef(
            remote: served, url: nil, ref: "refs/*", forcedBy: .option("packets on standard input"))
        return [
            Effect(
                .forcePush, .remoteRef(target), certainty: .possible,
                safer: "git push from a clone, which starts the server's side itself")
        ]
    }
}

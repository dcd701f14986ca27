import ByteStrings

/// The URL of a remote in the forms that git takes (git-clone(1), "GIT URLS"), as far as policies look into it.
struct RemoteURL {
    private let text: ByteString
    /// `scheme://` without the slashes; nil for paths and for `user@host:path`.
    private var scheme: ByteString?
    /// `user:password@host:port`, empty where there is no scheme.
    private var authority = ByteString()
    private var path = ByteString()

    init(_ text: ByteString) {
        self.text = text
        guard let (head, tail) = text.split(atFirst: UInt8(ascii: ":")), let rest = tail.dropping(prefix: "//"),
            !head.contains(UInt8(ascii: "/"))
        else { return }
        scheme = head
        let end = rest.bytes.firstIndex { "/?#".utf8.contains($0) } ?? rest.bytes.endIndex
        authority = ByteString(rest.bytes[..<end])
        path = ByteString(rest.bytes[end...])
    }

    private var host: ByteString { authority.split(atLast: UInt8(ascii: "@"))?.tail ?? authority }

    /// The URL as it may be shown: no password, and no user name either but for SSH, where it is part of the address
    /// and no secret.
    var withoutCredentials: ByteString {
        guard let scheme else { return text }
        guard let (login, host) = authority.split(atLast: UInt8(ascii: "@")) else { return text }
        var shown = host
        if scheme.lowercased.contains("ssh") {
            shown = (login.split(atFirst: UInt8(ascii: ":"))?.head ?? login) + "@" + host
        }
        return scheme + "://" + shown + path
    }

    /// All forms in which a pattern may name this URL: as it is, without password, without user name; and each with
    /// scheme and host in lower case, since those do not depend on it.
    var forms: [ByteString] {
        guard let scheme else {
            guard let (login, rest) = text.split(atFirst: UInt8(ascii: "@")), rest.contains(UInt8(ascii: ":")),
                !login.contains(UInt8(ascii: "/"))
            else { return [text] }
            return [text, rest]
        }
        var forms = [text, withoutCredentials, scheme + "://" + host + path]
        forms.append(scheme.lowercased + "://" + host.lowercased + path)
        return forms
    }
}

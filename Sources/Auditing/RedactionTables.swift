import ByteStrings

/// What credentials look like. Names are compared without regard to case.
extension Redaction {
    /// A credential that shows by its beginning.
    struct TokenShape: Sendable {
        /// For people: whose token this is.
        var name: String
        var prefix: ByteString
        /// Bytes that have to follow the prefix at least; all that fit the alphabet are taken.
        var minimum: Int
        var alphabet: Alphabet
    }

    enum Alphabet: Sendable {
        case word, wordAndDash, upperAndDigits
        func contains(_ byte: UInt8) -> Bool {
            switch self {
            case .word: byte.isAlphanumeric || byte == UInt8(ascii: "_")
            case .wordAndDash: byte.isAlphanumeric || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            case .upperAndDigits: byte.isAlphanumeric && !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            }
        }
    }

    static let tokenShapes: [TokenShape] = [
        TokenShape(name: "GitHub personal access token", prefix: "ghp_", minimum: 20, alphabet: .word),
        TokenShape(name: "GitHub OAuth token", prefix: "gho_", minimum: 20, alphabet: .word),
        TokenShape(name: "GitHub user-to-server token", prefix: "ghu_", minimum: 20, alphabet: .word),
        TokenShape(name: "GitHub server-to-server token", prefix: "ghs_", minimum: 20, alphabet: .word),
        TokenShape(name: "GitHub refresh token", prefix: "ghr_", minimum: 20, alphabet: .word),
        TokenShape(name: "GitHub fine-grained token", prefix: "github_pat_", minimum: 20, alphabet: .word),
        TokenShape(name: "GitLab personal access token", prefix: "glpat-", minimum: 16, alphabet: .wordAndDash),
        TokenShape(name: "GitLab deploy token", prefix: "gldt-", minimum: 16, alphabet: .wordAndDash),
        TokenShape(name: "GitLab runner token", prefix: "glrt-", minimum: 16, alphabet: .wordAndDash),
        TokenShape(name: "GitLab job token", prefix: "glcbt-", minimum: 16, alphabet: .wordAndDash),
        TokenShape(name: "Slack bot token", prefix: "xoxb-", minimum: 10, alphabet: .wordAndDash),
        TokenShape(name: "Slack app token", prefix: "xoxa-", minimum: 10, alphabet: .wordAndDash),
        TokenShape(name: "Slack user token", prefix: "xoxp-", minimum: 10, alphabet: .wordAndDash),
        TokenShape(name: "AWS access key", prefix: "AKIA", minimum: 16, alphabet: .upperAndDigits),
        TokenShape(name: "AWS temporary key", prefix: "ASIA", minimum: 16, alphabet: .upperAndDigits),
        TokenShape(name: "Atlassian API token", prefix: "ATATT", minimum: 20, alphabet: .wordAndDash),
        TokenShape(name: "Bitbucket app password", prefix: "ATBB", minimum: 20, alphabet: .word),
        TokenShape(name: "npm token", prefix: "npm_", minimum: 30, alphabet: .word),
        TokenShape(name: "Google API key", prefix: "AIza", minimum: 30, alphabet: .wordAndDash),
        TokenShape(name: "Anthropic key", prefix: "sk-ant-", minimum: 20, alphabet: .wordAndDash),
        TokenShape(name: "OpenAI key", prefix: "sk-proj-", minimum: 20, alphabet: .wordAndDash),
        TokenShape(name: "Hugging Face token", prefix: "hf_", minimum: 30, alphabet: .word),
    ]

    /// HTTP headers whose value is a credential.
    static let headers: [ByteString] = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "private-token", "job-token", "deploy-token",
        "x-api-key", "x-auth-token", "x-gitlab-token",
    ]

    /// HTTP authentication schemes that may stand in front of a credential.
    static let schemes: [ByteString] = ["bearer", "basic", "token"]

    /// For each byte, whether a header's name can begin with it.
    static let headerBeginnings = beginnings(headers.compactMap { $0.bytes.first }, ignoringCase: true)

    /// For each byte, whether a token or the name of a scheme can begin with it.
    static let tokenBeginnings = beginnings(
        tokenShapes.compactMap { $0.prefix.bytes.first } + "e".utf8, and: schemes.compactMap { $0.bytes.first })

    private static func beginnings(
        _ bytes: [UInt8], and others: [UInt8] = [], ignoringCase: Bool = false
    ) -> [Bool] {
        var result = [Bool](repeating: false, count: 256)
        for byte in bytes + others { result[Int(byte)] = true }
        for byte in ignoringCase ? bytes : others { result[Int(byte & ~0x20)] = true }
        return result
    }

    /// Query parameters of URLs.
    static let parameters: Set<ByteString> = [
        "access_token", "private_token", "job_token", "auth_token", "token", "password", "passwd", "secret",
        "client_secret", "api_key", "apikey",
    ]

    /// Options whose value, in the same or the next word, is a credential.
    static let options: WordList = """
        --password --passwd --smtp-pass --token --access-token --private-token --secret --api-key
        """

    /// Configuration keys, by the end of their last part: `http.extraHeader`, `sendemail.smtpPass`, `my.apiToken`.
    static let keyEndings: [ByteString] = ["extraheader", "password", "passwd", "token", "secret", "pass", "apikey"]

    /// Configuration sections all of whose values are hidden.
    static let sections: [ByteString] = ["credential."]

    /// Options whose value is prose: there only what is certainly a credential is taken out.
    static let prose: WordList = "-m --message --trailer -S -G --grep"
}

extension UInt8 {
    var isAlphanumeric: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || isLetter
    }

    var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}

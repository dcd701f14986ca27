import ByteStrings

/// Where a command runs and on whose behalf, as far as rules ask for it.
public struct Context: Sendable {
    /// The path of the work tree, or of the git directory where there is none; nil outside of repositories.
    public var repository: ByteString?
    /// The URLs of the repository's remotes, and of what is pushed to.
    public var repositoryURLs: [ByteString]
    /// The name of the agent; nil where none is known.
    public var agent: ByteString?

    public init(repository: ByteString? = nil, repositoryURLs: [ByteString] = [], agent: ByteString? = nil) {
        self.repository = repository
        self.repositoryURLs = repositoryURLs
        self.agent = agent
    }
}

import ByteStrings

/// A line that git's configuration syntax has no meaning for.
public struct ConfigurationError: Error, Equatable, Sendable {
    public enum Problem: Hashable, Sendable {
        case nulByte
        case neitherSectionNorKey
        case badSectionHeader
        case badKey
        case unclosedQuote
        case badEscape(ByteString)
    }

    public var location: Location
    public var problem: Problem

    public init(_ location: Location, _ problem: Problem) {
        self.location = location
        self.problem = problem
    }
}

import ByteStrings
import Platform
import PolicyEngine

/// A name as people give it: in full, as a pattern with `*`, `?` and `[…]`, or as `-` for none.
public struct NamePattern: Hashable, Sendable {
    public let source: ByteString
    private let glob: Glob?

    /// What kind of name it is for, which decides how it may be shortened.
    public enum Subject: Sendable {
        /// Not at all.
        case plain
        /// To its end, as lists show it.
        case session
        /// To its last parts: `shop` for `/home/ada/shop`, and for the bare `/srv/git/shop.git`.
        case path
    }

    /// Nil for a pattern that can match nothing, such as a bracket that is not closed.
    public init?(_ source: ByteString) {
        self.source = source
        if source.bytes.contains(where: { "*?[\\".utf8.contains($0) }) {
            guard let glob = Glob(source) else { return nil }
            self.glob = glob
        } else {
            glob = nil
        }
    }

    /// Whether it means this name; nil stands for none.
    public func matches(_ subject: Subject, _ name: ByteString?) -> Bool {
        guard let name else { return source == "-" }
        switch subject {
        case .plain: return matchesWhole(name)
        case .session: return matchesWhole(name) || (glob == nil && !source.isEmpty && name.hasSuffix(source))
        case .path:
            let names = [name] + (name.dropping(suffix: ".git").map { [$0] } ?? [])
            return names.contains { name in
                matchesWhole(name) || (glob == nil ? name.hasSuffix("/" + source) : matchesWhole(Path.name(name)))
            }
        }
    }

    private func matchesWhole(_ name: ByteString) -> Bool { glob?.matches(name) ?? (name == source) }

    /// Whether one of the patterns means the name, or there is none.
    public static func any(_ patterns: [NamePattern], _ subject: Subject, _ name: ByteString?) -> Bool {
        patterns.isEmpty || patterns.contains { $0.matches(subject, name) }
    }
}

import ByteStrings
import Effects
import GitSyntax
import Libgit2

/// What a push was asked to do, by its command line and by configuration, before any ref is looked at.
struct PushRequest: Sendable {
    /// A refspec and where it comes from.
    struct Item: Hashable, Sendable {
        var refspec: Refspec
        var origin: Origin

        enum Origin: Hashable, Sendable {
            /// On the command line, or by a default that follows from it.
            case commandLine
            /// By a setting, as messages name it: `remote.origin.push=+main`.
            case setting(ByteString)
            /// By an option that stands for refspecs: `--delete`, `--tags`.
            case option(ByteString)
        }
    }

    /// The `--force-with-lease` options that count.
    struct Leases: Hashable, Sendable {
        /// Whether the option stands alone: every ref, expected where its remote-tracking ref is.
        var coversAll = false
        /// `=REF` and `=REF:EXPECT`, in order; the first that matches a ref counts.
        var entries: [Entry] = []

        struct Entry: Hashable, Sendable {
            var reference: ByteString
            var expected: Expected
        }

        enum Expected: Hashable, Sendable {
            /// Where the remote-tracking ref is.
            case tracked
            /// What this revision names.
            case revision(ByteString)
            /// No such ref.
            case absent
        }

        /// Reads the options; `--no-force-with-lease` takes back those before it.
        init(_ arguments: ParsedArguments) {
            for option in arguments.options where option.name == "force-with-lease" {
                if option.isNegated {
                    self = Leases()
                } else {
                    add(option.value)
                }
            }
        }

        init() {}

        /// Reads the value of one option: nil for the bare form.
        private mutating func add(_ value: ByteString?) {
            guard let value else {
                coversAll = true
                return
            }
            guard let (reference, expected) = value.split(atFirst: UInt8(ascii: ":")) else {
                entries.append(Entry(reference: value, expected: .tracked))
                return
            }
            entries.append(
                Entry(reference: reference, expected: expected.isEmpty ? .absent : .revision(expected)))
        }

        /// What the remote ref is expected to be; nil where no lease covers it.
        func expectation(for reference: ByteString) -> Expected? {
            entries.first { RefName.matches($0.reference, reference) }?.expected ?? (coversAll ? .tracked : nil)
        }
    }

    var remote: Remote
    var items: [Item] = []
    /// Every branch, new ones included (`--all`).
    var all = false
    /// Every ref, with deletions; what asks for it.
    var mirror: Effect.Force?
    /// What forces every update; nil for none.
    var force: Effect.Force?
    var prunes = false
    var followsTags = false
    var leases = Leases()
    /// Whether refspecs come from a stream that cannot be looked at (`send-pack --stdin`).
    var readsInput = false
}

/// A push that git refuses by itself before it contacts anyone: nothing can happen to a remote.
struct GitRefusal: Error, Hashable, Sendable {
    /// git's reason, in short.
    var reason: ByteString

    init(_ reason: ByteString) {
        self.reason = reason
    }
}

import Anchoring
import Auditing
import ByteStrings
import Platform

/// All that is known of the log elsewhere, and what of it could not be learnt.
struct AnchorCheck {
    /// A place that was asked, and what it holds; nil where it only takes.
    private var sources: [(name: ByteString, heads: [KnownHead]?)] = []
    private var failures: [AnchorError] = []

    /// In the order of the places.
    var known: [KnownHead] { sources.flatMap { $0.heads ?? [] } }

    /// Hashes that somebody gave.
    mutating func add(hashes: [String]) {
        for hash in hashes {
            let head = KnownHead(hash: ByteString(hash).lowercased, source: "--against")
            sources.append(("--against", [head]))
        }
    }

    /// Lines from elsewhere: a file, or `-` for the standard input.
    mutating func add(file: String) throws(Failure) {
        let path = file == "-" ? "/dev/stdin" : ByteString(file)
        let text: ByteString
        do {
            text = try File.read(path)
        } catch {
            throw Failure(ByteString("\(error)"))
        }
        sources.append((ByteString(file == "-" ? "standard input" : file), Anchor.heads(in: text, source: path)))
    }

    mutating func add(_ anchors: [Anchor]) {
        for anchor in anchors {
            do {
                switch try anchor.content() {
                case .heads(let heads): sources.append((anchor.place.text, heads))
                case .unreadable: sources.append((anchor.place.text, nil))
                }
            } catch {
                failures.append(error)
            }
        }
    }

    /// A line for each place.
    func lines(_ result: Verification) -> [ByteString] {
        var standings = result.standings[...]
        var lines: [ByteString] = []
        for (name, heads) in sources {
            guard let heads else {
                lines.append(
                    "not compared with " + name
                        + "; journalctl -t pawl-audit -o cat | pawl audit verify --anchors - does")
                continue
            }
            let own = standings.prefix(heads.count)
            standings = standings.dropFirst(heads.count)
            let confirmed = own.compactMap { if case .confirmed(let number) = $0 { number } else { nil } }
            guard let newest = confirmed.max() else { continue }
            let behind = (result.head?.sequence ?? newest) - newest
            let count = confirmed.count == 1 ? "1 hash agrees" : "\(confirmed.count) hashes agree"
            lines.append(name + ByteString(": \(count), the newest with record \(newest), \(behind) before the head"))
        }
        return lines
    }

    /// What keeps the comparison from being worth anything: a place that cannot be read or holds nothing may have been
    /// emptied by whoever changed the log.
    var shortcoming: Failure? {
        if let failure = failures.first {
            return Failure(
                ByteString("the log is not compared with what \(failure)"),
                remedy: "make it readable, then verify again")
        }
        guard let empty = sources.first(where: { $0.heads?.isEmpty == true }) else { return nil }
        return Failure(
            "no hash of the log is in " + empty.name, remedy: "pawl audit anchor puts one there, if there never was one"
        )
    }
}

import ByteStrings
import Platform

/// Whether attributes can be set for a file, by any of the files that git reads them from (gitattributes(5)). Where they
/// can, content may be converted or compared otherwise: that is the real git's.
struct Attributes {
    private let bench: Workbench
    private let index: IndexFile?
    /// Folders from the top, with a slash at their ends, that have no file of attributes.
    private var bare: Set<[UInt8]> = []
    private var isGlobalKnown = false

    init(_ bench: Workbench, _ index: IndexFile?) {
        self.bench = bench
        self.index = index
    }

    mutating func requireNone(for path: some Collection<UInt8>) throws(Leave) {
        try requireNoneForAll()
        try requireNone(in: [])
        for (position, byte) in path.enumerated() where byte == UInt8(ascii: "/") {
            try requireNone(in: Array(path.prefix(position + 1)))
        }
    }

    private mutating func requireNoneForAll() throws(Leave) {
        if isGlobalKnown { return }
        var files: [ByteString] = [Path.join(bench.place.common, "info/attributes"), "/etc/gitattributes"]
        if let folder = bench.request.environment["XDG_CONFIG_HOME"], !folder.isEmpty {
            files.append(folder + "/git/attributes")
        } else if let home = bench.request.environment["HOME"] {
            files.append(home + "/.config/git/attributes")
        }
        for file in files where File.exists(file) { throw Leave() }
        isGlobalKnown = true
    }

    private mutating func requireNone(in folder: [UInt8]) throws(Leave) {
        guard bare.insert(folder).inserted else { return }
        let path = folder + ".gitattributes".utf8
        if File.linkStatus(bench.place.top + "/" + ByteString(path)) != nil || index?.has(path) == true {
            throw Leave()
        }
    }
}

import ByteStrings
import GitConfiguration
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Reads policies from files or from the built-in texts, includes and all.
struct PolicyReader {
    /// As many as git follows (`MAX_INCLUDE_DEPTH` in its config.c).
    static let includeLimit = 10
    /// Files that include each other several times multiply at each of those levels; no policy needs as many.
    static let fileLimit = 200
    /// No policy is that long; a device or a log file may be.
    static let sizeLimit = 1 << 20

    enum Origin {
        case file(ByteString)
        case builtIn(ByteString)

        static let builtInPrefix: ByteString = "built-in:"

        /// How it is called in messages and in the record.
        var name: ByteString {
            switch self {
            case .file(let path): path
            case .builtIn(let name): Self.builtInPrefix + name
            }
        }
    }

    /// What `~/` stands for.
    var home: ByteString?

    func read(_ origin: Origin) throws(PolicyError) -> Policy {
        let text: ByteString
        do {
            text = try content(of: origin)
        } catch {
            throw PolicyError(file: origin.name, problem: .unreadable(reason: error.reason))
        }
        return try read(origin, text: text)
    }

    /// The policy in the file; nil where there is no such file. One attempt to open it answers both questions.
    func readIfPresent(_ path: ByteString) throws(PolicyError) -> Policy? {
        let text: ByteString
        do {
            text = try content(of: .file(path))
        } catch {
            if error.isAbsence { return nil }
            throw PolicyError(file: path, problem: .unreadable(reason: error.reason))
        }
        return try read(.file(path), text: text)
    }

    func read(_ origin: Origin, text: ByteString) throws(PolicyError) -> Policy {
        var draft = PolicyDraft(root: origin.name)
        try add(origin, text: text, depth: 0, to: &draft)
        return try draft.finished()
    }

    private func content(of origin: Origin) throws(SystemError) -> ByteString {
        switch origin {
        case .file(let path):
            return try File.read(path, limit: Self.sizeLimit)
        case .builtIn(let name):
            guard let text = ShippedPolicies.text(of: name) else {
                throw SystemError(code: ENOENT, operation: "read", path: origin.name)
            }
            return text
        }
    }

    private func add(
        _ origin: Origin, text: ByteString, depth: Int, to draft: inout PolicyDraft
    ) throws(PolicyError) {
        draft.beginFile(origin.name, content: text)
        let items: [ConfigurationItem]
        do {
            items = try ConfigurationFile.parse(text, file: origin.name)
        } catch {
            throw PolicyError(error)
        }
        for item in items {
            switch item {
            case .section(let section):
                try draft.begin(section)
            case .entry(let entry):
                guard let include = try draft.add(entry, isRoot: depth == 0) else { continue }
                guard depth < Self.includeLimit else {
                    throw PolicyError(entry.location, .includeTooDeep(limit: Self.includeLimit))
                }
                guard draft.sources.count < Self.fileLimit else {
                    throw PolicyError(entry.location, .tooManyFiles(limit: Self.fileLimit))
                }
                let target = try resolve(include, from: origin, at: entry.location)
                let text: ByteString
                do {
                    text = try content(of: target)
                } catch {
                    throw PolicyError(
                        entry.location,
                        error.isAbsence
                            ? .includeMissing(path: target.name)
                            : .includeUnreadable(path: target.name, reason: error.reason))
                }
                try add(target, text: text, depth: depth + 1, to: &draft)
                draft.endInclude()
            }
        }
    }

    /// Where an include points: `built-in:NAME` to a shipped policy; otherwise, as git-config(1) has it for
    /// `include.path`, `~/` to the home folder, and a relative path to the folder of the including file. Seen from a
    /// shipped policy, its neighbours are the shipped policies.
    private func resolve(
        _ path: ByteString, from origin: Origin, at location: Location
    ) throws(PolicyError) -> Origin {
        if let name = path.dropping(prefix: Origin.builtInPrefix) { return .builtIn(name) }
        if path.hasPrefix("~") {
            guard let rest = path.dropping(prefix: "~/") else { throw PolicyError(location, .otherHome(path: path)) }
            guard let home, !home.isEmpty else { throw PolicyError(location, .noHome(path: path)) }
            return .file(Path.join(home, rest))
        }
        if Path.isAbsolute(path) { return .file(path) }
        switch origin {
        case .builtIn: return .builtIn(path)
        case .file(let including):
            guard let (folder, _) = including.split(atLast: UInt8(ascii: "/")) else { return .file(path) }
            return .file(folder + "/" + path)
        }
    }
}

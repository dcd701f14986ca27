import ByteStrings
import CLibgit2

/// A repository opened for reading. Owns libgit2's handle; not for use from several threads at once.
public final class Repository {
    let handle: OpaquePointer

    /// Whether the commit-graph may be looked into, where configuration does not say otherwise (git-config(1),
    /// `core.commitGraph`).
    public var readsCommitGraph = true

    /// Where to look for the repository.
    public enum Place: Sendable {
        /// The folder or one of its parents, up to but not into the ceilings (`GIT_CEILING_DIRECTORIES`).
        case discovered(from: ByteString, ceilings: ByteString, acrossFileSystems: Bool)
        /// Exactly this git directory (`GIT_DIR`, `--git-dir`).
        case gitDirectory(ByteString)
    }

    /// The library is set up once in a process. Extensions named here do not matter for reading refs and objects;
    /// a repository with any other extension is not opened.
    static let isReady: Bool = {
        guard git_libgit2_init() > 0 else { return false }
        return pawl_libgit2_set_options() == 0
    }()

    /// Opens a repository. Fails where libgit2 finds none, refuses its owner, or does not know its format.
    public init(_ place: Place) throws(Libgit2Error) {
        guard Self.isReady else { throw Libgit2Error.take(-1) }
        var opened: OpaquePointer?
        switch place {
        case .discovered(let start, let ceilings, let acrossFileSystems):
            let flags = acrossFileSystems ? GIT_REPOSITORY_OPEN_CROSS_FS.rawValue : 0
            try check(
                start.withCString { start in
                    ceilings.withCString { git_repository_open_ext(&opened, start, flags, $0) }
                })
        case .gitDirectory(let path):
            let flags = GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue
            try check(path.withCString { git_repository_open_ext(&opened, $0, flags, nil) })
        }
        guard let opened else { throw Libgit2Error.take(-1) }
        handle = opened
    }

    deinit { git_repository_free(handle) }

    /// The git directory of this work tree, without a slash at its end.
    public var gitDirectory: ByteString { Self.path(git_repository_path(handle)) }

    /// The git directory that all linked work trees share.
    public var commonDirectory: ByteString { Self.path(git_repository_commondir(handle)) }

    /// The top of the work tree; nil in a bare repository.
    public var workTree: ByteString? { git_repository_workdir(handle).map(Self.path) }

    private static func path(_ raw: UnsafePointer<CChar>?) -> ByteString {
        guard let raw else { return ByteString() }
        let path = ByteString(cString: raw)
        return path.count > 1 ? path.dropping(suffix: "/") ?? path : path
    }
}

// MARK: - Refs

extension Repository {
    /// Where HEAD points.
    public enum Head: Hashable, Sendable {
        /// The full name of the branch, and its tip; nil where the branch is unborn.
        case branch(ByteString, ObjectName?)
        case detached(ObjectName)
    }

    /// A ref that points to an object, directly or through symbolic refs.
    public struct Reference: Hashable, Sendable {
        public var name: ByteString
        public var target: ObjectName

        public init(name: ByteString, target: ObjectName) {
            self.name = name
            self.target = target
        }
    }

    public func head() throws(Libgit2Error) -> Head {
        var reference: OpaquePointer?
        try check(git_reference_lookup(&reference, handle, "HEAD"))
        defer { git_reference_free(reference) }
        if let symbolic = git_reference_symbolic_target(reference) {
            let branch = ByteString(cString: symbolic)
            return .branch(branch, target(of: branch))
        }
        guard let direct = git_reference_target(reference) else { throw Libgit2Error.take(-1) }
        return .detached(ObjectName(direct.pointee))
    }

    /// The object that a ref points to, by its full name; nil where there is no such ref.
    public func target(of name: ByteString) -> ObjectName? {
        var raw = git_oid()
        guard name.withCString({ git_reference_name_to_id(&raw, handle, $0) }) == 0 else {
            git_error_clear()
            return nil
        }
        return ObjectName(raw)
    }

    /// The ref at the end of symbolic refs, by its full name; nil where there is none.
    public func resolvedName(of name: ByteString) -> ByteString? {
        var reference: OpaquePointer?
        guard name.withCString({ git_reference_lookup(&reference, handle, $0) }) == 0 else {
            git_error_clear()
            return nil
        }
        defer { git_reference_free(reference) }
        var resolved: OpaquePointer?
        guard git_reference_resolve(&resolved, reference) == 0 else {
            git_error_clear()
            return nil
        }
        defer { git_reference_free(resolved) }
        return git_reference_name(resolved).map { ByteString(cString: $0) }
    }

    /// All refs below `refs/` that point to an object.
    public func references() throws(Libgit2Error) -> [Reference] {
        var iterator: OpaquePointer?
        try check(git_reference_iterator_new(&iterator, handle))
        defer { git_reference_iterator_free(iterator) }
        var found: [Reference] = []
        while true {
            var reference: OpaquePointer?
            let code = git_reference_next(&reference, iterator)
            if code == GIT_ITEROVER.rawValue { return found }
            try check(code)
            defer { git_reference_free(reference) }
            guard let rawName = git_reference_name(reference) else { continue }
            let name = ByteString(cString: rawName)
            if let raw = git_reference_target(reference) {
                found.append(Reference(name: name, target: ObjectName(raw.pointee)))
            } else if let target = target(of: name) {
                found.append(Reference(name: name, target: target))
            }
        }
    }
}

// MARK: - Objects and ancestry

extension Repository {
    /// The object that a revision names (gitrevisions(7)); nil where it names none, or where libgit2 cannot tell.
    public func object(named revision: ByteString) -> ObjectName? {
        var object: OpaquePointer?
        guard revision.withCString({ git_revparse_single(&object, handle, $0) }) == 0 else {
            git_error_clear()
            return nil
        }
        defer { git_object_free(object) }
        return git_object_id(object).map { ObjectName($0.pointee) }
    }

    /// The kind of an object; nil where it is not here.
    public func kind(of name: ObjectName) -> ObjectKind? {
        guard var raw = name.raw else { return nil }
        var object: OpaquePointer?
        guard git_object_lookup(&object, handle, &raw, GIT_OBJECT_ANY) == 0 else {
            git_error_clear()
            return nil
        }
        defer { git_object_free(object) }
        return ObjectKind(git_object_type(object))
    }

    /// The commit that a name leads to through tags; nil where it leads to none.
    public func commit(at name: ObjectName) -> ObjectName? {
        guard var raw = name.raw else { return nil }
        var object: OpaquePointer?
        var peeled: OpaquePointer?
        guard git_object_lookup(&object, handle, &raw, GIT_OBJECT_ANY) == 0 else {
            git_error_clear()
            return nil
        }
        defer { git_object_free(object) }
        guard git_object_peel(&peeled, object, GIT_OBJECT_COMMIT) == 0 else {
            git_error_clear()
            return nil
        }
        defer { git_object_free(peeled) }
        return git_object_id(peeled).map { ObjectName($0.pointee) }
    }

    /// A commit's subject line and its author as `Name <email>`; nil where it is not here.
    public func summary(of name: ObjectName) -> (subject: ByteString, author: ByteString)? {
        guard var raw = name.raw else { return nil }
        var commit: OpaquePointer?
        guard git_commit_lookup(&commit, handle, &raw) == 0 else {
            git_error_clear()
            return nil
        }
        defer { git_commit_free(commit) }
        let subject = git_commit_summary(commit).map { ByteString(cString: $0) } ?? ByteString()
        guard let signature = git_commit_author(commit)?.pointee else { return (subject, ByteString()) }
        let name = signature.name.map { ByteString(cString: $0) } ?? ByteString()
        let email = signature.email.map { ByteString(cString: $0) } ?? ByteString()
        return (subject, name + " <" + email + ">")
    }
}

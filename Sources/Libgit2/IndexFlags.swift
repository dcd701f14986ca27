import CLibgit2

extension Repository {
    /// Whether the index has entries that are assumed to be unchanged; nil where libgit2 cannot read it.
    public func hasUnwatchedFiles() -> Bool? {
        var index: OpaquePointer?
        guard git_repository_index(&index, handle) == 0 else {
            git_error_clear()
            return nil
        }
        defer { git_index_free(index) }
        let assumeValid = UInt16(GIT_INDEX_ENTRY_VALID.rawValue)
        return (0..<git_index_entrycount(index)).contains { position in
            git_index_get_byindex(index, position).map { $0.pointee.flags & assumeValid != 0 } ?? false
        }
    }
}

import ByteStrings
import CLibgit2

extension Repository {
    /// The files that one commit's tree has and the other's has not, by their paths; with nil for `old`, all of them.
    /// nil where an object is not here.
    public func additions(from old: ObjectName?, to new: ObjectName) -> [ByteString]? {
        guard let newTree = tree(new) else { return nil }
        defer { git_tree_free(newTree) }
        let oldTree = old.flatMap(tree)
        defer { git_tree_free(oldTree) }
        if old != nil && oldTree == nil { return nil }
        var found: [ByteString] = []
        guard collect(from: oldTree, to: newTree, below: "", into: &found) else { return nil }
        return found
    }

    private func tree(_ name: ObjectName) -> OpaquePointer? {
        guard var raw = name.raw else { return nil }
        var object: OpaquePointer?
        guard git_object_lookup(&object, handle, &raw, GIT_OBJECT_ANY) == 0 else {
            git_error_clear()
            return nil
        }
        defer { git_object_free(object) }
        var tree: OpaquePointer?
        guard git_object_peel(&tree, object, GIT_OBJECT_TREE) == 0 else {
            git_error_clear()
            return nil
        }
        return tree
    }

    /// Equal folders have equal names in the object store and are not entered.
    private func collect(
        from old: OpaquePointer?, to new: OpaquePointer, below folder: ByteString, into found: inout [ByteString]
    ) -> Bool {
        for index in 0..<git_tree_entrycount(new) {
            guard let entry = git_tree_entry_byindex(new, index), let name = git_tree_entry_name(entry) else {
                return false
            }
            let before = old.flatMap { git_tree_entry_byname($0, name) }
            if let before, git_oid_equal(git_tree_entry_id(before), git_tree_entry_id(entry)) != 0 { continue }
            let path = folder + ByteString(cString: name)
            let beforeType = before.map(git_tree_entry_type)
            switch git_tree_entry_type(entry) {
            case GIT_OBJECT_TREE:
                guard let inside = subtree(entry) else { return false }
                defer { git_tree_free(inside) }
                let insideBefore = beforeType == GIT_OBJECT_TREE ? before.flatMap(subtree) : nil
                defer { git_tree_free(insideBefore) }
                guard collect(from: insideBefore, to: inside, below: path + "/", into: &found) else { return false }
            case GIT_OBJECT_BLOB:
                if beforeType == nil || beforeType == GIT_OBJECT_TREE { found.append(path) }
            default: break
            }
        }
        return true
    }

    private func subtree(_ entry: OpaquePointer) -> OpaquePointer? {
        var tree: OpaquePointer?
        guard git_tree_lookup(&tree, handle, git_tree_entry_id(entry)) == 0 else {
            git_error_clear()
            return nil
        }
        return tree
    }
}

import ByteStrings
import Platform

/// Whether a command is run inside another repository that is a remote of the one in the working directory, or of the one
/// in the work tree that it was given: what happens to its refs then happens on a remote, though it has a work tree.
enum RemoteOfCaller {
    static func isMeant(by setting: Setting, _ facts: any RepositoryFacts) -> Bool {
        var folders: [ByteString] = []
        if !setting.directory.isEmpty || setting.gitDirectory != nil { folders.append(".") }
        if setting.namesWorkTree, let workTree = facts.workTree { folders.append(workTree) }
        return folders.contains { isRemote(facts, of: $0, setting) }
    }

    private static func isRemote(
        _ facts: any RepositoryFacts, of folder: ByteString, _ setting: Setting
    ) -> Bool {
        var there = setting.elsewhere(folder)
        there.globals = []
        there.directory = folder == "." ? "" : folder
        guard let caller = FactsOpener.library(there), caller.commonDirectory != facts.commonDirectory,
            let settings = try? caller.settings()
        else { return false }
        // Its URL names the git directory, or the folder that has it as `.git`.
        let common = facts.commonDirectory
        let places = [common, Path.name(common) == ".git" ? Path.parent(common) : common].compactMap {
            File.realPath($0)
        }
        return settings.contains { entry in
            guard entry.key.hasPrefix("remote."), entry.key.hasSuffix(".url") || entry.key.hasSuffix(".pushurl"),
                let value = entry.value
            else { return false }
            let path = value.dropping(prefix: "file://") ?? value
            // A path counts from the top of the work tree.
            return File.realPath(Path.join(caller.workTree ?? caller.gitDirectory, path)).map(places.contains) == true
        }
    }
}

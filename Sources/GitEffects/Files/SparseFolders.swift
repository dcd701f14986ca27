import ByteStrings
import Platform

/// Ignored files in folders that leave a sparse checkout: git removes those folders with them
/// (git-sparse-checkout(1), "INTERNALS — CONE MODE HANDLING").
struct SparseFolders {
    let setting: Setting
    let kept: [ByteString]

    /// Folders without any tracked file are none of the checkout's business.
    func loss() -> FileLoss {
        guard let status = WorkTreeStatus.read(setting, paths: [":/"], untracked: .withIgnored) else {
            return FileLoss()
        }
        let ignored = status.entries.filter { $0.kind == .ignored && $0.path.contains(UInt8(ascii: "/")) }.map(\.path)
            .filter { path in !kept.contains { path.hasPrefix($0.dropping(suffix: "/") ?? $0) } }
        guard !ignored.isEmpty else { return FileLoss() }
        let listed = try? setting.question(["ls-files", "-z", "--full-name", "--", ":/"]).capture()
        let tracked = Set((listed?.output ?? "").split(0).compactMap { $0.split(atFirst: UInt8(ascii: "/"))?.head })
        return FileLoss(
            untracked: Set(
                ignored.filter { $0.split(atFirst: UInt8(ascii: "/")).map { tracked.contains($0.head) } == true }),
            certainty: .possible)
    }
}

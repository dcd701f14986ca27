import ByteStrings
import Platform

/// Questions to the real git that are asked before their answers are needed, so that git works them out while other things
/// are looked at.
final class StartedQuestions {
    private let setting: Setting
    private var running: [[ByteString]: Running] = [:]

    /// A child can have only one owner, and so cannot be in a dictionary by itself.
    private final class Running {
        private var child: CapturingChild?

        init(_ child: consuming CapturingChild) { self.child = consume child }

        func finish() -> Captured? { child.take()?.finish() }
    }

    init(_ setting: Setting) { self.setting = setting }

    deinit {
        // Nobody has waited for these.
        for question in running.values { _ = question.finish() }
    }

    /// Starts one that is going to be asked. Where git cannot be started the asking will tell.
    func start(_ words: [ByteString]) {
        guard running[words] == nil, let child = try? setting.question(words).startCapturing() else { return }
        running[words] = Running(child)
    }

    /// What git prints; nil where it fails.
    func ask(_ words: [ByteString]) -> ByteString? {
        let answer = running.removeValue(forKey: words)?.finish() ?? (try? setting.question(words).capture())
        guard let answer, answer.ending.succeeded else { return nil }
        return answer.output
    }
}

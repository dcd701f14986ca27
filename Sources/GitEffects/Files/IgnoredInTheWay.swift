import ByteStrings
import Libgit2
import Platform

/// Ignored files where a commit has files that HEAD has not: checkouts and merges replace them without a word.
struct IgnoredInTheWay {
    let facts: any RepositoryFacts
    let setting: Setting

    func paths(_ revision: ByteString) -> Set<ByteString> {
        let present = candidates(revision)
        guard !present.isEmpty else { return [] }
        let places = present.map { ":(top,literal)" + $0 }
        let question = setting.question(
            ["ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--full-name", "--"] + places)
        guard let answer = try? question.capture(), answer.ending.succeeded else { return present }
        return Set(answer.output.split(0).filter { !$0.isEmpty })
    }

    /// What is on disk where the commit brings something new.
    func candidates(_ revision: ByteString) -> Set<ByteString> {
        guard let top = facts.workTree, let target = facts.object(named: revision),
            let added = facts.additions(in: target)
        else { return [] }
        return InTheWay(top: top).paths(of: added)
    }
}

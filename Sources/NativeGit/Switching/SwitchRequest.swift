import ByteStrings
import Platform

/// What a command line asks to switch to, where it is of a plain form (git-switch(1), git-checkout(1)).
struct SwitchRequest {
    /// Without `refs/heads/`.
    var branch: ByteString
    /// Whether the branch is to be made, from where HEAD is.
    var isNew = false
    var isQuiet: Bool
    /// Whether files are looked at and the index is written. git does without for `switch -c NAME`, and for
    /// `checkout -b NAME` in exactly these words.
    var looksAtFiles = true

    init(_ form: Form, _ bench: Workbench) throws(Leave) {
        isQuiet = form.has("-q", "--quiet")
        let names = form.options.filter { $0.name != "-q" && $0.name != "--quiet" }
        guard names.count + form.operands.count == 1, form.paths?.isEmpty != false else { throw Leave() }
        let isCheckout = bench.request.command == "checkout"
        if let option = names.first {
            guard let name = option.value, form.paths == nil else { throw Leave() }
            branch = name
            isNew = true
            looksAtFiles = isCheckout && form.options.count > 1
        } else {
            let word = form.operands[0]
            branch = word == "-" ? try Reflog.previousBranch(bench) : word
            // A word that is a file as well is better understood by git.
            if isCheckout, form.paths == nil, bench.place.has(word) { throw Leave() }
        }
        // An abbreviated object could be meant, and git may warn of it.
        guard Revision.isPlain(branch), branch != "HEAD",
            branch.count < 4 || !branch.lowercased.bytes.allSatisfy(Revision.isHexadecimal)
        else { throw Leave() }
    }
}

extension Workplace {
    /// Whether there is anything of this name, as seen from the working directory.
    fileprivate func has(_ name: ByteString) -> Bool { File.linkStatus(top + "/" + prefix + name) != nil }
}

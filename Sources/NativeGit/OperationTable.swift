import ByteStrings
import GitSyntax

/// Which forms of which commands run natively, in what repositories, and up to what size.
enum OperationTable {
    struct Entry {
        /// How many operands there may be.
        var operands: Int
        /// Whether `--` and paths may follow.
        var takesPaths: Bool
        /// What has to hold of the repository before anything else is looked at.
        var needs: [Need]
        /// Up to how many index entries, commits or refs, whichever the operation goes by, it is quicker than git.
        var cutOff: Int
        /// See `Form`.
        var options: ArraySlice<ByteString>
    }

    /// Conditions that several operations share. What one alone needs is said at its head.
    enum Need: String {
        /// No replace refs, grafts, shallow boundary or borrowed objects: history is as it is stored.
        case history
        /// Not a linked work tree, which has refs of its own.
        case refs
        /// No `.mailmap`, and no notes that a log would show.
        case names
    }

    static func entry(_ command: ByteString) -> Entry? {
        guard let line = text.sortedLine(command), line.count >= 4,
            let operands = line[1].dropping(suffix: "+")?.number ?? line[1].number, let cutOff = line[3].number
        else { return nil }
        let needs = line[2].split(UInt8(ascii: ",")).compactMap { Need(rawValue: $0.text) }
        return Entry(
            operands: operands, takesPaths: line[1].hasSuffix("+"), needs: needs, cutOff: cutOff, options: line[4...])
    }

    /// Sorted. A line: the command; how many operands it may have (`+`: and paths behind `--`); what it needs (`-` nothing);
    /// its cut-off; and the options, each in its exact spelling. Every operation also needs what `Surroundings`
    /// asks of the process, `Workplace` of the repository's place and `ConfigurationTable` of the settings.
    ///
    /// The cut-offs are set by `Benchmarks/native`, which compares each operation with git over sizes around them. They
    /// count index entries for `add`, `diff`, `ls-files` and `status` (no size was found at which git is quicker: they ask
    /// the system as little, with several threads from 1,000 files on, as git does), and for `checkout` and `switch`,
    /// which write a whole index (as quick as git up to 5,000, slower at 15,000); commits for `log` and `merge-base`, and
    /// refs for lists of refs; the rest does not grow.
    static let text = TableText(
        """
        add 100+ history 100000 -A --all
        branch 1 - 200 --contains --show-current -a --all -r --remotes --list -v --verbose
        cat-file 1 history 0 -e -p -s -t
        checkout 1+ history,refs 5000 -q --quiet -b:
        config 1 - 0 --get
        diff 4+ - 100000 --cached --staged --stat --numstat --shortstat --name-only --name-status -p -u --patch --quiet --exit-code
        log 1+ history,names 200 -# -n# -n:# --max-count=# --oneline --format= --pretty= --abbrev-commit --no-merges --first-parent --author= --grep= --stat --numstat --shortstat --name-only --name-status -p -u --patch
        ls-files 100+ - 100000 -c --cached -s --stage -z -o --others --exclude-standard
        merge-base 2 history 500 --is-ancestor
        remote 2 - 0 -v --verbose
        rev-parse 8 - 0 --abbrev-ref --short --short=# --verify -q --quiet --show-toplevel --git-dir --absolute-git-dir --git-common-dir --is-inside-work-tree --is-inside-git-dir --is-bare-repository --show-prefix --show-cdup --symbolic-full-name
        show 1+ history,names 0 --oneline --format= --pretty= --abbrev-commit --stat --numstat --shortstat --name-only --name-status -p -u --patch -s --no-patch
        show-ref 0 refs 200 --heads --tags
        status 100+ - 100000 -s --short -sb -bs --long --porcelain --porcelain=v1 --porcelain=1 --porcelain=v2 --porcelain=2 -b --branch -z -uno -unormal -u -uall --untracked-files --untracked-files=no --untracked-files=normal --untracked-files=all --no-renames --ignore-submodules=none
        switch 1 history,refs 5000 -q --quiet -c: --create: --create=
        symbolic-ref 1 - 0 --short -q --quiet
        tag 0 refs 200 -l --list

        """)
}

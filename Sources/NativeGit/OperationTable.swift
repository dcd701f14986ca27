import ByteStrings
import GitSyntax

/// Which forms of which commands run natively.
enum OperationTable {
    struct Entry {
        /// See `Form`.
        var options: ArraySlice<ByteString>
        /// How many operands there may be.
        var operands: Int
        /// Whether `--` and paths may follow.
        var takesPaths: Bool
    }

    static func entry(_ command: ByteString) -> Entry? {
        guard let line = text.line(command), line.count >= 2 else { return nil }
        return Entry(
            options: line[2...], operands: line[1].dropping(suffix: "+")?.number ?? line[1].number ?? 0,
            takesPaths: line[1].hasSuffix("+"))
    }

    /// A line: the command, how many operands it may have (`+`: and paths behind `--`), and the options, each in its
    /// exact spelling. Which repositories, environments and settings they hold in is said in `Workbench`,
    /// `Surroundings` and `ConfigurationTable`, and for one operation alone at its head.
    private static let text = TableText(
        """
        branch 0 --show-current -a --all -r --remotes --list -v --verbose
        cat-file 1 -e -p -s -t
        config 1 --get
        diff 8+ --cached --staged --stat --numstat --shortstat --name-only --name-status -p -u --patch --quiet --exit-code
        log 1+ -# -n# -n:# --max-count=# --oneline --format= --pretty= --abbrev-commit --no-merges --first-parent --stat --numstat --shortstat --name-only --name-status -p -u --patch
        ls-files 0+ -c --cached -s --stage -z -o --others --exclude-standard
        merge-base 2 --is-ancestor
        remote 2 -v --verbose
        show-ref 0 --heads --tags
        tag 0 -l --list
        show 1+ --oneline --format= --pretty= --abbrev-commit --stat --numstat --shortstat --name-only --name-status -p -u --patch -s --no-patch
        rev-parse 8 --abbrev-ref --short --short=# --verify -q --quiet --show-toplevel --git-dir --absolute-git-dir --git-common-dir --is-inside-work-tree --is-inside-git-dir --is-bare-repository --show-prefix --show-cdup --symbolic-full-name
        status 0 -s --short -sb -bs --long --porcelain --porcelain=v1 --porcelain=1 --porcelain=v2 --porcelain=2 -b --branch -z -uno -unormal -u -uall --untracked-files --untracked-files=no --untracked-files=normal --untracked-files=all
        symbolic-ref 1 --short -q --quiet

        """)
}

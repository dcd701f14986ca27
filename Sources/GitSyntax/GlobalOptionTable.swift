/// The options between `git` and the command, from `handle_options` of git 2.39.5, 2.55.0 and 2.56-dev.
///
/// A line: the option, the forms it takes, what it sets, the versions that know it. Forms: `flag` stands alone, `word`
/// takes the next word, `joined` a value behind `=`, `either` both; `query` prints and ends git, `query-or-joined` does
/// unless a `=` follows at once.
enum GlobalOptionTable {
    static let text = TableText(
        """
        -C word directory
        -c word configuration
        --config-env either configuration-from-environment
        --git-dir either git-directory
        --work-tree either work-tree
        --namespace either namespace
        --exec-path query-or-joined exec-path
        --html-path query
        --man-path query
        --info-path query
        --list-cmds joined query
        -p flag paginate
        --paginate flag paginate
        -P flag no-pager
        --no-pager flag no-pager
        --bare flag bare
        --no-replace-objects flag no-replace-objects
        --literal-pathspecs flag literal-pathspecs
        --no-literal-pathspecs flag no-literal-pathspecs
        --glob-pathspecs flag glob-pathspecs
        --noglob-pathspecs flag noglob-pathspecs
        --icase-pathspecs flag icase-pathspecs
        --no-optional-locks flag no-optional-locks
        --shallow-file word shallow-file
        --super-prefix either super-prefix <2.40
        --attr-source either attribute-source >=2.41
        --no-lazy-fetch flag no-lazy-fetch >=2.45
        --no-advice flag no-advice >=2.46

        """)
}

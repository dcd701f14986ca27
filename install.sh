#!/bin/sh
# Builds Pawl and installs it under a prefix; see --help.
# Nothing is replaced before everything has been built, staged and tried; a failure on the way leaves
# the installation that was there before as it was.

set -eu
umask 022

program=install.sh
root=$(cd "$(dirname -- "$0")" && pwd -P)
scratch=$root/.build/install
system=$(uname -s)

usage() {
    cat <<'USAGE'
usage: ./install.sh [--prefix DIR] [--activate SHELL] [--no-deps]
       ./install.sh --test [--no-deps]
       ./install.sh --uninstall [--prefix DIR]

Builds Pawl from this folder and installs it:
  DIR/bin/pawl                 the command for people
  DIR/libexec/pawl/git         the front end, alone in its folder, for PATH
  DIR/share/pawl/              policies, the real git that was found, the list of installed files
  DIR/share/man, and completions for bash, zsh and fish
It can be run again at any time, also over an older version. No shell file is edited without --activate.

  --prefix DIR      where to install (default: ~/.local)
  --activate SHELL  put the front end first on PATH in new shells: a marked block in the start-up files
                    of bash, zsh or fish, which --uninstall takes out again
  --no-deps         do not install system packages
  --test            install nothing of Pawl; build and run all its tests
  --uninstall       remove what was installed under DIR, and the block that --activate wrote
  -h, --help        this text

Exit status: 0 done, 1 failed, 2 not understood.
USAGE
}

say() { printf '%s\n' "$*"; }
note() { printf '%s: %s\n' "$program" "$*" >&2; }
fail() {
    note "$1"
    shift
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}
misuse() {
    note "$1"
    note "see ./install.sh --help"
    exit 2
}

# --- what was asked ---------------------------------------------------------------------------------------------

prefix=
activate=
action=install
dependencies=yes
while [ $# -gt 0 ]; do
    case $1 in
        --prefix | --activate)
            if [ $# -lt 2 ] || [ -z "$2" ]; then misuse "$1 needs a value"; fi
            if [ "$1" = --prefix ]; then prefix=$2; else activate=$2; fi
            shift
            ;;
        --prefix=?*) prefix=${1#*=} ;;
        --activate=?*) activate=${1#*=} ;;
        --no-deps) dependencies=no ;;
        --test | --uninstall)
            [ "$action" = install ] || [ "$action" = "${1#--}" ] || misuse "--test and --uninstall exclude each other"
            action=${1#--}
            ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) misuse "unknown argument: $1" ;;
    esac
    shift
done
case $activate in
    '' | bash | zsh | fish) ;;
    *) misuse "--activate knows bash, zsh and fish, not '$activate'" ;;
esac
[ -z "$activate" ] || [ "$action" = install ] || misuse "--activate cannot be combined with --$action"

newline='
'
if [ "$action" != test ]; then
    [ -n "${HOME:-}" ] || [ -n "$prefix" ] || fail "HOME is not set" "Say where to install: ./install.sh --prefix DIR"
    prefix=${prefix:-$HOME/.local}
    case $prefix in
        *"$newline"*) misuse "a prefix cannot contain a newline" ;;
        /*) ;;
        *) prefix=$PWD/$prefix ;;
    esac
    while [ "$prefix" != "${prefix%/}" ]; do prefix=${prefix%/}; done
    [ -n "$prefix" ] || misuse "/ is not a prefix; /usr/local may be what you mean"
    manifest=$prefix/share/pawl/manifest
fi

# --- cleaning up ------------------------------------------------------------------------------------------------

stage=    # everything that is going to be installed (new/) and the files it replaces (old/)
swapping= # set while installed files are being replaced

cleanup() {
    status=$?
    trap - EXIT
    if [ -n "$swapping" ]; then
        note "putting the previous installation back"
        put_back || true
    fi
    if [ -n "$stage" ]; then rm -rf -- "$stage"; fi
    exit "$status"
}
heed_signals() {
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}
trap cleanup EXIT
heed_signals

# --- what the build needs ---------------------------------------------------------------------------------------

as_root() {
    if [ "$(id -u)" = 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    else
        return 1
    fi
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# apt_install PACKAGE...: installs those that are missing; does not touch apt when none is.
apt_install() {
    missing=
    for package in "$@"; do
        is_installed "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    say "Installing system packages:$missing"
    # shellcheck disable=SC2086 # a list of words
    as_root apt-get install -y --no-install-recommends $missing && return 0
    # shellcheck disable=SC2086
    as_root apt-get update && as_root apt-get install -y --no-install-recommends $missing && return 0
    fail "could not install the system packages that Pawl needs" \
        "As root: apt-get install$missing" \
        "then run ./install.sh again."
}

# install_dependencies [PACKAGE...]: what the build needs, and the packages named.
install_dependencies() {
    if [ "$dependencies" = yes ]; then
        if command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; then
            if real_git=$(find_real_git); then :; else set -- git "$@"; fi
            apt_install libgit2-dev libmbedtls-dev libhttp-parser-dev libpcre2-dev libsqlite3-dev zlib1g-dev "$@"
        else
            explain_dependencies
        fi
    fi
    command -v swift >/dev/null 2>&1 || fail "swift was not found on PATH" \
        "Pawl is built with Swift 6.1 or later: https://www.swift.org/install/" \
        "Put its folder on PATH, then run ./install.sh again."
}

# Other systems: stop and say what to install, unless it is there.
explain_dependencies() {
    again="then run ./install.sh --no-deps"
    if [ "$system" = Darwin ]; then
        libgit2_of_homebrew >/dev/null || fail "libgit2 was not found" "brew install libgit2" "$again"
    elif command -v dnf >/dev/null 2>&1; then
        fail "system packages are installed only on Debian and Ubuntu; on this system, as root:" \
            "dnf install git libgit2-devel mbedtls-devel http-parser-devel pcre2-devel sqlite-devel zlib-devel" \
            "(the build links libgit2.a; where the package has none, build libgit2 with BUILD_SHARED_LIBS=OFF)" "$again"
    elif command -v pacman >/dev/null 2>&1; then
        fail "system packages are installed only on Debian and Ubuntu; on this system, as root:" \
            "pacman -S git libgit2 mbedtls http-parser pcre2 sqlite zlib" \
            "(the build links libgit2.a; where the package has none, build libgit2 with BUILD_SHARED_LIBS=OFF)" "$again"
    else
        fail "system packages are installed only on Debian and Ubuntu" \
            "Install git and the development files of libgit2 (with libgit2.a), mbedtls, http-parser, pcre2, SQLite and zlib," "$again"
    fi
}

libgit2_of_homebrew() {
    for folder in /opt/homebrew/opt/libgit2 /usr/local/opt/libgit2; do
        if [ -f "$folder/include/git2.h" ]; then
            say "$folder"
            return 0
        fi
    done
    return 1
}

# --- the real git -----------------------------------------------------------------------------------------------

# file_facts FILE: size, modification time and inode; device_and_inode FILE. GNU's stat first, then BSD's.
file_facts() { stat -Lc '%s %Y %i' -- "$1" 2>/dev/null || stat -Lf '%z %m %i' "$1"; }
device_and_inode() { stat -Lc '%d:%i' -- "$1" 2>/dev/null || stat -Lf '%d:%i' "$1" 2>/dev/null; }

# The first git on PATH that is not Pawl's front end: not in a folder libexec/pawl, not the installed file under
# another name, not in this folder. A relative entry of PATH means another folder in each directory: skipped.
find_real_git() (
    front_end=$(device_and_inode "${prefix:-}/libexec/pawl/git" || true)
    IFS=:
    set -f
    for folder in $PATH; do
        folder=${folder%/}
        case $folder in
            */libexec/pawl | "$root" | "$root"/*) continue ;;
            /*) ;;
            *) continue ;;
        esac
        candidate=$folder/git
        if [ ! -f "$candidate" ] || [ ! -x "$candidate" ]; then continue; fi
        case $(readlink -f "$candidate" 2>/dev/null || true) in */libexec/pawl/git) continue ;; esac
        [ -z "$front_end" ] || [ "$(device_and_inode "$candidate")" != "$front_end" ] || continue
        printf '%s\n' "$candidate"
        return 0
    done
    return 1
)

# Line 1 the path, 2 the version, 3 size, time and inode (to notice that the file has changed), 4 its exec path.
describe_real_git() (
    unset GIT_EXEC_PATH GIT_DIR
    printf '%s\n' "$1"
    "$1" version
    file_facts "$1"
    "$1" --exec-path
)

# --- building ---------------------------------------------------------------------------------------------------

# Whether the linker is there that can order symbols: Swift brings it, some distributions take it out.
has_lld() {
    command -v ld.lld >/dev/null 2>&1 || [ -x "$(dirname "$(readlink -f "$(command -v swiftc)")")/ld.lld" ]
}

# swift_release VERB ARGUMENT...: swift with the flags of a release build. The same flags every time, so that
# nothing is compiled twice.
swift_release() {
    verb=$1
    shift
    if [ "$system" = Darwin ]; then
        if homebrew=$(libgit2_of_homebrew); then
            set -- -Xcc "-I$homebrew/include" -Xlinker "-L$homebrew/lib" "$@"
        fi
    else
        # The front end lives for a millisecond: types are found without parsing their names, and what its start needs
        # lies side by side (Scripts/order-start). Both spare a tenth of that.
        if has_lld; then
            set -- -Xswiftc -use-ld=lld -Xswiftc -Xfrontend -Xswiftc -function-sections \
                -Xlinker "--symbol-ordering-file=$root/Scripts/start.order" -Xlinker --no-warn-symbol-ordering "$@"
        fi
        set -- -Xswiftc -static-executable -Xlinker -s \
            -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors "$@"
    fi
    swift "$verb" --package-path "$root" --scratch-path "$scratch" -c release "$@"
}

# logged WHAT COMMAND...: runs it with its output in the build log; shows the end of that when it fails.
logged() {
    what=$1
    shift
    if "$@" >>"$log" 2>&1; then return 0; fi
    grep -E '(^|[^a-z])error:' "$log" >&2 || tail -n 40 "$log" >&2
    note "$what failed; the whole output is in $log"
    return 1
}

build() {
    mkdir -p "$scratch"
    log=$scratch/build.log
    : >"$log"
    say "Building Pawl (the first time takes a few minutes; progress in $log)"
    logged "the build" swift_release build || exit 1
    products=$scratch/release
}

# The manual pages come from ArgumentParser's plugin, which takes its time: only when the help has changed.
build_manual() {
    pages=$scratch/plugins/GenerateManual/outputs/pawl
    "$products/pawl" --experimental-dump-help | cksum >"$scratch/help.new"
    if [ -f "$pages/pawl.1" ] && cmp -s "$scratch/help.new" "$scratch/help.manual"; then return 0; fi
    rm -rf -- "$pages"
    say "Writing the manual pages"
    if logged "writing the manual pages" swift_release package plugin generate-manual --multi-page; then
        mv -f "$scratch/help.new" "$scratch/help.manual"
    else
        note "going on without manual pages"
    fi
}

# --- staging ----------------------------------------------------------------------------------------------------

# place MODE SOURCE PATH: copies a file to its place in the stage.
place() {
    mkdir -p "$stage/new/$(dirname "$3")"
    cp "$2" "$stage/new/$3"
    chmod "$1" "$stage/new/$3"
}

stage_files() {
    mkdir -p "$prefix" || fail "cannot create $prefix"
    stage=$(mktemp -d "$prefix/.pawl-install.XXXXXX") || {
        stage=
        fail "cannot write in $prefix" "Choose another place with --prefix DIR, or run as a user who may."
    }
    mkdir "$stage/new" "$stage/old"
    place 755 "$products/pawl" bin/pawl
    place 755 "$products/git" libexec/pawl/git
    # In shell aliases git puts the folder of its own programs on PATH, where these names push.
    mkdir -p "$stage/new/libexec/pawl-dashed"
    for name in git-push git-send-pack git-http-push; do ln -s ../pawl/git "$stage/new/libexec/pawl-dashed/$name"; done
    for policy in "$root"/policies/*; do
        [ -f "$policy" ] || fail "no policies in $root/policies: this copy of Pawl's source is not complete"
        place 644 "$policy" "share/pawl/policies/${policy##*/}"
    done
    for schema in "$root"/docs/*.schema.json; do
        place 644 "$schema" "share/pawl/schema/${schema##*/}"
    done
    for page in "$pages"/pawl*.1; do
        if [ -f "$page" ]; then place 644 "$page" "share/man/man1/${page##*/}"; fi
    done
    for shell in bash zsh fish; do
        "$products/pawl" --generate-completion-script "$shell" >"$stage/completion" ||
            fail "pawl could not write its completions for $shell"
        case $shell in
            bash) place 644 "$stage/completion" share/bash-completion/completions/pawl ;;
            zsh) place 644 "$stage/completion" share/zsh/site-functions/_pawl ;;
            fish) place 644 "$stage/completion" share/fish/vendor_completions.d/pawl.fish ;;
        esac
    done
    describe_real_git "$real_git" >"$stage/real-git" || fail "$real_git does not run"
    place 644 "$stage/real-git" share/pawl/real-git

    (cd "$stage/new" && find . -type f -o -type l | sed 's|^\./||' | LC_ALL=C sort) >"$stage/files"
    say share/pawl/manifest >>"$stage/files"
}

# What is staged has to run before it replaces anything. Its record goes to the stage, not to the user's log.
try_staged() {
    version=$("$stage/new/bin/pawl" --version) || fail "the new pawl does not run; nothing was replaced"
    (
        XDG_STATE_HOME=$stage/state
        export XDG_STATE_HOME
        cd / && "$stage/new/libexec/pawl/git" --version >/dev/null
    ) || fail "the new front end cannot run $real_git; nothing was replaced"
}

# --- replacing --------------------------------------------------------------------------------------------------

# The manifest names the files, and with a slash at the end the folders that an installation has created.
write_manifest() {
    : >"$stage/folders"
    while IFS= read -r file; do
        folder=$(dirname "$file")
        while [ "$folder" != . ] && [ ! -d "$prefix/$folder" ]; do
            say "$folder/" >>"$stage/folders"
            folder=$(dirname "$folder")
        done
    done <"$stage/files"
    if [ -f "$manifest" ]; then grep '/$' "$manifest" >>"$stage/folders" || true; fi
    LC_ALL=C sort -u "$stage/folders" | cat "$stage/files" - >"$stage/manifest"
    place 644 "$stage/manifest" share/pawl/manifest
}

# Every file is renamed into its place, so that a running copy keeps the file it has. (Where a folder of the prefix
# lies on another file system, it is first copied next to its place.)
replace_files() {
    trap '' HUP INT TERM
    swapping=yes
    while IFS= read -r file; do
        target=$prefix/$file
        [ ! -d "$target" ] || fail "$target is a folder"
        mkdir -p "${target%/*}" "$stage/old/$(dirname "$file")"
        if [ -e "$target" ] || [ -L "$target" ]; then
            ln "$target" "$stage/old/$file" 2>/dev/null || cp -p "$target" "$stage/old/$file"
        fi
        rename_over "$stage/new/$file" "$target"
    done <"$stage/files"
    swapping=
    # What an older version had and this one has not.
    if [ -f "$stage/old/share/pawl/manifest" ]; then
        LC_ALL=C sort "$stage/manifest" >"$stage/sorted"
        LC_ALL=C sort "$stage/old/share/pawl/manifest" | LC_ALL=C comm -13 "$stage/sorted" - >"$stage/obsolete"
        remove_listed "$stage/obsolete"
    fi
    heed_signals
}

rename_over() {
    if [ "$(stat -Lc %d -- "$1" "${2%/*}" 2>/dev/null | uniq | wc -l)" -gt 1 ]; then
        cp -p "$1" "$2.pawl-new" && mv -f "$2.pawl-new" "$2" && rm -f -- "$1"
    else
        mv -f "$1" "$2"
    fi
}

put_back() {
    while IFS= read -r file; do
        if [ -e "$stage/new/$file" ]; then
            continue # was not replaced yet
        elif [ -e "$stage/old/$file" ]; then
            rename_over "$stage/old/$file" "$prefix/$file"
        else
            rm -f -- "$prefix/$file"
        fi
    done <"$stage/files"
    LC_ALL=C sort -r "$stage/folders" | while IFS= read -r folder; do
        rmdir "$prefix/$folder" 2>/dev/null || true
    done
}

# remove_listed LIST: the files, then the folders that are empty, deepest first.
remove_listed() {
    LC_ALL=C sort -r "$1" | while IFS= read -r entry; do
        case /$entry in
            */../* | */.. | // | /) note "left alone: the manifest names '$entry'" ;;
            */) rmdir "$prefix/$entry" 2>/dev/null || true ;;
            *) rm -f -- "$prefix/$entry" ;;
        esac
    done
}

# --- shell files ------------------------------------------------------------------------------------------------

opening='# >>> pawl >>>'
closing='# <<< pawl <<<'
made_for_it='# This file was made for the block.'

# The start-up files of a shell, one a line: interactive shells, then login shells (agents use `bash -lc`).
shell_files() {
    case $1 in
        bash)
            say "$HOME/.bashrc"
            for login in "$HOME/.bash_profile" "$HOME/.bash_login" "$HOME/.profile"; do
                if [ -f "$login" ]; then break; fi
            done
            say "$login"
            ;;
        zsh)
            say "${ZDOTDIR:-$HOME}/.zshrc"
            say "${ZDOTDIR:-$HOME}/.zprofile"
            ;;
        fish) say "${XDG_CONFIG_HOME:-$HOME/.config}/fish/conf.d/pawl.fish" ;;
    esac
}

quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; }
fish_quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/[\\\\']/\\\\&/g")"; }

# block SHELL FILE REST: what goes into the file after REST, what else is in it.
block() {
    pawl=$(quoted "$prefix/bin/pawl")
    say "$opening"
    say "# Puts Pawl in front of git. Written by Pawl's install.sh --activate; its --uninstall takes it out."
    [ -n "$3" ] || say "$made_for_it"
    case $1:$2 in
        bash:*/.profile)
            say "if [ -n \"\${BASH_VERSION-}\" ] && [ -x $pawl ]; then eval \"\$($pawl init bash)\"; fi"
            ;;
        fish:*)
            pawl=$(fish_quoted "$prefix/bin/pawl")
            say "if test -x $pawl; $pawl init fish | source; end"
            ;;
        *) say "if [ -x $pawl ]; then eval \"\$($pawl init $1)\"; fi" ;;
    esac
    say "$closing"
}

# Without the block; fails when a block has no end, for then nobody can tell what is ours.
without_block() {
    awk -v opening="$opening" -v closing="$closing" '
        $0 == opening { inside = 1; next }
        inside && $0 == closing { inside = 0; next }
        !inside { print }
        END { exit inside }
    ' "$1"
}

# write_over FILE: replaces its contents by standard input; keeps its mode and, if it is one, the symbolic link.
write_over() {
    goal=$(readlink -f "$1" 2>/dev/null || say "$1")
    if [ -f "$goal" ]; then cp -p "$goal" "$goal.pawl-new"; fi
    cat >"$goal.pawl-new"
    mv -f "$goal.pawl-new" "$goal"
}

activate_shell() {
    [ -n "${HOME:-}" ] || fail "HOME is not set: there is no shell file to activate Pawl in"
    shell_files "$activate" | while IFS= read -r file; do
        before=
        if [ -f "$file" ]; then
            before=$(without_block "$file" && say .) ||
                fail "$file has '$opening' without '$closing'; nothing was changed there" "Mend it, then run this again."
            before=${before%.}
        fi
        mkdir -p "${file%/*}"
        after=$(printf '%s' "$before" && block "$activate" "$file" "$before")
        if [ -f "$file" ] && [ "$after" = "$(cat "$file")" ]; then
            say "Already active: $file"
        else
            say "$after" | write_over "$file"
            say "Activated: $file"
        fi
    done
}

# Only the blocks that start the pawl of this prefix.
deactivate_shells() {
    [ -n "${HOME:-}" ] || return 0
    for file in "$HOME/.bashrc" "$HOME/.bash_profile" "$HOME/.bash_login" "$HOME/.profile" \
        "${ZDOTDIR:-$HOME}/.zshrc" "${ZDOTDIR:-$HOME}/.zprofile" \
        "${XDG_CONFIG_HOME:-$HOME/.config}/fish/conf.d/pawl.fish"; do
        [ -f "$file" ] || continue
        grep -qxF "$opening" "$file" || continue
        grep -qF -e "$(quoted "$prefix/bin/pawl")" -e "$(fish_quoted "$prefix/bin/pawl")" "$file" || continue
        if rest=$(without_block "$file" && say .); then
            rest=${rest%.}
            if [ -z "$rest" ] && grep -qxF "$made_for_it" "$file"; then
                rm -f -- "$file"
            else
                printf '%s' "$rest" | write_over "$file"
            fi
            say "Taken out of $file"
        else
            note "$file has '$opening' without '$closing'; left as it is"
        fi
    done
}

# --- the three actions ------------------------------------------------------------------------------------------

install_pawl() {
    install_dependencies
    real_git=$(find_real_git) || fail "no git was found on PATH" "Pawl runs the real git: install git, then run ./install.sh again."
    build
    build_manual
    stage_files
    try_staged
    write_manifest
    replace_files
    say "Installed pawl $version in $prefix, in front of $real_git"
    if [ -n "$activate" ]; then
        activate_shell
        say "New shells have Pawl in front of git."
    else
        say "Nothing uses it yet. For an agent:  $prefix/bin/pawl run -- COMMAND"
        say "For your shells:  ./install.sh --activate bash   (or zsh, fish)"
    fi
    say ""
    "$prefix/bin/pawl" doctor || fail "pawl doctor found that this installation does not protect" \
        "Its output above says why. Run $prefix/bin/pawl doctor again when that is mended;" \
        "./install.sh --uninstall removes Pawl."
}

uninstall_pawl() {
    deactivate_shells
    if [ ! -f "$manifest" ]; then
        say "Pawl is not installed in $prefix. (Another place: --prefix DIR)"
        return 0
    fi
    stage=$(mktemp -d "${TMPDIR:-/tmp}/pawl-uninstall.XXXXXX")
    cp "$manifest" "$stage/manifest"
    remove_listed "$stage/manifest"
    say "Removed Pawl from $prefix. Your policies (~/.config/pawl) and the log (~/.local/state/pawl) are left."
}

# install_if_offered PACKAGE...: those that this system has; the tests that need another are skipped.
install_if_offered() {
    [ "$dependencies" = yes ] && command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1 || return 0
    for package in "$@"; do
        (apt_install "$package") 2>/dev/null ||
            note "the package $package could not be installed: tests that need it are skipped"
    done
}

test_pawl() {
    install_dependencies python3
    # Exports are held against their schemas, reports are used in a browser.
    install_if_offered python3-jsonschema chromium
    say "Building the tests"
    swift build --package-path "$root" --build-tests
    swift test --package-path "$root" --skip-build
}

case $action in
    install) install_pawl ;;
    uninstall) uninstall_pawl ;;
    test) test_pawl ;;
esac

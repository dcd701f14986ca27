import Testing

/// One command that loses something, and `pawl undo`: everything is as before, to the last bit.
@Suite("Undo, case by case")
struct UndoCasesTests {
    /// Two commits on a branch that no policy protects; `other` changes the same line of `a` in its own way.
    private static let base = #"""
        set -e
        git init -q -b work .; printf '*.o\n' > .gitignore; echo 1 > a; echo 2 > b; mkdir d; echo 3 > d/c
        git add .; git commit -q -m one; echo 11 > a; git commit -q -am two
        git checkout -q -b other HEAD~1; echo 22 > a; git commit -q -am other; git checkout -q work

        """#

    private static let unsaved = "echo x > a; echo y > b; git add b; echo z > b; echo n > n; git add n; echo u > u"
    private static let conflict = "git merge -q other || true; echo half > a; echo edit > b"
    private static let series =
        "echo z > z; git add z; git commit -q -m z; git rebase other 2> ../told || true; echo half > a"

    @Test(arguments: [
        ("git reset -q --hard HEAD~1", unsaved),
        ("git reset -q --hard", "git checkout -q --orphan new; echo q > q; git add q"),
        ("git reset -q --hard", "git add -N b; echo n > n; git add -N n; echo x > a"),
        ("git reset -q --hard", "rm a; ln -s b a; rm -r d; ln -s /tmp d"),
        ("git reset -q --hard", "rm a; mkdir a; echo in > a/in"),
        ("git reset -q --hard", "git update-index --split-index; echo x > a; git add a; echo y > a"),
        ("git reset -q --hard", "git sparse-checkout set --cone d; echo x > d/c; echo q > d/q"),
        ("git reset -q --hard HEAD~2", "git checkout -q --detach; git commit -q --allow-empty -m d; echo x > a"),
        ("git reset -q --hard", conflict), ("git merge --abort", conflict), ("git checkout --ours a", conflict),
        ("git checkout -m -- a", "\(conflict); git add a"),
        ("git rebase --abort", series), ("git rebase --skip", "\(series); git add a"),
        ("git cherry-pick --abort", "git cherry-pick other 2> ../told || true; echo half > a"),
        (
            "git revert --abort",
            "echo 5 > a; git commit -q -am 5; git revert --no-edit HEAD~1 2> ../told || true; echo half > a"
        ),
        (
            "git am --abort",
            "git format-patch -1 --stdout other > ../p; git am -q ../p 2> ../told || true; echo half > a"
        ),
        ("git checkout -q .", unsaved), ("git checkout -q HEAD -- .", unsaved),
        ("git checkout -q -f other", unsaved), ("git checkout -q -f -B other", unsaved),
        ("git switch -q --discard-changes other", unsaved), ("git restore --source=HEAD~1 -SW .", unsaved),
        ("git restore --staged b n", unsaved), ("git checkout-index -f -a", unsaved),
        ("git read-tree --reset -u HEAD~1", unsaved), ("git rm -q -r -f a b n d", unsaved),
        ("git mv -f a b", unsaved), ("git commit -q --amend -a -m new", unsaved),
        ("git checkout -q .", "chmod +x a; chmod 755 d/c"),
        ("git checkout -q .", "head -c 3000000 /dev/urandom > a; printf '\\0' > b"),
        (
            "git checkout -q -f add",
            """
            git checkout -q -b add; echo f > zz; git add zz; git commit -q -m zz; git checkout -q work
            mkdir zz; echo u > zz/u
            """
        ),
        (
            "git checkout -q -f add",
            """
            git checkout -q -b add; mkdir zz; echo f > zz/f; git add zz; git commit -q -m zz; git checkout -q work
            echo u > zz
            """
        ),
        (
            "git checkout -q -f add",
            """
            git checkout -q -b add; mkdir nest; echo f > nest/f; git add nest; git commit -q -m nest; git checkout -q work
            git init -q nest; echo mine > nest/f; git -C nest add f; git -C nest commit -q -m mine
            """
        ),
        (
            "git clean -q -ffdx",
            #"""
            mkdir -p e/f u/v; echo o > x.o; echo n > "$(printf 'w\377\nx')"; echo q > ./-f; echo q > 'a"b'; ln -s nowhere l
            chmod 755 x.o; : > u/v/empty; mkdir -m 700 p; echo s > p/s; chmod 400 p/s; echo n > "$(printf '%0250d' 1)"
            git init -q nest; echo i > nest/i; git -C nest add i; git -C nest commit -q -m i; echo j > nest/j
            """#
        ),
        ("git clean -q -f -X", "echo o > x.o; echo n > n"), ("git clean -q -f -d", "mkdir -p e/f"),
        ("git stash drop -q 'stash@{1}'", "for i in 1 2 3; do echo $i > a; echo $i > u; git stash -q -u; done"),
        ("git stash clear", "for i in 1 2 3; do echo $i > a; git add a; echo more > b; git stash -q; done"),
        (
            "git branch -q -D gone",
            "git commit -q --allow-empty -m kept; git branch -f gone; git reset -q --hard HEAD~1"
        ),
        ("git tag -d t l", "git tag -a -m t t HEAD~1; git tag l HEAD~1"),
        ("git tag -f t HEAD", "git tag -a -m t t HEAD~1"),
        ("git update-ref -d refs/heads/other", "true"),
    ])
    func everythingComesBack(command: String, setup: String) throws {
        try BusyRepository.with(Self.base + setup) { repository in
            let before = try repository.state()
            let outcome = try repository.shell(command)
            #expect(outcome.succeeded, "\(outcome.errorText)")
            #expect(try repository.state() != before)
            #expect(try repository.undoAll() == 1)
            #expect(try repository.state() == before)
        }
    }

    @Test(arguments: [
        ("git -C ../linked reset -q --hard", "cat ../linked/a ../linked/n; git -C ../linked status -s"),
        ("git worktree remove -f ../linked", "cat ../linked/a ../linked/n; git -C ../linked status -s"),
        ("git submodule --quiet deinit -f sub", "cat sub/s sub/u; git -C sub status -s"),
        ("git submodule --quiet update -f", "cat sub/s sub/u; git -C sub status -s"),
        ("git reset -q --hard --recurse-submodules", "cat sub/s; git -C sub status -s"),
    ])
    func otherWorkTreesComeBackToo(command: String, question: String) throws {
        let setup = """
            git worktree add -q ../linked other; echo x > ../linked/a; git -C ../linked add a; echo y > ../linked/a
            echo n > ../linked/n
            git init -q ../s; echo s > ../s/s; git -C ../s add s; git -C ../s commit -q -m s
            git -c protocol.file.allow=always submodule --quiet add ../s sub; git commit -q -m sub
            echo dirty > sub/s; echo u > sub/u
            """
        try BusyRepository.with(Self.base + setup) { repository in
            let before = try repository.shell(question, guarded: false)
            let outcome = try repository.shell(command)
            #expect(outcome.succeeded, "\(outcome.errorText)")
            let changed = try repository.shell(question, guarded: false)
            #expect(changed.text != before.text)
            #expect(
                try repository.shell("$PAWL undo").succeeded || repository.shell("cd ../linked; $PAWL undo").succeeded)
            #expect(try repository.shell(question, guarded: false).text == before.text)
        }
    }

    @Test(arguments: ["sha256"])
    func otherObjectFormats(format: String) throws {
        let base = Self.base.replacing("git init -q", with: "git init -q --object-format=\(format)")
        try BusyRepository.with(base + Self.unsaved) { repository in
            let before = try repository.state()
            let commands = [
                "git checkout -q -f other", "git reset -q --hard HEAD~1", "git clean -q -fd", "git branch -q -D work",
            ]
            for command in commands {
                let outcome = try repository.shell(command)
                #expect(outcome.succeeded, "\(command): \(outcome.errorText)")
            }
            #expect(try repository.undoAll() == commands.count)
            #expect(try repository.state() == before)
        }
    }
}

// Written by Scripts/embed-policies. Edit the files in policies/ instead, then run it again.

let defaultText: StaticString = ##"""
    # Pawl's default policy. It holds wherever nobody has set up another one.
    #
    # What is on a remote, and what others can have seen, only moves forward: the
    # first four rules stop a command that would change that. What would be lost in
    # this repository alone is kept first, so that `pawl undo` brings it back: the
    # rules further down. Everything that no rule speaks of is allowed and recorded.
    #
    # To change it, write a policy of your own (~/.config/pawl/policy) like this:
    #
    #     [include]
    #         path = built-in:default
    #     [policy]
    #         protected = trunk
    #     [rule "agents-own-branches"]
    #         effect = force-push
    #         ref = refs/heads/agent/*
    #         lease = true
    #         action = snapshot
    #
    # The syntax is that of git's configuration files: a text with # or ; in it
    # needs quotation marks. The last rule that matches wins.

    [policy]
    	name = default
    	description = Remote and published history only move forward. Local mistakes can be undone.
    	protected = main
    	protected = master
    	protected = release/*

    # Remotes

    [rule "no-force-push"]
    	effect = force-push
    	action = deny
    	reason = would overwrite {ref} on {remote}{lost}
    	instead = {safer}

    [rule "no-remote-deletion"]
    	effect = delete-remote-ref
    	action = deny
    	reason = would delete {ref} on {remote}{lost}
    	instead = {safer}

    # History. The second rule takes back from the first what others can have seen.

    [rule "unpublished-history"]
    	effect = rewrite-history
    	action = snapshot
    	reason = would drop commits from {ref}{lost}
    	instead = {safer}

    [rule "published-history"]
    	effect = rewrite-history
    	published = true
    	action = deny
    	reason = would drop commits that others can have from {ref}{lost}
    	instead = {safer}

    [rule "keep-recovery"]
    	effect = destroy-recovery
    	action = deny
    	reason = would remove what lost work is recovered from: {name}
    	instead = {safer}

    # What is only here

    [rule "local-branches"]
    	effect = delete-branch
    	action = snapshot
    	reason = would delete the branch {branch}{lost}
    	instead = {safer}

    [rule "local-tags-moved"]
    	effect = move-tag
    	action = snapshot
    	reason = would move the tag {branch}
    	instead = {safer}

    [rule "local-tags-deleted"]
    	effect = delete-tag
    	action = snapshot
    	reason = would delete the tag {branch}
    	instead = {safer}

    # A tag on what has been pushed or fetched can be in other clones, and git never
    # updates it there.

    [rule "published-tags"]
    	effect = move-tag
    	effect = delete-tag
    	published = true
    	action = deny
    	reason = would move or delete the tag {branch}, which others can have
    	instead = {safer}

    [rule "uncommitted-changes"]
    	effect = discard-changes
    	action = snapshot
    	reason = "would discard uncommitted changes: {paths}"
    	instead = {safer}

    [rule "untracked-files"]
    	effect = delete-untracked
    	action = snapshot
    	reason = "would delete files that git does not track: {paths}"
    	instead = {safer}

    [rule "stashes"]
    	effect = drop-stash
    	action = snapshot
    	reason = would drop stash entries without applying them: {name}{lost}
    	instead = {safer}

    """##

let remoteOnlyText: StaticString = ##"""
    # The base level: nothing on a remote is overwritten or deleted. What happens in
    # the repository itself is free, and only recorded. In particular nothing is
    # kept for `pawl undo`; the policy `default` does that.

    [policy]
    	name = remote-only
    	description = Nothing on a remote is overwritten or deleted. Local work is free.
    	protected = main
    	protected = master
    	protected = release/*

    [rule "no-force-push"]
    	effect = force-push
    	action = deny
    	reason = would overwrite {ref} on {remote}{lost}
    	instead = {safer}

    [rule "no-remote-deletion"]
    	effect = delete-remote-ref
    	action = deny
    	reason = would delete {ref} on {remote}{lost}
    	instead = {safer}

    """##

let strictText: StaticString = ##"""
    # For agents that work unattended on what must not be harmed. History is only
    # added to, here and on remotes; nothing is deleted or thrown away; protected
    # branches are not pushed to at all; nothing runs that Pawl cannot see into; and
    # what cannot be put on record does not run.
    #
    # Which branches are protected is inherited from `default`, and so are its
    # refusals; the rules below refuse the rest. Only pushes of new commits to
    # unprotected branches remain allowed.

    [include]
    	path = default

    [policy]
    	name = strict
    	description = History is only added to, nothing is thrown away, protected branches are not pushed to.
    	recordRequired = true

    [rule "no-push-to-protected"]
    	effect = push
    	protected = true
    	action = deny
    	reason = would push to the protected branch {branch} on {remote}
    	instead = push to a branch of its own and open a pull request from there

    # The same rules as in `default`, with another action.

    [rule "unpublished-history"]
    	action = deny

    [rule "published-history"]
    	action = deny

    [rule "local-branches"]
    	action = deny

    [rule "local-tags-moved"]
    	action = deny

    [rule "local-tags-deleted"]
    	action = deny

    [rule "published-tags"]
    	action = deny

    [rule "uncommitted-changes"]
    	action = deny

    [rule "untracked-files"]
    	action = deny

    [rule "stashes"]
    	action = deny

    # What `default` lets pass

    [rule "no-skipped-hooks"]
    	effect = skip-hooks
    	action = deny
    	reason = would skip hooks: {name}
    	instead = {safer}

    [rule "no-configuration"]
    	effect = change-config
    	action = deny
    	reason = would change configuration that this protection rests on: {key}
    	instead = {safer}

    [rule "nothing-nested"]
    	effect = run-nested
    	action = deny
    	reason = "would have git run commands that cannot be judged beforehand: {command}"
    	instead = {safer}

    [rule "nothing-unknown"]
    	effect = run-unknown
    	action = deny
    	reason = would run a command that Pawl does not know: {name}
    	instead = {safer}

    """##

let readOnlyText: StaticString = ##"""
    # For agents that look and do not touch: every effect that Pawl knows is
    # refused, pushes included.
    #
    # An effect is something that is overwritten, deleted, published or hidden. A
    # plain `git commit`, `git branch NEW` or `git add` only adds to this repository
    # and has none, so it is not refused here: what it adds stays local.

    [policy]
    	name = read-only
    	description = Nothing leaves this repository, and nothing in it is overwritten or lost.
    	protected = *
    	recordRequired = true

    [rule "no-push"]
    	effect = push
    	effect = force-push
    	action = deny
    	reason = would change {ref} on {remote}{lost}
    	instead = leave pushing to a person

    [rule "no-remote-deletion"]
    	effect = delete-remote-ref
    	action = deny
    	reason = would delete {ref} on {remote}{lost}
    	instead = leave this to a person

    [rule "no-rewriting"]
    	effect = rewrite-history
    	action = deny
    	reason = would drop commits from {ref}{lost}
    	instead = {safer}

    [rule "no-deletion"]
    	effect = delete-branch
    	effect = delete-tag
    	effect = move-tag
    	action = deny
    	reason = would delete or move {ref}{lost}
    	instead = {safer}

    [rule "no-losses"]
    	effect = discard-changes
    	effect = delete-untracked
    	action = deny
    	reason = "would lose files or changes in them: {paths}"
    	instead = {safer}

    [rule "no-lost-stash"]
    	effect = drop-stash
    	action = deny
    	reason = would drop stash entries without applying them
    	instead = {safer}

    [rule "keep-recovery"]
    	effect = destroy-recovery
    	action = deny
    	reason = would remove what lost work is recovered from: {name}
    	instead = {safer}

    [rule "no-skipped-hooks"]
    	effect = skip-hooks
    	action = deny
    	reason = would skip hooks: {name}
    	instead = {safer}

    [rule "no-configuration"]
    	effect = change-config
    	action = deny
    	reason = would change configuration that this protection rests on: {key}
    	instead = {safer}

    [rule "nothing-nested"]
    	effect = run-nested
    	action = deny
    	reason = "would have git run commands that cannot be judged beforehand: {command}"
    	instead = {safer}

    [rule "nothing-unknown"]
    	effect = run-unknown
    	action = deny
    	reason = would run a command that Pawl does not know: {name}
    	instead = {safer}

    """##

let observeText: StaticString = ##"""
    # For rolling Pawl out: nothing is refused and nothing is kept; every command is
    # recorded with its effects. `pawl audit replay --policy default` then tells
    # what another policy would have decided.
    #
    # The strictest layer wins: this one has the last word only where no other
    # policy is set up beside it.

    [policy]
    	name = observe
    	description = Denies nothing, records everything.
    	protected = main
    	protected = master
    	protected = release/*

    """##

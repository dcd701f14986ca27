"""What a command that switches branches changes: files, index, refs and their logs. Taken before and after, compared, and
put back."""
import os
import re
import shutil
import stat
import struct

# Not looked at: nothing is stored by a switch, and that is told apart.
LEFT_OUT = {"objects", "hooks"}


def entries(index):
    """The entries of an index of version 2 or 3: path to its place and its bytes; and what follows them."""
    found, at = {}, 12
    if index[:4] != b"DIRC" or struct.unpack(">L", index[4:8])[0] not in (2, 3):
        return found, index
    for _ in range(struct.unpack(">L", index[8:12])[0]):
        extended = struct.unpack(">H", index[at + 60:at + 62])[0] & 0x4000
        start = at + (64 if extended else 62)
        end = index.index(b"\0", start)
        size = (end - at + 8) & ~7
        found[index[start:end]] = (at, index[at:at + size])
        at += size
    return found, index[at:-20]


def stat_data(status):
    return [n & 0xffffffff for n in (
        status.st_ctime_ns // 10 ** 9, status.st_ctime_ns % 10 ** 9, status.st_mtime_ns // 10 ** 9, status.st_mtime_ns % 10 ** 9,
        status.st_dev, status.st_ino)], [status.st_uid, status.st_gid, status.st_size & 0xffffffff]


class Tree:
    """A folder with all that is in it."""
    def __init__(self, top, leave_out):
        self.top, self.leave_out = os.fsencode(top), {os.fsencode(n) for n in leave_out}
        self.found = {}
        self.walk(b"")

    def walk(self, folder):
        for entry in os.scandir(os.path.join(self.top, folder) if folder else self.top):
            path = os.path.join(folder, entry.name)
            if not folder and entry.name in self.leave_out:
                continue
            status = entry.stat(follow_symlinks=False)
            content = None
            if stat.S_ISLNK(status.st_mode):
                content = os.readlink(os.path.join(self.top, path))
            elif stat.S_ISREG(status.st_mode):
                with open(os.path.join(self.top, path), "rb") as fh:
                    content = fh.read()
            self.found[path] = (status.st_mode, content, status)
            if stat.S_ISDIR(status.st_mode):
                self.walk(path)

    def content(self):
        return {path: (mode, content) for path, (mode, content, _) in self.found.items()}

    def rewritten(self, before):
        """The files that are not the ones that were there."""
        key = lambda s: (s.st_ino, s.st_mtime_ns, s.st_ctime_ns)
        return {p for p, (mode, _, s) in self.found.items()
                if not stat.S_ISDIR(mode) and (p not in before.found or key(before.found[p][2]) != key(s))}

    def bring_back(self):
        now = Tree(self.top, self.leave_out)
        for path in sorted(now.found, reverse=True):
            mode = now.found[path][0]
            if path not in self.found or stat.S_IFMT(self.found[path][0]) != stat.S_IFMT(mode):
                full = os.path.join(self.top, path)
                os.rmdir(full) if stat.S_ISDIR(mode) else os.remove(full)
                del now.found[path]
        for path in sorted(self.found):
            mode, content, status = self.found[path]
            full = os.path.join(self.top, path)
            if stat.S_ISDIR(mode):
                if path not in now.found:
                    os.mkdir(full)
                    os.chmod(full, stat.S_IMODE(mode))
                continue
            if path in now.found and now.found[path][:2] == (mode, content) and now.found[path][2].st_mtime_ns == status.st_mtime_ns:
                continue
            if path in now.found:
                os.remove(full)
            if stat.S_ISLNK(mode):
                os.symlink(content, full)
            else:
                with open(full, "wb") as fh:
                    fh.write(content)
                os.chmod(full, stat.S_IMODE(mode))
            os.utime(full, ns=(status.st_atime_ns, status.st_mtime_ns), follow_symlinks=False)


class Scene:
    """A repository with its work tree."""
    def __init__(self, repo):
        self.repo = repo
        self.files = Tree(repo, [".git"])
        self.git = Tree(os.path.join(repo, ".git"), LEFT_OUT)
        store = os.path.join(repo, ".git/objects")
        self.objects = {os.path.join(d, n) for d, _, names in os.walk(store) for n in names}

    def written(self, before):
        return self.differences(before, before, before) != []

    def differences(self, other, before, again, dated=True):
        """What differs from `other`, where this came of `before` and the other of `again`."""
        problems = []
        if self.files.content() != other.files.content():
            paths = sorted(set(self.files.content().items()) ^ set(other.files.content().items()))
            problems.append("files %s" % sorted({p for p, _ in paths}))
        one, two = self.files.rewritten(before.files), other.files.rewritten(again.files)
        if one != two:
            problems.append("rewrites %s" % sorted(one ^ two))
        problems += self.index_differences(other, one | two)
        ours, theirs = self.git.content(), other.git.content()
        for path in sorted(set(ours) | set(theirs)):
            if path == b"index":
                continue
            x, y = ours.get(path), theirs.get(path)
            if not dated and path.startswith(b"logs/") and x and y and x[1] and y[1]:
                x, y = [(z[0], re.sub(rb"> \d+ ([-+]\d+)\t", rb"> \1\t", z[1])) for z in (x, y)]
            if x != y:
                problems.append(".git/%s: %r, git %r" % (path.decode(errors="replace"), x, y))
        if self.objects != other.objects:
            problems.append("objects")
        return problems

    def index_differences(self, other, rewritten):
        raw = [s.git.found.get(b"index", (0, b"", None))[1] for s in (self, other)]
        if raw[0] == raw[1]:
            return []
        (ours, rest), (theirs, other_rest) = entries(raw[0]), entries(raw[1])
        problems = []
        if rest != other_rest:
            problems.append("extensions of the index %r, git %r" % (rest, other_rest))
        if list(ours) != list(theirs):
            problems.append("entries %s" % sorted(set(ours) ^ set(theirs)))
            return problems
        for path in ours:
            x, y = ours[path][1], theirs[path][1]
            if path in rewritten:
                for label, scene, bytes_ in (("index", self, x), ("git's index", other, y)):
                    head, tail = stat_data(scene.files.found[path][2])
                    if bytes_[:24] != struct.pack(">6L", *head) or bytes_[28:40] != struct.pack(">3L", *tail):
                        problems.append("%s: %r is not as its file" % (label, path))
                x, y = x[24:28] + x[40:], y[24:28] + y[40:]
            if x != y:
                problems.append("entry %r" % path)
        return problems

    def bring_back(self):
        self.files.bring_back()
        self.git.bring_back()
        store = os.path.join(self.repo, ".git/objects")
        for d, _, names in os.walk(store):
            for n in names:
                if os.path.join(d, n) not in self.objects:
                    os.remove(os.path.join(d, n))

#!/usr/bin/env python3
"""terminal.py - runs a command as a shell's foreground job at a pseudo-terminal.

    terminal.py [--key FILE=TEXT]... -- COMMAND...

Prints what the terminal showed, then a line for each change of state as the shell sees it:
"stopped SIGNAL", "exited STATUS", "killed SIGNAL"; before the last one, "ended".  A stopped job is
continued in the foreground after a moment.

--key FILE=TEXT types TEXT once $TMPDIR/FILE exists ("" is: once the command has shown something);
in TEXT, ^C ^Z ^\\ are control keys, and !NAME makes the file $TMPDIR/NAME instead.
The file "stopped" is made here when the job has stopped and was continued.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

LIMIT = 20


def be_the_job(command):
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpgrp())
    for number in (signal.SIGTTOU, signal.SIGTTIN, signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP,
                   signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execvp(command[0], command)
    finally:
        os._exit(127)


def be_the_shell(command, report, tmp):
    """The session leader at the terminal: starts one job, watches it as a shell does."""
    for number in (signal.SIGTTOU, signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)
    job = os.fork()
    if job == 0:
        os.close(report)
        be_the_job(command)
    while True:
        _, status = os.waitpid(job, os.WUNTRACED)
        if os.WIFSTOPPED(status):
            os.tcsetpgrp(0, os.getpgrp())
            os.write(report, b"stopped %d\n" % os.WSTOPSIG(status))
            time.sleep(0.2)
            os.tcsetpgrp(0, job)
            os.killpg(job, signal.SIGCONT)
            open(os.path.join(tmp, "stopped"), "w").close()
            continue
        os.tcsetpgrp(0, os.getpgrp())
        if os.WIFSIGNALED(status):
            os.write(report, b"ended\nkilled %d\n" % os.WTERMSIG(status))
        else:
            os.write(report, b"ended\nexited %d\n" % os.WEXITSTATUS(status))
        os._exit(0)


def press(master, text, tmp):
    if text.startswith("!"):
        open(os.path.join(tmp, text[1:]), "w").close()
        return
    for name, byte in (("^C", "\x03"), ("^Z", "\x1a"), ("^\\", "\x1c")):
        text = text.replace(name, byte)
    os.write(master, text.encode())


def main():
    split = sys.argv.index("--")
    keys = [k.split("=", 1) for k in sys.argv[1:split] if k != "--key"]
    tmp = os.environ["TMPDIR"]
    come_from, report = os.pipe()
    shell, master = pty.fork()
    if shell == 0:
        os.close(come_from)
        be_the_shell(sys.argv[split + 1:], report, tmp)
    os.close(report)
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    shown, deadline = b"", time.time() + LIMIT
    while time.time() < deadline:
        ready, _, _ = select.select([master], [], [], 0.02)
        if ready:
            try:
                data = os.read(master, 65536)
            except OSError:
                data = b""
            if not data:
                break
            shown += data
        elif keys and (os.path.exists(os.path.join(tmp, keys[0][0])) if keys[0][0] else shown):
            press(master, keys.pop(0)[1], tmp)
    else:
        os.kill(shell, signal.SIGKILL)
        shown += b"\n(ran out of time)"
    states = b""
    while True:
        data = os.read(come_from, 4096)
        if not data:
            break
        states += data
    os.waitpid(shell, 0)
    sys.stdout.buffer.write(shown + b"\n" + states)
    return 0


if __name__ == "__main__":
    sys.exit(main())

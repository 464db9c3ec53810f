"""Start a program under another account, kept apart from the terminal if asked: a script of its own.

It is run by its path (``python -I -S launch.py …``) and imports nothing of PerfGoals, for three reasons:
changing the account between fork and exec inside a threaded web worker is unsafe, a process that is to
outlive its starter needs one more fork so that nobody has to wait for it, and a bare interpreter starts in
some 15 ms.

    launch.py reach  UID:GID:CAP PATH…    can this account use these paths? (exit status 0 or 1)
    launch.py run    UID:GID:CAP PROGRAM ARG…
    launch.py detach UID:GID:CAP LOG PROGRAM ARG…

``UID:GID:CAP`` may be ``-`` for the present account. CAP is 0 or the number of the one capability that is
kept.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_SET_SECUREBITS = 28
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
SECBIT_NO_SETUID_FIXUP = 1 << 2
CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int, what: str) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), what)


def _prctl(option: int, first: int, second: int = 0) -> int:
    arguments = (ctypes.c_ulong(value) for value in (first, second, 0, 0))
    return int(_libc.prctl(ctypes.c_int(option), *arguments))


def _keep_only(capability: int) -> None:
    """Hold one capability, and give it to every program started from here."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    bit = 1 << capability
    # Effective, permitted, inheritable; then the same three for capabilities 32 and above.
    sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)
    _check(_libc.capset(header, sets), "capset")
    _check(_prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability), "PR_CAP_AMBIENT_RAISE")


def become(account: str) -> None:
    """Turn this process into ``UID:GID:CAP`` for good. Raises `OSError` where the system forbids it."""
    if account == "-":
        return
    uid, gid, capability = (int(part) for part in account.split(":"))
    # access(2) ignores the capabilities of a process that is not root unless this bit is set, and
    # PostgreSQL's programs look for one another with it. Not every container grants the bit; keeping
    # capabilities then has to do, which is enough when only the data lies in a closed folder.
    if capability and _prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP) != 0:
        _check(_prctl(PR_SET_KEEPCAPS, 1), "PR_SET_KEEPCAPS")
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    if capability:
        _keep_only(capability)
    _check(_prctl(PR_SET_NO_NEW_PRIVS, 1), "PR_SET_NO_NEW_PRIVS")


def _reaches(path: str) -> bool:
    """Whether a folder can be entered and listed, or a program be read and executed."""
    try:
        if os.path.isdir(path):  # noqa: PTH112 - pathlib costs a third of this script's start
            os.stat(os.path.join(path, "."))  # noqa: PTH116, PTH118
            return True
        return os.access(path, os.R_OK | os.X_OK)
    except OSError:
        return False


def _detach(log: str) -> None:
    """Leave the starter's session, stop being its child, and write to the log from now on."""
    os.setsid()
    sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    source = os.open(os.devnull, os.O_RDONLY)
    if os.fork():
        os._exit(0)
    for target, descriptor in ((0, source), (1, sink), (2, sink)):
        os.dup2(descriptor, target)
    os.chdir("/")


def main(arguments: list[str]) -> int:
    mode, account, *rest = arguments
    become(account)
    if mode == "reach":
        return 0 if all(map(_reaches, rest)) else 1
    if mode == "detach":
        _detach(rest.pop(0))
    else:
        # Nobody else would end it: the folder that it works in is thrown away when its starter dies.
        _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    os.execv(rest[0], rest)  # noqa: S606 - no shell is the point


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

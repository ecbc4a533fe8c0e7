"""Folders and programs that ``lib/setup.sh`` found, and small things all tools use."""

import ctypes
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

ADDON = "contact_person"

ROOT = Path(os.environ["CP_ROOT"])
STATE = Path(os.environ["CP_STATE"])
WORK = Path(os.environ["CP_WORK"])
PYTHON = os.environ["CP_PYTHON"]
ODOO = os.environ["CP_ODOO"]
ODOO_ADDONS = os.environ["CP_ODOO_ADDONS"]
ODOO_ID = os.environ["CP_ODOO_ID"]
PG_BIN = os.environ.get("CP_PG_BIN", "")

SPARE_MIB = 100  # with less, what fails has mostly failed for want of disk
PR_SET_PDEATHSIG = 1  # from linux/prctl.h


class Trouble(Exception):
    """Something the user can put right; the message says how."""


MAKE_ROOM = (
    "  Free some space, or point XDG_STATE_HOME to a larger disk,\n"
    "  then run the same command again; what is half made is never used."
)


def say(text):
    """A step, for the person who waits; results go to standard output instead."""
    print(f"\033[1m• {text}\033[0m", file=sys.stderr, flush=True)


def digest(*parts):
    """Twelve characters that change when any of the texts does."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:12]


def free_mib(folder):
    """The free disk of ``folder`` in MiB."""
    return shutil.disk_usage(folder).free // 2**20


def need_space(folder, mib):
    """Trouble when ``folder`` has less than ``mib`` MiB free for databases."""
    free = free_mib(folder)
    if free < mib:
        raise Trouble(
            f"The databases need {mib} MiB of disk, but {folder} has only {free} MiB "
            f"free.\n{MAKE_ROOM}"
        )


def expose_addon():
    """The addon's path under its own name, whatever the clone's folder is called.

    Odoo takes a module's name from its folder, so Odoo sees a link outside the
    clone: ``CP_WORK/addons/contact_person``.
    """
    link = WORK / "addons" / ADDON
    link.parent.mkdir(parents=True, exist_ok=True)
    if not link.is_symlink() or link.readlink() != ROOT:
        link.unlink(missing_ok=True)
        link.symlink_to(ROOT)
    return link


def free_port():
    """A port of this machine that nothing listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def port_trouble(port):
    """Why this user's server could not listen on ``port``; empty when it could."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))
        except PermissionError:
            return "is for root alone"
        except OSError:
            return "is busy: another program listens there"
    return ""


def _end_with_parent():
    """Have the kernel stop this child should the tool itself be killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def spawn(command, **options):
    """Start a child that never outlives this tool."""
    return subprocess.Popen(command, preexec_fn=_end_with_parent, **options)


def wait(child):
    """The child's exit code; Ctrl-C and SIGTERM reach the child and are waited for."""
    try:
        return child.wait()
    except (KeyboardInterrupt, SystemExit):
        stop(child)
        raise


def wait_through_interrupts(child):
    """The exit code of a child that handles Ctrl-C itself, as a shell does."""
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # it reached the child too, which decides what it means
        except SystemExit:
            stop(child)
            raise


def stop(child, patience=15):
    """End a child politely, and by force after ``patience`` seconds."""
    if child.poll() is not None:
        return
    child.send_signal(signal.SIGINT)
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def main(function):
    """Run a tool: Trouble becomes a plain message, SIGTERM a tidy end."""
    # A shell's background job starts with Ctrl-C ignored; here it always works.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    try:
        sys.exit(function(sys.argv[1:]))
    except Exception as error:
        if free_mib(STATE) < SPARE_MIB:
            cause = str(error).strip().partition("\n")[0]
            sys.exit(f"\nerror: The disk of {STATE} is full: {cause}\n{MAKE_ROOM}")
        if not isinstance(error, Trouble):
            raise
        sys.exit(f"\nerror: {error}")
    except KeyboardInterrupt:
        sys.exit(130)

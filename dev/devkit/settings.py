"""Folders and programs that ``lib/setup.sh`` found, and small things all tools use."""

import ctypes
import hashlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

ADDON = "contact_person"

ROOT = Path(os.environ["CP_ROOT"])
CACHE = Path(os.environ["CP_CACHE"])
STATE = Path(os.environ["CP_STATE"])
WORK = Path(os.environ["CP_WORK"])
PYTHON = os.environ["CP_PYTHON"]
ODOO = os.environ["CP_ODOO"]
ODOO_ADDONS = os.environ["CP_ODOO_ADDONS"]
ODOO_ID = os.environ["CP_ODOO_ID"]
PG_BIN = os.environ.get("CP_PG_BIN", "")

PR_SET_PDEATHSIG = 1  # from linux/prctl.h


class Trouble(Exception):
    """Something the user can put right; the message says how."""


def say(text):
    """A step, for the person who waits; results go to standard output instead."""
    print(f"\033[1m• {text}\033[0m", file=sys.stderr, flush=True)


def digest(*parts):
    """Twelve characters that change when any of the texts does."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:12]


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


def port_is_busy(port):
    """Whether a server on this machine could not listen on ``port``."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))
        except OSError:
            return True
    return False


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
    except Trouble as trouble:
        sys.exit(f"\nerror: {trouble}")
    except KeyboardInterrupt:
        sys.exit(130)

"""A PostgreSQL server of our own: on a socket, for as long as somebody uses it.

Several commands may use one cluster at once. Each holds a shared lock; the last one
out stops the server. A killed command's lock is dropped by the kernel, so its
server is found running by the next command, used, and stopped in the end.
"""

import fcntl
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from . import settings
from .settings import Trouble, digest, say

ROLE = "odoo"  # Odoo refuses to work as the role "postgres"
PORT = "5432"  # only part of the socket's name; nothing listens on the network
LOCAL = {
    "listen_addresses": "''",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "log_min_messages": "warning",
}
ROOM_MIB = 1000  # templates and copies take 350 MiB, the write-ahead log the rest
# Data that is thrown away need not survive a power cut.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """One private server; use it as a context manager.

    ``durable`` says whether its data must survive a crash of the machine.
    """

    def __init__(self, folder, *, durable):
        self.folder = Path(folder)
        self.data = self.folder / "data"
        self.log = self.folder / "postgres.log"
        self.options = dict(LOCAL) if durable else LOCAL | THROWAWAY
        self.user = _unprivileged_user()
        socket_key = digest(self.data)[:8]
        self.socket = Path(tempfile.gettempdir()) / f"cp-{os.getuid()}-{socket_key}"

    @property
    def environment(self):
        """What a PostgreSQL client needs to find the server."""
        return {"PGHOST": str(self.socket), "PGPORT": PORT, "PGUSER": ROLE}

    def __enter__(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.users = open(self.folder / "users.lock", "w")  # noqa: SIM115
        with self._alone():
            fcntl.flock(self.users, fcntl.LOCK_SH)
            try:
                self._make()
                self._start()
            except BaseException:
                self.users.close()
                raise
        return self

    def __exit__(self, *_):
        with self._alone():
            try:
                fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._pg_ctl("stop", "-m", "fast", check=False)
                shutil.rmtree(self.socket, ignore_errors=True)
            except BlockingIOError:
                pass  # somebody else still uses the server
            finally:
                self.users.close()

    def is_mine_alone(self):
        """Whether no other command uses the cluster; stays so while none starts."""
        try:
            fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            fcntl.flock(self.users, fcntl.LOCK_SH)
        return True

    @contextmanager
    def _alone(self):
        with open(self.folder / "start.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make(self):
        """Initialise the data folder; a half made one is never mistaken for whole."""
        version = self.data / "PG_VERSION"
        if version.exists():
            self._check_version(version.read_text().strip())
            return
        settings.need_space(self.folder, ROOM_MIB)
        half = self.folder / "data.half"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir()
        half.chmod(stat.S_IRWXU)
        if self.user:
            self._check_reachable()
            os.chown(half, self.user.pw_uid, self.user.pw_gid)
        say("Setting up a private PostgreSQL cluster")
        self._run(
            "initdb",
            "-D",
            half,
            "-U",
            ROLE,
            "--auth=trust",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-instructions",
        )
        half.rename(self.data)

    def _check_version(self, found):
        wanted = self._run("postgres", "--version").split()[2].split(".")[0]
        if found != wanted:
            raise Trouble(
                f"The databases in {self.folder} were made by PostgreSQL {found}, but "
                f"this machine has {wanted} now.\n  Install PostgreSQL {found}, or "
                f"remove that folder (its databases go with it)."
            )

    def _check_reachable(self):
        for folder in (self.folder, *self.folder.parents):
            if not folder.stat().st_mode & stat.S_IXOTH:
                raise Trouble(
                    f"PostgreSQL does not run as root, and the user {self.user.pw_name}"
                    f" can't enter {folder}.\n  Run this as an ordinary user, or set "
                    "XDG_STATE_HOME to a folder that others may enter."
                )

    def _start(self):
        if self._answers():
            return
        self._clear_the_way()
        self.socket.mkdir(mode=0o700, exist_ok=True)
        owner = self.user.pw_uid if self.user else os.getuid()
        if self.socket.stat().st_uid not in (os.getuid(), owner):
            raise Trouble(f"{self.socket} belongs to another user; remove it.")
        if self.user:
            os.chown(self.socket, self.user.pw_uid, self.user.pw_gid)
        self.log.touch()
        if self.user:
            os.chown(self.log, self.user.pw_uid, self.user.pw_gid)
        settings_line = " ".join(f"-c {k}={v}" for k, v in self.options.items())
        options = f"-k {self.socket} -p {PORT} {settings_line}"
        if self._pg_ctl(
            "start", "-w", "-t", "120", "-l", self.log, "-o", options, check=False
        ):
            tail = "\n    ".join(self.log.read_text().splitlines()[-8:])
            raise Trouble(
                f"The private PostgreSQL did not start. Its log, {self.log}, ends:\n"
                f"    {tail}\n  If the disk is full, free some space; if the data is "
                f"damaged, remove {self.folder} (its databases go with it)."
            )

    def _answers(self):
        try:
            psycopg2.connect(
                host=str(self.socket),
                port=PORT,
                user=ROLE,
                dbname="postgres",
                connect_timeout=10,
            ).close()
        except psycopg2.OperationalError as error:
            if "starting up" in str(error):  # recovery after a kill
                time.sleep(1)
                return self._answers()
            return False
        return True

    def _clear_the_way(self):
        """Stop a server that lost its socket; forget one that was killed.

        PostgreSQL itself only checks whether a process with the number in its pid
        file lives, which after a restart of a container is often another program.
        """
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            shutil.rmtree(self.socket, ignore_errors=True)
            return
        pid = pid_file.read_text().split("\n", 1)[0].strip()
        try:
            is_server = os.readlink(f"/proc/{pid}/cwd") == str(self.data)
        except OSError:
            is_server = False
        if is_server:
            self._pg_ctl("stop", "-m", "fast")
        else:
            pid_file.unlink()
            time.sleep(1)  # the killed server's own children end by themselves
        shutil.rmtree(self.socket, ignore_errors=True)

    def _pg_ctl(self, *arguments, check=True):
        return self._run("pg_ctl", "-D", self.data, *arguments, check=check, code=True)

    def _run(self, program, *arguments, check=True, code=False):
        command = [f"{settings.PG_BIN}/{program}", *map(str, arguments)]
        if self.user:
            command = [
                "setpriv",
                f"--reuid={self.user.pw_uid}",
                f"--regid={self.user.pw_gid}",
                "--clear-groups",
                *command,
            ]
        # pg_ctl's server would keep a pipe open for as long as it runs: use a file.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
            )
            output.seek(0)
            text = output.read()
        if check and done.returncode:
            raise Trouble(f"{program} failed:\n{text}")
        return done.returncode if code else text


class OwnServer:
    """The server that the user named with PGHOST; it is neither started nor stopped."""

    environment = {}

    def __enter__(self):
        try:
            psycopg2.connect(dbname="postgres", connect_timeout=10).close()
        except psycopg2.OperationalError as error:
            raise Trouble(
                f"The PostgreSQL server that PGHOST names does not answer:\n  {error}"
                "  Check PGHOST, PGPORT, PGUSER and PGPASSWORD, or unset PGHOST to use "
                "a private server."
            ) from error
        return self

    def __exit__(self, *_):
        pass

    def is_mine_alone(self):
        """Never: the server is the user's."""
        return False


def _unprivileged_user():
    """Root's stand-in, since PostgreSQL refuses to run as root; None for others."""
    return pwd.getpwnam("nobody") if os.getuid() == 0 else None


def for_tests():
    """The cluster with the templates, shared by every clone on this machine."""
    if not settings.PG_BIN:
        return OwnServer()
    return Cluster(settings.STATE / "test-cluster", durable=False)


def for_run():
    """The cluster that keeps this clone's own databases."""
    if not settings.PG_BIN:
        return OwnServer()
    return Cluster(settings.WORK / "cluster", durable=True)

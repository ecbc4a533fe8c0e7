"""A child process whose time and memory are figures of their own."""

import os
import subprocess
import time
from typing import NamedTuple

from devkit.settings import spawn


class Usage(NamedTuple):
    """What one child took; ``peak_mb`` is its largest resident memory in MiB."""

    code: int
    seconds: float
    peak_mb: float


def run_measured(command, env, log):
    """Run ``command`` to its end, its output appended to the file ``log``."""
    log.parent.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    with log.open("a") as output:
        child = spawn(
            [str(part) for part in command],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        # wait4 tells the usage of this child alone, which no other call does.
        _pid, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return Usage(child.returncode, time.monotonic() - start, usage.ru_maxrss / 1024)

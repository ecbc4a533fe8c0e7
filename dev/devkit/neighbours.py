"""Apps that the addon knows only if they are there, installed after it.

That an app was there before is what ``lifecycle`` tries.
"""

from pathlib import Path

from . import databases, lifecycle, server

TESTS = Path("tests/neighbours")
APP = "mass_mailing"
# The addon only guards what the second one shows.
APPS = f"{APP},sale"
# What the addon adds to the app.
EXTENSION = """
SELECT count(*) FROM ir_model_fields
 WHERE name IN ('x_contact_consent_purpose_id', 'x_contact_sender_id')"""
FIELDS = 2


def arrive(database, env, log):
    """Install the apps beside the addon; the name of the check and its problems."""

    def install():
        problems = server.install_addon(database, env, log, module=APPS)
        return problems + _count(database, FIELDS)

    return lifecycle.step(f"{APPS} install after the addon, {APP} extended", install)


def leave(database, env, log):
    """Uninstall the app; a pair of the check's name and its problems."""

    def uninstall():
        problems = lifecycle.uninstall(database, env, log, APP)
        return problems + _count(database, 0)

    return lifecycle.step(f"{APP} uninstalls and leaves the addon whole", uninstall)


def _count(database, expected):
    [[found]] = databases.query(database, EXTENSION)
    return [] if found == expected else [f"{found} fields, not {expected}"]

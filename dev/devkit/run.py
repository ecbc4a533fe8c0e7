"""``dev/run``: a running Odoo with the addon, for a person to look at."""

import argparse
import os
import re
import shutil
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress

from . import cluster, databases, server, settings, template
from .settings import ADDON, Trouble, digest, say

LOGIN = PASSWORD = "admin"
SET_LANGUAGE = """
users = env["res.users"].with_context(active_test=False).search([])
users.lang = env.company.partner_id.lang = {language!r}
env.cr.commit()
"""


def main(arguments):
    """Make the database if need be, start Odoo and wait for Ctrl-C."""
    options, extra = _parse(arguments)
    if trouble := settings.port_trouble(options.port):
        other = options.port + 10 if 1024 <= options.port <= 65525 else 8069
        raise Trouble(
            f"Port {options.port} {trouble}.\n"
            f"  Take another one:  dev/run --port {other}"
        )
    with cluster.for_run() as postgres:
        return _run(options, extra, postgres)


def _parse(arguments):
    parser = argparse.ArgumentParser(
        prog="dev/run",
        description="Start Odoo with the addon. Ctrl-C stops all that was started; "
        "the next start keeps the data. What follows -- goes to Odoo.",
    )
    parser.add_argument("--port", type=int, default=8069, help="default: 8069")
    parser.add_argument("--db", default=ADDON, help=f"database; default: {ADDON}")
    parser.add_argument("--no-demo", action="store_true", help="no demo data")
    parser.add_argument("--lang", metavar="xx_XX", help="such as fr_FR or da_DK")
    arguments, _, extra = _split(arguments)
    options = parser.parse_args(arguments)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", options.db):
        parser.error("a database's name has letters, digits and _ . - only")
    if not 0 < options.port < 65536:
        parser.error("a port is a number from 1 to 65535")
    if options.lang and not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", options.lang):
        parser.error("a language looks like fr_FR")
    return options, extra


def _split(arguments):
    if "--" not in arguments:
        return arguments, None, []
    at = arguments.index("--")
    return arguments[:at], "--", arguments[at + 1 :]


def config_path():
    """The configuration that dev/run and dev/odoo share."""
    return settings.WORK / "odoo.conf"


def prepare(postgres):
    """Write the configuration; returns the environment for Odoo's command line."""
    os.environ.update(postgres.environment)
    config = server.write_config(config_path(), settings.WORK / "data")
    return server.environment(postgres, config)


def _run(options, extra, postgres):
    env = prepare(postgres)
    log = settings.WORK / "logs" / f"{options.db}-install.log"
    if not databases.exists(options.db):
        _create(options, env, log)
    else:
        _update_if_changed(options, env, log)
    if options.lang:
        _speak(options, env, log)
    return _serve(options, extra, env)


def _create(options, env, log):
    """Build the database under another name, so that a half made one is never used."""
    start = time.monotonic()
    half = f"{options.db}.half"
    say(f"Making the database {options.db} (once, about a minute)")
    log.unlink(missing_ok=True)
    databases.drop(half)
    files = settings.WORK / "data" / "filestore"
    shutil.rmtree(files / half, ignore_errors=True)
    demo = "--without-demo" if options.no_demo else "--with-demo"
    modules = ",".join((*template.BASIC, ADDON))
    server.odoo_quietly(
        ["-d", half, "-i", modules, demo, "--stop-after-init", "--no-http"], env, log
    )
    shutil.rmtree(files / options.db, ignore_errors=True)
    with suppress(FileNotFoundError):
        (files / half).rename(files / options.db)
    databases.rename(half, options.db)
    _stamp(options.db).write_text(_addon_digest())
    say(f"Database ready after {databases.seconds_since(start)} s; log: {log}")


def _update_if_changed(options, env, log):
    """Update the addon when its files differ from those the database was made of."""
    stamp = _stamp(options.db)
    now = _addon_digest()
    if stamp.exists() and stamp.read_text() == now:
        return
    say("The addon's files have changed: updating the database")
    server.odoo_quietly(
        ["-d", options.db, "-u", ADDON, "--stop-after-init", "--no-http"], env, log
    )
    stamp.write_text(now)


def _stamp(database):
    return settings.WORK / f"{database}.installed"


def _addon_digest():
    """A key over every file that an update of the module reads."""
    parts = []
    for pattern in ("*.py", "*.xml", "*.csv", "i18n/*.po"):
        for path in sorted(settings.ROOT.rglob(pattern)):
            inside = path.relative_to(settings.ROOT)
            if inside.parts[0] not in {"dev", "tests", ".git", "node_modules"}:
                parts += [str(inside), path.read_bytes().hex()]
    return digest(*parts)


def _speak(options, env, log):
    """Load a language and set it for every user; quick when it is there already."""
    active = databases.query(
        options.db, "SELECT active FROM res_lang WHERE code = %s", [options.lang]
    )
    if not active:
        raise Trouble(f"Odoo has no language {options.lang}. Try fr_FR or da_DK.")
    if not active[0][0]:
        say(f"Loading the language {options.lang}")
        server.odoo_quietly(
            [
                "-d",
                options.db,
                f"--load-language={options.lang}",
                "--no-http",
                "--stop-after-init",
            ],
            env,
            log,
        )
    script = SET_LANGUAGE.format(language=options.lang)
    template.run_script(options.db, script, env, log)


def _serve(options, extra, env):
    log = settings.WORK / "logs" / f"{options.db}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a") as output:
        child = server.odoo(
            [
                "-d",
                options.db,
                "--http-port",
                options.port,
                f"--db-filter=^{re.escape(options.db)}$",
                *extra,
            ],
            env,
            stdout=output,
            stderr=output,
        )
        try:
            _wait_until_up(child, options.port, log)
            _announce(options, log)
            code = child.wait()
        except KeyboardInterrupt:
            say("Stopping")
            return 0
        finally:
            settings.stop(child)
    raise Trouble(
        f"Odoo ended by itself ({code}). The end of {log}:\n{server.tail(log, 20)}"
    )


def _wait_until_up(child, port, log):
    for _ in range(240):
        if child.poll() is not None:
            raise Trouble(
                f"Odoo did not start. The end of {log}:\n{server.tail(log, 20)}"
            )
        try:
            url = f"http://127.0.0.1:{port}/web/health"
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            opener.open(url, timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    raise Trouble(f"Odoo does not answer after a minute; see {log}.")


def _announce(options, log):
    print(
        f"\n  Odoo is running at   http://localhost:{options.port}\n"
        f"  login                {LOGIN}\n"
        f"  password             {PASSWORD}\n"
        f"  database             {options.db}\n"
        f"  log                  {log}\n\n"
        "  Ctrl-C stops it; the data stays for the next start.\n",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(settings.main(main))

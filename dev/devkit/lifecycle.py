"""Install, update, uninstall and install again, beside other apps and data."""

from . import databases, server, settings, template
from .settings import ADDON, Trouble, say

NEIGHBOURS = (*template.BASIC, "sale_management", "project", "mass_mailing")

# What an installed addon adds to a database, each row named so that a person finds it.
TRACES = {
    "column": """
        SELECT table_name || '.' || column_name FROM information_schema.columns
        WHERE table_schema = 'public'""",
    "index": "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'",
    "constraint": """
        SELECT conrelid::regclass || ': ' || conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid <> 0""",
    "trigger": "SELECT tgrelid::regclass || ': ' || tgname FROM pg_trigger"
    " WHERE NOT tgisinternal",
    "function": "SELECT proname FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace",
    "external id": "SELECT module || '.' || name FROM ir_model_data"
    f" WHERE module = '{ADDON}'",
    "model": "SELECT model FROM ir_model",
    "field": "SELECT model || '.' || name FROM ir_model_fields",
    "access right": "SELECT name || ' #' || id FROM ir_model_access",
    "record rule": "SELECT name || ' #' || id FROM ir_rule",
    "view": "SELECT name || ' #' || id FROM ir_ui_view",
    "menu": "SELECT (name ->> 'en_US') || ' #' || id FROM ir_ui_menu",
    "action": "SELECT (name ->> 'en_US') || ' #' || id FROM ir_actions",
    "scheduled action": "SELECT 'ir.cron #' || id FROM ir_cron",
    "group": "SELECT (name ->> 'en_US') || ' #' || id FROM res_groups",
    "system parameter": "SELECT key FROM ir_config_parameter",
}


def snapshot(database):
    """Everything of ``TRACES`` in a database, as sets by kind."""
    return {
        kind: {row[0] for row in databases.query(database, statement)}
        for kind, statement in TRACES.items()
    }


def compare(before, after):
    """Sentences about what an install and uninstall changed for good."""
    for kind in TRACES:
        for name in sorted(after[kind] - before[kind]):
            yield f"left behind: {kind} {name}"
        for name in sorted(before[kind] - after[kind]):
            yield f"gone, though not the addon's own: {kind} {name}"


def checks(postgres):
    """Pairs of a check's name and the list of its problems."""
    base = template.ensure(postgres, NEIGHBOURS, demo=True, warm=False)
    folder = settings.WORK / "lifecycle"
    log = folder / "server.log"
    log.unlink(missing_ok=True)
    config = server.write_config(folder / "odoo.conf", folder / "data")
    env = server.environment(postgres, config, with_kit=True)
    kept = folder / "kept.json"
    with databases.fresh_copy(base, "lifecycle") as database:
        before = snapshot(database)
        say(f"Installing beside other apps, updating, uninstalling; log: {log}")
        yield from step(
            "the addon installs beside other apps with data and its own demo data",
            lambda: server.install_addon(database, env, log),
        )
        yield from step(
            "the addon updates without a warning in the log",
            lambda: _update(database, env, log, kept),
        )
        yield from step(
            "an update keeps additional fields, values, views and consents",
            lambda: _look(database, env, log, f"kept.look(env, {str(kept)!r})"),
        )
        yield from step(
            "the addon uninstalls without a warning in the log",
            lambda: uninstall(database, env, log),
        )
        yield from step(
            "additional fields outlive the addon with their values",
            lambda: _look(
                database, env, log, f"kept.look_without_addon(env, {str(kept)!r})"
            ),
        )
        yield (
            "nothing of the addon is left after uninstalling it",
            list(compare(before, snapshot(database))),
        )
        yield from step(
            "the addon can be installed again",
            lambda: server.install_addon(database, env, log),
        )


def step(name, work):
    """One check; what Odoo fails with is its problem."""
    try:
        yield name, work()
    except Trouble as trouble:
        yield name, [str(trouble)]


def _update(database, env, log, kept):
    """Put into the addon what a user would, then load it anew."""
    problems = _look(database, env, log, f"kept.fill(env, {str(kept)!r})")
    start = len(server.complaints(log))
    server.odoo_quietly(
        ["-d", database, "-u", ADDON, "--stop-after-init", "--no-http"], env, log
    )
    return problems + server.complaints(log)[start:]


def _look(database, env, log, line):
    """Run a line of ``kept`` in Odoo's shell; what it raises is the trouble."""
    start = len(server.complaints(log))
    template.run_script(database, f"from devkit import kept\n{line}\n", env, log)
    return server.complaints(log)[start:]


def uninstall(database, env, log, module=ADDON):
    """Uninstall a module and return the complaints of the log."""
    start = len(server.complaints(log))
    server.odoo_quietly(["module", "uninstall", "-d", database, module], env, log)
    return server.complaints(log)[start:]

"""Imports one file into one database: ``import_child stock|ours DB FILE RESULT``.

A process of its own, so that its peak memory is that of the import.
"""

import base64
import csv
import json
import sys
from pathlib import Path

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tools import config

from .rows import HEADERS, LOAD_FIELDS
from .side import CONTEXT, LOGIN
from .timing import seconds

# As many rows as the web client sends at once.
LOAD_BATCH = 2_000
# Runs of the scheduled action after which an import hangs.
LONGEST = 10


def import_stock(env, path):
    """What the import screen of stock Odoo does, batch by batch."""
    with path.open(newline="", encoding="utf-8") as handle:
        rows = list(csv.reader(handle))[1:]
    partners = env["res.partner"].with_context(import_file=True, tracking_disable=True)
    columns = [HEADERS.index(header) for header in LOAD_FIELDS]
    created = 0
    for start in range(0, len(rows), LOAD_BATCH):
        batch = [[row[c] for c in columns] for row in rows[start : start + LOAD_BATCH]]
        result = partners.load(list(LOAD_FIELDS.values()), batch)
        if not result["ids"]:
            raise ValueError(result["messages"][:3])
        created += len(result["ids"])
        env.cr.commit()
        env.invalidate_all()
    return {"counts": {"created": created}, "phases": {}}


def import_ours(env, path):
    """What a user clicks, and the scheduled action that then does the work."""
    env.user.sudo().group_ids += env.ref("contact_person.group_contact_import")
    data = base64.b64encode(path.read_bytes()).decode()
    job = env["contact.import"].create({"name": path.name, "file": data})
    phases = {"reading": seconds(job.action_read)[0]}
    for phase, action, state in (
        ("checking", job.action_check, "checked"),
        ("writing", job.action_run, "done"),
    ):
        phases[phase] = seconds(_run_to, job, action, state)[0]
    groups = env["contact.import.row"]._read_group(
        [("import_id", "=", job.id)], ["fate"], ["__count"]
    )
    return {"counts": dict(groups), "phases": phases}


def _run_to(job, action, state):
    """Press a button, then be the scheduler until the job has got where it should."""
    action()
    job.env.cr.commit()
    scheduled = Environment(job.env.cr, SUPERUSER_ID, {})["contact.import"]
    for _run in range(LONGEST):
        if job.state == state:
            return
        # outside a scheduled action every batch is committed and none is the last
        scheduled._cron_run()
        job.env.invalidate_all()
    raise RuntimeError(f"The import got no further than {job.state}.")


def main(kind, database, path, result):
    """Import and write the figures as JSON."""
    config.parse_config(["--log-level=error"])
    run = {"stock": import_stock, "ours": import_ours}[kind]
    with Registry(database).cursor() as cr:
        cr.execute("SELECT id FROM res_users WHERE login = %s", [LOGIN])
        env = Environment(cr, cr.fetchone()[0], dict(CONTEXT))
        took, figures = seconds(run, env, Path(path))
    Path(result).write_text(json.dumps({"seconds": took, **figures}))


if __name__ == "__main__":
    main(*sys.argv[1:])

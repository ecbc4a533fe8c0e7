"""What users have put into the addon, held against what an update leaves of it.

Runs inside ``odoo shell``, so each function gets an ``env`` and raises what is wrong.
"""

import json
from pathlib import Path

PREFIX = "x_contact_kept_"
VIEWS = ("form", "list", "search")
FORM_VIEW = "base.view_partner_form"
# What is left as another type, since options and currency go with the addon.
CHANGED = {"tags": "char", "monetary": "float"}


def fill(env, path):
    """Make a field of every type with values, a consent, and note what is there."""
    from odoo.addons.contact_person.tests.field_common import (
        OPTIONS,
        TABLE,
        TYPES,
        WITH_OPTIONS,
    )

    example = env.ref("contact_person.contact_field_example_channel")
    example.action_add()
    places = env["contact.field.place"].search([])
    made = env["contact.field"].create(
        [
            {
                "name": f"Kept {kind}",
                "field_name": PREFIX + kind,
                "field_type": kind,
                "option_ids": OPTIONS if kind in WITH_OPTIONS else [],
                "relation_model": kind == "many2one" and "res.country",
                "tracking": spec.tracked,
                "indexed": spec.indexed,
                "place_ids": places.ids,
            }
            for kind, spec in TYPES.items()
        ]
    )
    person = env["res.partner"].create({"name": "Kept Person"})
    values = {PREFIX + kind: row[0] for kind, row in TABLE.items()}
    options = made.filtered(lambda field: field.field_type == "tags").option_ids
    values[PREFIX + "tags"] = options.ids
    values[PREFIX + "many2one"] = env.ref("base.dk").id
    person.write(values)
    made.filtered(lambda field: field.field_type == "char").write(
        {
            "help": "Kept help",
            "visible_if": "[('is_company', '=', False)]",
            "group_ids": env.ref("contact_person.group_contact_manager").ids,
        }
    )
    retired = made.filtered(lambda field: field.field_type == "email")
    retired.active = False
    _consent(env, person)
    env.cr.commit()
    Path(path).write_text(json.dumps(snapshot(env), default=str))


def _consent(env, person):
    purpose = env["contact.consent.purpose"].create({"name": "Kept", "code": "kept"})
    env["contact.consent.text"].create(
        {"purpose_id": purpose.id, "body": "<p>Yes.</p>", "date_from": "2020-01-01"}
    )
    person.contact_consent_set(purpose.id, True)


def snapshot(env):
    """Return definitions, columns, values, views and consents, by what they are."""
    partners = env["res.partner"].with_context(active_test=False)
    definitions = env["contact.field"].with_context(active_test=False).search([])
    names = sorted(name for name in partners._fields if name.startswith("x_contact_"))
    person = partners.search([("name", "=", "Kept Person")])
    return {
        "definitions": _rows(definitions),
        "options": _rows(definitions.option_ids),
        "columns": _rows(_columns(env)),
        "values": person.read(names, load=None),
        "views": {kind: _shown(env, kind) for kind in VIEWS},
        "lead": sorted(name for name in env["crm.lead"]._fields if name in names),
        "consents": _rows(env["contact.consent"].search([])),
        "state": person.contact_consent_state("kept"),
    }


def _columns(env):
    names = [("name", "=like", "x_contact_%"), ("state", "=", "manual")]
    return env["ir.model.fields"].search(names, order="model, name")


def _rows(records):
    """Return all stored values of records, apart from when they were written."""
    stored = [
        name
        for name, field in records._fields.items()
        if field.store and not name.startswith("write_")
    ]
    return records.read(stored, load=None)


def _shown(env, kind):
    view = env.ref(FORM_VIEW).id if kind == "form" else None
    arch = env["res.partner"].get_view(view, kind)["arch"]
    return [name for name in env["res.partner"]._fields if f'name="{name}"' in arch]


def look(env, path):
    """Raise what is not as ``fill`` noted it."""
    expected = json.loads(Path(path).read_text())
    found = json.loads(json.dumps(snapshot(env), default=str))
    for what, before in expected.items():
        if found[what] != before:
            raise AssertionError(f"{what}: {before} became {found[what]}")
    if not found["views"]["form"] or found["state"] != "given":
        raise AssertionError("Nothing was kept that could be lost.")


def look_without_addon(env, path):
    """Raise which column or value went with the addon, then remove what is left."""
    expected = json.loads(Path(path).read_text())["values"][0]
    person = env["res.partner"].search([("name", "=", "Kept Person")])
    columns = {column.name: column for column in _columns(env)}
    for name, value in expected.items():
        if name == "id":
            continue
        kind = name.removeprefix(PREFIX)
        if kind == "tags":
            value = "Red, White"
        [found] = person.read([name], load=None)
        if json.loads(json.dumps(found[name], default=str)) != value:
            raise AssertionError(f"{name}: {value!r} became {found[name]!r}")
        if kind in CHANGED and columns[name].ttype != CHANGED[kind]:
            raise AssertionError(f"{name} is left as {columns[name].ttype}")
    _columns(env).unlink()
    person.unlink()
    env.cr.commit()

"""The ways in to contacts, each as a function of what a user finds on it.

A way takes the contacts as the user and returns ids of those that he reaches.
"""

from odoo.exceptions import AccessError


def _domain(contacts):
    return [("id", "in", contacts.ids)]


def search(contacts):
    return contacts.search(_domain(contacts)).ids


def search_fetch(contacts):
    return contacts.search_fetch(_domain(contacts), ["name", "email"]).ids


def search_read(contacts):
    return [row["id"] for row in contacts.search_read(_domain(contacts), ["name"])]


def web_search_read(contacts):
    found = contacts.web_search_read(_domain(contacts), {"display_name": {}})
    ids = [row["id"] for row in found["records"]]
    return ids if len(ids) == found["length"] else [*ids, "length"]


def search_count(contacts):
    ids = contacts.search(_domain(contacts)).ids
    counted = contacts.search_count(_domain(contacts), limit=len(contacts) + 1)
    return ids if len(ids) == counted else [*ids, "count"]


def name_search(contacts):
    found = contacts.name_search("Oracle Person", _domain(contacts), limit=None)
    return [row[0] for row in found]


def web_name_search(contacts):
    found = contacts.web_name_search(
        "Oracle Person", {"display_name": {}}, _domain(contacts), limit=100
    )
    return [row["id"] for row in found]


def read_group(contacts):
    groups = contacts._read_group(_domain(contacts), ["user_id"], ["id:array_agg"])
    return [record for _owner, ids in groups for record in ids]


def formatted_read_group(contacts):
    groups = contacts.formatted_read_group(
        _domain(contacts), ["user_id"], ["id:array_agg", "__count"]
    )
    ids = [record for group in groups for record in group["id:array_agg"]]
    counted = sum(group["__count"] for group in groups)
    return ids if len(ids) == counted else [*ids, "count"]


def web_read_group(contacts):
    found = contacts.web_read_group(_domain(contacts), ["user_id"], ["id:array_agg"])
    return [record for group in found["groups"] for record in group["id:array_agg"]]


def _one_by_one(contacts, read):
    found = []
    for contact in contacts:
        try:
            read(contact)
        except AccessError:
            continue
        found.append(contact.id)
    return found


def has_access(contacts):
    return [contact.id for contact in contacts if contact.has_access("read")]


def check_access(contacts):
    return _one_by_one(contacts, lambda contact: contact.check_access("read"))


def read(contacts):
    contacts.env.invalidate_all()
    return _one_by_one(contacts, lambda contact: contact.read(["name"]))


def field(contacts):
    contacts.env.invalidate_all()
    return _one_by_one(contacts, lambda contact: contact.with_prefetch().name)


def web_read(contacts):
    return _one_by_one(contacts, lambda contact: contact.web_read({"email": {}}))


def export_data(contacts):
    return _one_by_one(contacts, lambda contact: contact.export_data(["name"]))


def explain(contacts):
    return _one_by_one(
        contacts, lambda contact: contact.contact_explain_access(contact.env.uid)
    )


def _attached(model, domain, contacts):
    records = contacts.env[model].search([*domain, ("res_id", "in", contacts.ids)])
    records.check_access("read")
    return records.mapped("res_id")


def messages(contacts):
    domain = [("model", "=", "res.partner"), ("body", "like", "Oracle note")]
    return _attached("mail.message", domain, contacts)


def attachments(contacts):
    domain = [("res_model", "=", "res.partner"), ("name", "=", "Oracle file")]
    return _attached("ir.attachment", domain, contacts)


def activities(contacts):
    """Odoo shows the activities of others on what the user may write."""
    domain = [("res_model", "=", "res.partner"), ("summary", "=", "Oracle call")]
    return _attached("mail.activity", domain, contacts)


WAYS = (
    search,
    search_fetch,
    search_read,
    web_search_read,
    search_count,
    name_search,
    web_name_search,
    read_group,
    formatted_read_group,
    web_read_group,
    has_access,
    check_access,
    read,
    field,
    web_read,
    export_data,
    explain,
    messages,
    attachments,
)


def attach(contacts):
    """Give each contact a note, a file and an activity of the superuser."""
    contacts = contacts.sudo()
    model = contacts.env["ir.model"]._get_id("res.partner")
    todo = contacts.env.ref("mail.mail_activity_data_todo")
    for contact in contacts:
        contact.message_post(body="Oracle note", subtype_xmlid="mail.mt_note")
    values = [
        {"name": "Oracle file", "raw": b"x", "res_model": "res.partner", "res_id": one}
        for one in contacts.ids
    ]
    contacts.env["ir.attachment"].create(values)
    values = [
        {
            "summary": "Oracle call",
            "res_model_id": model,
            "res_id": one,
            "activity_type_id": todo.id,
            "user_id": contacts.env.ref("base.user_root").id,
        }
        for one in contacts.ids
    ]
    contacts.env["mail.activity"].create(values)

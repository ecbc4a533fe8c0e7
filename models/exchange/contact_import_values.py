from odoo import models
from odoo.tools import html2plaintext, html_escape, ormcache
from odoo.tools.sql import escape_psql

from ...tools.matching import normalise_email, normalise_name, normalise_phone
from ..field.field_types import PREFIX
from .contact_import_links import company_key, tag_key
from .texts import EXTRA_LABELS, TARGET_LABELS

# Targets that are columns of the contact under another or the same name.
COLUMNS = {
    "name": "name",
    "first_name": "contact_first_name",
    "last_name": "contact_last_name",
    "function": "function",
    "email": "email",
    "phone": "phone",
    "mobile": "contact_mobile",
    "street": "street",
    "street2": "street2",
    "zip": "zip",
    "city": "city",
    "website": "website",
    "birthdate": "contact_birthdate",
    "vat": "vat",
    "external_id": "ref",
}
# Targets without a field of their own: kept as lines of the notes, so none is lost.
NOTED = (
    "nickname department email_2 email_3 phone_2 phone_3 fax street3 po_box linkedin"
    " connected_on gender state lang owner extra_emails extra_phones rejected".split()
)
# Changes that are added to what is there and overwrite nothing.
ADDED = ("comment", "tags", "company")


class ContactImportValues(models.Model):
    """From the values of a row to the values of a contact."""

    _inherit = "contact.import"

    def _new_values(self, values):
        """Return what a new contact gets from a row.

        :param dict values: cleaned values by target
        :return: values of ``res.partner``, except ``company`` and ``tags``, which are
            names still (see ``_linked``); ``comment`` is HTML
        """
        vals, noted = self._field_values(values)
        named = {name: values[name] for name in ("company", "tags") if values.get(name)}
        if comment := self._comment(values, noted):
            vals["comment"] = comment
        return {
            "user_id": self.env.uid,
            **vals,
            **named,
            "is_company": False,
            "type": "contact",
        }

    def _field_values(self, values):
        """Return ``(values of fields, targets that go to the notes)`` of a row."""
        vals = {
            field_name: values[target]
            for target, field_name in COLUMNS.items()
            if values.get(target)
        }
        vals.update(self._additional_values(values))
        noted = set(NOTED)
        if country_id := self._country_id(values.get("country")):
            vals["country_id"] = country_id
            if state_id := self._state_id(country_id, values.get("state") or ""):
                vals["state_id"] = state_id
                noted.discard("state")
        if lang := self._lang_code(values.get("lang") or ""):
            vals["lang"] = lang
            noted.discard("lang")
        if user_id := self._owner_id(values.get("owner") or ""):
            vals["user_id"] = user_id
            noted.discard("owner")
        return vals, noted

    def _comment(self, values, noted):
        """Return the notes of a row: its comment, then what has no field."""
        lines = [values["comment"]] if values.get("comment") else []
        for target in NOTED:
            value = values.get(target)
            if not value or target not in noted:
                continue
            texts = value if isinstance(value, list) else [value]
            label = self.env._(TARGET_LABELS.get(target) or EXTRA_LABELS[target])
            lines.append(f"{label}: {', '.join(map(str, texts))}")
        text = "<br/>".join(
            str(html_escape(line)).replace("\n", "<br/>") for line in lines
        )
        return f"<p>{text}</p>" if text else ""

    # ------------------------------------------------------------
    # CHANGES TO A KNOWN CONTACT
    # ------------------------------------------------------------

    def _changes(self, contact, values, tags):
        """Return what of a row would change ``contact``, as ``_new_values`` does.

        Differences of case, accents and phone format are none. The employer is only
        ever filled in, never replaced: another employer is a job change.

        :param dict tags: ``tag_key`` → id of the tags that are there
        """
        vals, noted = self._field_values(values)
        changes = {
            name: value
            for name, value in vals.items()
            if not self._same(contact, name, value)
        }
        if comment := self._comment_after(contact.comment, values, noted):
            changes["comment"] = comment
        held = set(contact.category_id.ids)
        names = values.get("tags", ())
        if missing := [name for name in names if tags.get(tag_key(name)) not in held]:
            changes["tags"] = missing
        if company_key(values.get("company")) and not contact.parent_id:
            changes["company"] = values["company"]
        return changes

    def _gaps(self, contact, changes):
        """Return those of ``changes`` that overwrite nothing."""
        return {
            name: value
            for name, value in changes.items()
            if name in ADDED or not contact[name]
        }

    def _same(self, contact, name, value):
        """Whether ``value`` says the same as the contact's field."""
        known = contact[name]
        if name.startswith(PREFIX):
            return self._same_additional(contact, name, value)
        if not known:
            return False
        if isinstance(known, models.BaseModel):
            return known.id == value
        if not isinstance(known, str):
            return str(known) == str(value)
        if name == "email":
            return normalise_email(known) == normalise_email(value)
        if name in ("phone", "contact_mobile"):
            code = contact.country_id.code or self.country_id.code
            one, two = normalise_phone(known, code), normalise_phone(value, code)
            return one == two if one and two else known == value
        if name == "website":
            return _bare(known) == _bare(value)
        return normalise_name(known) == normalise_name(value)

    def _comment_after(self, known, values, noted):
        """Return the notes with those lines of a row appended that they don't hold yet.

        A line that an import in another language has added is the same line.
        """
        added = self._comment(values, noted)
        if not known or not added:
            return added
        held = set(html2plaintext(known).splitlines())
        lines = html2plaintext(added).splitlines()
        if held.issuperset(lines):
            return ""
        versions = [
            html2plaintext(self.with_context(lang=code)._comment(values, noted))
            for code, _label in self.env["res.lang"].get_installed()
        ]
        same = zip(lines, *(text.splitlines() for text in versions), strict=True)
        new = [line for line, *others in same if held.isdisjoint([line, *others])]
        text = "<br/>".join(str(html_escape(line)) for line in new if line.strip())
        return f"{known}<p>{text}</p>" if text else ""

    # ------------------------------------------------------------
    # LOOK-UPS
    # ------------------------------------------------------------

    @ormcache("code")
    def _country_id(self, code):
        found = self.env["res.country"].search([("code", "=", code)], limit=1)
        return found.id if code else False

    @ormcache("country_id", "name")
    def _state_id(self, country_id, name):
        wanted = normalise_name(name)
        states = self.env["res.country.state"].search([("country_id", "=", country_id)])
        for state in states if wanted else ():
            if wanted in (normalise_name(state.name), normalise_name(state.code)):
                return state.id
        return False

    @ormcache("name")
    def _lang_code(self, name):
        wanted = normalise_name(name)
        for code, label in self.env["res.lang"].get_installed() if wanted else ():
            known = (code.lower(), code[:2].lower(), normalise_name(label))
            if wanted.replace("-", "_") in known or known[2].startswith(wanted + " "):
                return code
        return False

    def _owner_id(self, name):
        """Return the internal user with exactly this login, email or name."""
        if not name:
            return False
        same = escape_psql(name)
        users = self.env["res.users"].search(
            [
                ("share", "=", False),
                "|",
                "|",
                ("login", "=ilike", same),
                ("email", "=ilike", same),
                ("name", "=ilike", same),
            ],
            limit=2,
        )
        return users.id if len(users) == 1 else False


def _bare(url):
    """Return a web address without scheme, ``www.`` and closing slash."""
    text = url.lower().split("://", 1)[-1].rstrip("/")
    return text.removeprefix("www.")

from odoo import models
from odoo.tools import html2plaintext, html_escape, ormcache

from ...tools.matching import normalise_email, normalise_name, normalise_phone
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


class ContactImportValues(models.Model):
    """From the values of a row to the values of a contact."""

    _inherit = "contact.import"

    def _partner_values(self, values):
        """Return the ``res.partner`` values of a row, apart from its company.

        :param dict values: cleaned values by target
        :return: dict for ``create`` or ``write``; ``comment`` is HTML
        """
        vals = {
            field_name: values[target]
            for target, field_name in COLUMNS.items()
            if values.get(target)
        }
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
        if values.get("tags"):
            vals["category_id"] = [(4, tag_id) for tag_id in self._tag_ids(values)]
        if comment := self._comment(values, noted):
            vals["comment"] = comment
        return vals

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

    def _changes(self, contact, values, gaps_only=False):
        """Return what of a row would change ``contact``.

        Differences of case, accents and phone format are none. The employer is only
        ever filled in, never replaced: another employer is a job change.
        """
        changes = {}
        for name, value in self._partner_values(values).items():
            if name == "category_id":
                missing = [c for c in value if c[1] not in contact.category_id.ids]
                if missing:
                    changes[name] = missing
            elif name == "comment":
                if comment := self._comment_after(contact.comment, value):
                    changes[name] = comment
            elif not contact[name] or not (
                gaps_only or self._same(contact, name, value)
            ):
                changes[name] = value
        if values.get("company") and not contact.parent_id:
            changes["company"] = values["company"]
        return changes

    def _same(self, contact, name, value):
        """Whether ``value`` says the same as the contact's field."""
        known = contact[name]
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

    def _comment_after(self, known, added):
        """Return the notes with those lines appended that they don't hold yet."""
        if not known:
            return added
        held = set(html2plaintext(known).splitlines())
        lines = html2plaintext(added).splitlines()
        new = [line for line in lines if line.strip() and line not in held]
        text = "<br/>".join(str(html_escape(line)) for line in new)
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
        users = self.env["res.users"].search(
            [
                ("share", "=", False),
                "|",
                "|",
                ("login", "=ilike", name),
                ("email", "=ilike", name),
                ("name", "=ilike", name),
            ],
            limit=2,
        )
        return users.id if len(users) == 1 else False

    def _tag_ids(self, values):
        """Return the ids of the tags of a row; tags that are missing are made."""
        # Superuser: a tag named in a file is no configuration of the database.
        tags = self.env["res.partner.category"].sudo()
        ids = []
        for name in values["tags"]:
            tag = tags.search([("name", "=ilike", name)], limit=1)
            ids.append((tag or tags.create({"name": name})).id)
        return ids


def _bare(url):
    """Return a web address without scheme, ``www.`` and closing slash."""
    text = url.lower().split("://", 1)[-1].rstrip("/")
    return text.removeprefix("www.")

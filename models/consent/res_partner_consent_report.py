import io

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date, format_datetime, html2plaintext

from ...tools.tables import write_xlsx

COLUMNS = (
    "number",
    "date",
    "purpose",
    "decision",
    "version",
    "wording",
    "lang",
    "source",
    "user",
    "proofs",
    "note",
)


class ResPartner(models.Model):
    """What a person may ask for: all that was recorded of its consents."""

    _inherit = "res.partner"

    def action_contact_consent_xlsx(self):
        """Return the action that downloads the consent report as a workbook."""
        self.ensure_one()
        self._contact_check_consent_report()
        return {
            "type": "ir.actions.act_url",
            "url": f"/contact_person/consents/{self.id}.xlsx",
            "target": "self",
        }

    def _contact_check_consent_report(self):
        """Raise an AccessError unless the user works with these contacts."""
        if not self.env.user.has_group("contact_person.group_contact_user"):
            raise AccessError(
                self.env._(
                    "Only users of contacts get a consent report. Ask an "
                    "administrator for the role."
                )
            )
        self.check_access("read")

    def _contact_consent_report_name(self):
        name = self.env._("Consents of %s", self.name or self.display_name)
        return f"{name} {format_date(self.env, fields.Date.context_today(self))}"

    def _contact_consent_report(self):
        """Return every decision of this person, the oldest first.

        :return: ``{"name", "intro", "rows"}``, in the language of the context; a
            wording is HTML in the language in which it was read
        """
        self.ensure_one()
        self._contact_check_consent_report()
        consents = self.env["contact.consent"]
        rows = consents.search(consents._contact_of(self), order="date, id")
        languages = dict(self.env["res.lang"].get_installed())
        return {
            "name": self.name or self.display_name,
            "intro": self.env._(
                "As recorded by %(company)s on %(now)s (%(zone)s). Each decision "
                "stands as it was recorded, with the wording it refers to.",
                company=self.env.company.name,
                now=format_datetime(self.env, fields.Datetime.now(), dt_format="short"),
                zone=self.env.tz.zone,
            ),
            "rows": [row._contact_report_row(languages) for row in rows],
        }

    def _contact_consent_workbook(self):
        """Return the consent report as an xlsx file, in bytes."""
        found = self._contact_consent_report()
        headers = {
            "number": self.env._("No."),
            "date": self.env._("When (UTC)"),
            "purpose": self.env._("Purpose"),
            "decision": self.env._("Decision"),
            "version": self.env._("Version"),
            "wording": self.env._("Wording"),
            "lang": self.env._("Language"),
            "source": self.env._("Source"),
            "user": self.env._("Recorded by"),
            "proofs": self.env._("Proof"),
            "note": self.env._("Note"),
        }
        rows = [
            [
                {
                    **row,
                    "date": row["moment"],
                    "wording": html2plaintext(row["wording"] or ""),
                    "proofs": ", ".join(row["proofs"]),
                }[name]
                for name in COLUMNS
            ]
            for row in found["rows"]
        ]
        target = io.BytesIO()
        title = self.env._("Consents")
        write_xlsx(target, [headers[name] for name in COLUMNS], rows, title)
        return target.getvalue()


class ContactConsent(models.Model):
    _inherit = "contact.consent"

    def _contact_report_row(self, languages):
        label = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("decision", "source")
        }
        return {
            "number": self.id,
            "moment": self.date,
            "date": format_datetime(self.env, self.date, dt_format="short"),
            "purpose": self.purpose_id.name,
            "decision": label["decision"][self.decision],
            "version": self.text_id.version or "",
            "wording": self.text_id.with_context(lang=self.lang).body or "",
            "lang": languages.get(self.lang) or self.lang or "",
            "lang_code": (self.lang or "").replace("_", "-"),
            "source": label["source"][self.source],
            # Superuser: who recorded it belongs to the row, also if he has left.
            "user": self.user_id.sudo().name,
            "proofs": self.sudo().proof.mapped("name"),
            "note": self.note or "",
        }

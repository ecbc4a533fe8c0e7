from base64 import b64decode
from datetime import datetime, time

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

# How a user may have learned of a decision; the others are set by what records it.
TYPED_SOURCES = ("form", "paper", "phone", "email", "meeting")


class ResPartner(models.Model):
    """What a person agreed to; every version of a person has the same consents."""

    _inherit = "res.partner"

    # ------------------------------------------------------------
    # ASKING
    # ------------------------------------------------------------

    def contact_consent_state(self, purpose_code, at=None):
        """Return what this person says on a purpose.

        :param str purpose_code: the code of a purpose
        :param at: a datetime (UTC) or date or the ISO text of one; a date stands for
            its end. Without it: now.
        :return: ``given``, ``withdrawn``, ``expired`` or ``none``
        :raise UserError: no purpose has this code
        """
        self.ensure_one()
        self.env["contact.consent"].check_access("read")
        (self | self._contact_present()).check_access("read")
        purpose = self.env["contact.consent.purpose"]._contact_by_code(purpose_code)
        return self._contact_consent_states(purpose, at)[self.id, purpose.id]["state"]

    def _contact_consent_states(self, purposes, at=None):
        """Return the states of many contacts on many purposes, in one query.

        :return: ``{(partner id, purpose id): {"state": …, "expires": datetime or None,
            …}}`` with the columns of the last decision where there is one
        """
        moment = _moment(at)
        present = {partner.id: partner._contact_present().id for partner in self}
        consents = self.env["contact.consent"]
        last = consents._contact_last(present.values(), purposes.ids, moment)
        return {
            (partner, purpose.id): _state_of(
                last.get((current, purpose.id)), purpose.validity_months, moment
            )
            for partner, current in present.items()
            for purpose in purposes
        }

    def contact_consents(self):
        """Return what the form shows of the consents of a contact, or of a new one.

        :return: ``{"editable": bool, "purposes": [{"id", "name", "state", "date",
            "expires", "user", "wording", "version", "newer", "history"}], "sources":
            [[value, label]]}``; dates are UTC, the wording is HTML in the language of
            the contact
        """
        consents = self.env["contact.consent"]
        consents.check_access("read")
        self.check_access("read")
        purposes = self.env["contact.consent.purpose"].search([])
        if self and not self._contact_present().has_access("read"):
            # what somebody says now is told by the record of his present job
            purposes = purposes.browse()
        history = consents.search(consents._contact_of(self)) if self else consents
        purposes |= history.purpose_id.filtered("active")
        states = self._contact_consent_states(purposes)
        by_purpose = history.grouped("purpose_id")
        labels = dict(consents._fields["source"]._description_selection(self.env))
        return {
            "editable": not self or self._contact_may_consent(),
            "sources": [[source, labels[source]] for source in TYPED_SOURCES],
            "purposes": [
                self._contact_consent_line(
                    purpose,
                    states.get((self.id, purpose.id)) or {"state": "none"},
                    by_purpose.get(purpose, consents),
                )
                for purpose in purposes
            ],
        }

    def _contact_consent_line(self, purpose, state, history):
        shown = purpose.text_id
        if state["state"] == "given":
            shown = shown.browse(state["text_id"])
        lang = self.lang or self.env.lang
        labels = dict(history._fields["source"]._description_selection(self.env))
        return {
            "id": purpose.id,
            "name": purpose.name,
            "state": state["state"],
            "date": state.get("date") or False,
            "expires": state.get("expires") or False,
            "wording": shown.with_context(lang=lang).body or False,
            "version": shown.version,
            "newer": bool(shown) and shown != purpose.text_id,
            "history": [
                {
                    "id": row.id,
                    "decision": row.decision,
                    "date": row.date,
                    "user": row.user_id.sudo().name,
                    "source": labels[row.source],
                    "version": row.text_id.version,
                    "note": row.note or "",
                    # Superuser: who may read the decision may see what proves it.
                    "proofs": row.sudo().proof.mapped(
                        lambda file: {"id": file.id, "name": file.name}
                    ),
                }
                for row in history
            ],
        }

    # ------------------------------------------------------------
    # SAYING
    # ------------------------------------------------------------

    def contact_consent_set(
        self, purpose_id, given, source="form", note=False, proof=None
    ):
        """Record that this person agrees to a purpose, or no longer does.

        :param int purpose_id: a purpose that the user may read
        :param bool given: False withdraws
        :param str source: how the user knows: form, paper, phone, email, meeting, …
        :param str note: free text that stays with the decision
        :param list proof: files: dictionaries of ``name`` and ``data`` (base64)
        :return: the id of the new row of the ledger
        :raise AccessError: the user may not edit the contact
        :raise UserError: it is no contact person, it is voided, or the purpose has no
            wording yet or is archived
        """
        self.ensure_one()
        self.env["contact.consent"].check_access("read")
        contact = self._contact_present()
        (self | contact).check_access("write")
        purpose = self.env["contact.consent.purpose"].browse(purpose_id)
        purpose.check_access("read")
        contact._contact_check_consent(purpose, given)
        row = contact._contact_consent_row(purpose, given, source, note)
        row["proof"] = contact._contact_consent_proof(proof or [])
        # Superuser: nobody has the right to write to the ledger, all go through here.
        return self.env["contact.consent"].sudo().create(row).id

    def _contact_consent_proof(self, files):
        """Return the command that links what proves a decision, as attachments."""
        try:
            vals = [
                {"name": str(file["name"]), "raw": b64decode(file["data"])}
                for file in files
            ]
        except (KeyError, TypeError, ValueError):
            raise UserError(
                self.env._("A file of the proof can't be read. Choose it again.")
            ) from None
        # Superuser: the file belongs to the row of the ledger, which nobody may write.
        return [Command.set(self.env["ir.attachment"].sudo().create(vals).ids)]

    def _contact_consent_row(self, purpose, given, source, note=False):
        """Return the values of the row that records a decision of this person."""
        lang = self.lang or self.env.lang or "en_US"
        last = self._contact_consent_states(purpose)[self.id, purpose.id]
        text = purpose.text_id.id
        if not given:
            text = last.get("text_id") or text
        return {
            "partner_id": self.id,
            "purpose_id": purpose.id,
            "text_id": text,
            "decision": "given" if given else "withdrawn",
            "source": source,
            "lang": lang,
            "note": note or False,
        }

    def _contact_may_consent(self):
        contact = self._contact_present()
        return (
            contact.has_access("write")
            and self.has_access("write")
            and contact.sudo().contact_state != "obsolete"
        )

    def _contact_check_consent(self, purpose, given):
        if not self.is_contact_person:
            raise UserError(
                self.env._(
                    "%s is a company, an address or a colleague. Only contact persons "
                    "give a consent.",
                    self.display_name,
                )
            )
        if given and not purpose.active:
            raise UserError(
                self.env._("%s is archived: nobody is asked any more.", purpose.name)
            )
        if given and not purpose.text_id:
            raise UserError(
                self.env._(
                    "%s has no wording yet that one could agree to. Have an "
                    "administrator of contacts write it.",
                    purpose.name,
                )
            )


def _moment(at):
    """Return the datetime for what a caller gave as a point in time."""
    if not at:
        return fields.Datetime.now()
    is_day = len(at) <= 10 if isinstance(at, str) else not isinstance(at, datetime)
    if is_day:
        return datetime.combine(fields.Date.to_date(at), time.max)
    return fields.Datetime.to_datetime(at)


def _state_of(row, months, moment):
    """Return the state that the last decision makes at a moment."""
    if not row:
        return {"state": "none", "expires": None}
    state, expires = row["decision"], None
    if state == "given" and months:
        expires = row["date"] + relativedelta(months=months)
        if expires <= moment:
            state = "expired"
    return {**row, "state": state, "expires": expires}

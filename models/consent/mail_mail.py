from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools.mail import email_normalize, email_split_and_format

NAMES_SHOWN = 10


class MailMail(models.Model):
    """The last gate: asked when a mail is written, and again when it is sent."""

    _inherit = "mail.mail"

    failure_type = fields.Selection(
        selection_add=[("contact_consent", "No valid consent")],
        ondelete={"contact_consent": "set null"},
    )

    @api.model_create_multi
    def create(self, vals_list):
        mails = super().create(vals_list)
        asked = [
            mail.id
            for mail, vals in zip(mails, vals_list, strict=True)
            if vals.get("contact_purpose_id")
        ]
        self.browse(asked)._contact_keep_consenting()
        return mails

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        # Between the writing and the sending somebody may have withdrawn.
        self._contact_keep_consenting()
        refused = self.filtered(
            lambda mail: (
                mail.state == "cancel" and mail.failure_type == "contact_consent"
            )
        )
        # Without those: a server that is down would make failures of them, to retry.
        return super(MailMail, self - refused).send(
            auto_commit=auto_commit,
            raise_exception=raise_exception,
            post_send_callback=post_send_callback,
        )

    def _contact_keep_consenting(self):
        """Leave out of these mails who has no valid consent to their purpose."""
        waiting = self.filtered(
            lambda mail: mail.contact_purpose_id and mail.state == "outgoing"
        )
        for purpose, mails in waiting.grouped("contact_purpose_id").items():
            partners, emails = mails._contact_refused(purpose.sudo())
            if partners or emails:
                mails._contact_leave_out(partners, emails)

    def _contact_refused(self, purpose):
        emails = set()
        for mail in self:
            emails |= mail._contact_addresses("email_to").keys()
            emails |= mail._contact_addresses("email_cc").keys()
        # Superuser: the mail was written by one who may read the document; whether
        # the addressees agreed counts for everybody.
        ledger = self.env["contact.consent"].sudo()
        return ledger._contact_mail_refused(purpose, self.recipient_ids, emails)

    def _contact_addresses(self, name):
        """Return ``{normalised address: as it is written}`` of a field of one mail."""
        written = email_split_and_format(self[name] or "")
        return {email_normalize(text, strict=False): text for text in written}

    def _contact_leave_out(self, partners, emails):
        ledger = self.env["contact.consent"].sudo()
        purpose = self.contact_purpose_id.sudo()
        sharing = ledger._contact_mail_sharing(purpose, partners)
        for mail in self:
            vals = {}
            for name in ("email_to", "email_cc"):
                found = mail._contact_addresses(name)
                if not emails.isdisjoint(found):
                    kept = [text for key, text in found.items() if key not in emails]
                    vals[name] = ", ".join(kept)
            out = mail.recipient_ids.filtered(lambda partner: partner in partners)
            left = mail.recipient_ids - out
            to = vals.get("email_to", mail.email_to)
            # A copy goes to nobody when the mail itself does not.
            if (vals or out) and not left and not to:
                vals = mail._contact_refusal(out, sharing & out)
            elif out:
                vals["recipient_ids"] = [Command.unlink(one.id) for one in out]
            if vals:
                mail.write(vals)
            if vals.get("state") == "cancel":
                mail._contact_cancel_traces()
        self._contact_cancel_notifications(partners)

    def _contact_refusal(self, partners, sharing):
        names = partners._contact_names(NAMES_SHOWN) or self.email_to
        reason = self.env._(
            "%(names)s: no valid consent to “%(purpose)s”. Ask for it first.",
            names=names,
            purpose=self.contact_purpose_id.sudo().name,
        )
        ledger = self.env["contact.consent"]
        why = ledger._contact_mail_sharing_text(sharing, NAMES_SHOWN)
        return {
            "state": "cancel",
            "failure_type": "contact_consent",
            "failure_reason": f"{reason} {why}".strip(),
        }

    def _contact_cancel_traces(self):
        """Say on the mailing of Odoo's Email Marketing, if it is one, why it failed."""
        if "mailing_trace_ids" in self._fields:
            # Of the reasons that a trace can have, the one that is nearest.
            reason = {"failure_type": "mail_optout"}
            reason["failure_reason"] = self.failure_reason
            self.mailing_trace_ids.write({"trace_status": "cancel", **reason})

    def _contact_cancel_notifications(self, partners):
        noted = self.env["mail.notification"].sudo()
        noted = noted.search(
            [("mail_mail_id", "in", self.ids), ("res_partner_id", "in", partners.ids)]
        )
        noted.write(
            {"notification_status": "canceled", "failure_type": "contact_consent"}
        )

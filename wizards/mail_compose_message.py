from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ..models.consent.ir_module_module import FIELD as MAILING_PURPOSE
from ..models.consent.mail_mail import NAMES_SHOWN

BATCH = 500


class MailComposeMessage(models.TransientModel):
    """Says before and after the sending who is left out for lack of a consent."""

    _inherit = "mail.compose.message"

    contact_purpose_id = fields.Many2one(
        "contact.consent.purpose",
        string="Purpose",
        compute="_compute_contact_purpose_id",
        store=True,
        readonly=False,
        ondelete="cascade",
        help="The mail goes only to contacts with a valid consent to this purpose. "
        "Empty: consents are not asked.",
    )
    contact_refused_text = fields.Text(compute="_compute_contact_refused")
    contact_all_refused = fields.Boolean(compute="_compute_contact_refused")

    @api.depends("template_id")
    def _compute_contact_purpose_id(self):
        for composer in self:
            purpose = composer.template_id.sudo().contact_purpose_id
            purpose = purpose or composer._contact_mailing_purpose()
            if purpose or not composer.contact_purpose_id:
                composer.contact_purpose_id = purpose.sudo(False)

    def _contact_mailing_purpose(self):
        """Return the purpose of the mailing of Odoo's Email Marketing, if it is one."""
        fields_of = self._fields
        mailing = self["mass_mailing_id"] if "mass_mailing_id" in fields_of else None
        if not mailing or MAILING_PURPOSE not in mailing._fields:
            return self.env["contact.consent.purpose"]
        return mailing.sudo()[MAILING_PURPOSE]

    @api.depends(
        "contact_purpose_id", "template_id", "partner_ids", "res_ids", "res_domain"
    )
    def _compute_contact_refused(self):
        for composer in self:
            composer.contact_refused_text = False
            composer.contact_all_refused = False
            if not composer.contact_purpose_id:
                continue
            partners, emails = composer._contact_addressees()
            purpose = composer.contact_purpose_id
            ledger = self.env["contact.consent"].sudo()
            refused = ledger._contact_mail_refused(purpose.sudo(), partners, emails)
            count, total = sum(map(len, refused)), len(partners) + len(emails)
            if count:
                composer.contact_all_refused = count == total
                text = composer._contact_refused_message(count, total, *refused)
                composer.contact_refused_text = text

    def _contact_refused_message(self, count, total, partners, emails):
        names = partners._contact_names(NAMES_SHOWN)
        if not partners:
            names = ", ".join(sorted(emails)[:NAMES_SHOWN])
        ledger = self.env["contact.consent"].sudo()
        sharing = ledger._contact_mail_sharing(self.contact_purpose_id.sudo(), partners)
        why = ledger._contact_mail_sharing_text(sharing, NAMES_SHOWN)
        text = self.env._(
            "%(count)s of %(total)s will not receive this mail, as there is no valid "
            "consent to “%(purpose)s”: %(names)s.",
            count=formatLang(self.env, count, digits=0),
            total=formatLang(self.env, total, digits=0),
            purpose=self.contact_purpose_id.sudo().name,
            names=names,
        )
        return f"{text} {why}".strip()

    # ------------------------------------------------------------
    # ADDRESSEES
    # ------------------------------------------------------------

    def _contact_addressees(self):
        """Return ``(partners, set of normalised emails)`` the mail would go to."""
        self.ensure_one()
        partners, emails = self.partner_ids._origin, set()
        if self.composition_mode != "mass_mail":
            return partners | self._contact_following(), emails
        if self.res_domain:
            ids = self.env[self.model].search(self._evaluate_res_domain()).ids
        else:
            ids = self._evaluate_res_ids()
        for batch in tools.split_every(BATCH, ids or []):
            for values in self._contact_rendered_addressees(batch).values():
                partners |= partners.browse(values.get("partner_ids") or [])
                for name in ("email_to", "email_cc"):
                    emails.update(
                        tools.mail.email_normalize_all(values.get(name) or "")
                    )
        return partners.exists(), emails

    def _contact_rendered_addressees(self, res_ids):
        """Return the addressees by record, without making a contact of an address."""
        if self.template_id:
            return self._generate_template_for_composer(
                res_ids,
                ["email_to", "email_cc", "partner_ids"],
                find_or_create_partners=False,
            )
        if self.partner_ids:
            return {}
        return self.env[self.model].browse(res_ids)._message_get_default_recipients()

    def _contact_following(self):
        """Return the followers from outside whom a message would notify."""
        nobody = self.env["res.partner"]
        if not self.model_is_thread or self.notify_skip_followers:
            return nobody
        if self.subtype_is_log:
            return nobody
        records = self.env[self.model].browse(self._evaluate_res_ids() or [])
        # Superuser: followers may be contacts that the sender can't open.
        followers = records.sudo().message_follower_ids.partner_id
        return followers.filtered("partner_share").sudo(False)

    # ------------------------------------------------------------
    # SENDING
    # ------------------------------------------------------------

    def action_send_mail(self):
        texts = []
        for composer in self.filtered("contact_refused_text"):
            if composer.contact_all_refused:
                raise UserError(
                    self.env._(
                        "%s Nothing was sent. Ask for the consent first, or choose "
                        "another purpose.",
                        composer.contact_refused_text,
                    )
                )
            texts.append(composer.contact_refused_text)
        result = super().action_send_mail()
        if not texts:
            return result
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": "\n".join(texts),
                "next": result,
            },
        }

    def _action_send_mail(self, auto_commit=False):
        mails, messages = super()._action_send_mail(auto_commit=auto_commit)
        for composer in self:
            if composer._contact_mailing_purpose():
                composer._contact_tell_mailing(mails)
        return mails, messages

    def _contact_tell_mailing(self, mails):
        """Note in the chatter of a mailing how many were left out, and who."""
        mailing = self["mass_mailing_id"]
        # Superuser: who sends a mailing may not read the mails it is made of.
        sent = mails.sudo().search(
            [("id", "in", mails.ids), ("mailing_id", "=", mailing.id)]
        )
        refused = sent.filtered(lambda mail: mail.failure_type == "contact_consent")
        if refused:
            emails = set(refused.filtered("email_to").mapped("email_to"))
            text = self._contact_refused_message(
                len(refused), len(mails), refused.recipient_ids, emails
            )
            mailing._message_log(body=text)

    def _prepare_mail_values_static(self):
        values = super()._prepare_mail_values_static()
        if self.contact_purpose_id:
            values["contact_purpose_id"] = self.contact_purpose_id.id
        return values

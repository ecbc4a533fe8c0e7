from odoo import api, fields, models
from odoo.exceptions import UserError

from .selection import selected

# So many names are read at a glance; the others are counted.
NAMES_SHOWN = 10


class ContactConsentRequest(models.TransientModel):
    """Sends contacts the link to the page on which they decide themselves."""

    _name = "contact.consent.request"
    _description = "Ask for Consent"

    partner_ids = fields.Many2many(
        "res.partner",
        string="Contacts",
        required=True,
        default=lambda self: self._default_partners(),
        context={"active_test": False},
    )
    ready_count = fields.Integer(string="Asked", compute="_compute_ready")
    left_out_count = fields.Integer(string="Not Asked", compute="_compute_ready")
    left_out_names = fields.Char(string="Names", compute="_compute_ready")

    @api.model
    def _default_partners(self):
        if self.env.context.get("active_model") == "contact.consent.standing":
            return selected(self.env["contact.consent.standing"]).partner_id
        return selected(self.env["res.partner"])

    @api.depends("partner_ids")
    def _compute_ready(self):
        for wizard in self:
            partners = wizard.partner_ids._origin
            ready = partners._contact_askable()
            present = {partner.id: partner._contact_present() for partner in partners}
            # each person once, by a record that the user sees
            left = {present[id_]: id_ for id_ in present if present[id_] not in ready}
            left = partners.browse(left.values())
            wizard.ready_count = len(ready)
            wizard.left_out_count = len(left)
            wizard.left_out_names = left._contact_names(NAMES_SHOWN)

    def action_apply(self):
        """Put the mails into the queue and say to how many they go.

        :raise UserError: none of the contacts can be asked
        """
        self.ensure_one()
        self.partner_ids.check_access("read")
        ready = self.partner_ids._contact_askable()
        if not ready:
            raise UserError(
                self.env._(
                    "None of these contacts can be asked: they have no email address, "
                    "or are no contact persons. Add an email address first."
                )
            )
        ready.check_access("write")
        template = self.env.ref("contact_person.contact_consent_request_template")
        # Tied to no record, or colleagues would read the personal link in the chatter.
        template.send_mail_batch(ready.ids, email_values={"model": False, "res_id": 0})
        ready._contact_log_request()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self._contact_sent_message(ready),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _contact_sent_message(self, ready):
        if not self.left_out_count:
            return self.env._("Contacts asked by email: %s.", len(ready))
        return self.env._(
            "Contacts asked by email: %(count)s. %(left)s can't be asked: %(names)s.",
            count=len(ready),
            left=self.left_out_count,
            names=self.left_out_names,
        )

from itertools import product

from odoo import api, fields, models
from odoo.exceptions import UserError

from .selection import selected


class ContactMemberAdd(models.TransientModel):
    """Adds colleagues to the teams of one or thousands of contacts."""

    _name = "contact.member.add"
    _description = "Add Team Member"

    partner_ids = fields.Many2many(
        "res.partner",
        string="Contacts",
        required=True,
        default=lambda self: selected(self.env["res.partner"]),
        context={"active_test": False},
    )
    contact_count = fields.Integer(compute="_compute_contact_count")
    user_ids = fields.Many2many(
        "res.users",
        string="Members",
        required=True,
        domain=[("share", "=", False)],
    )
    access = fields.Selection(
        [("read", "Read"), ("write", "Read and edit")], required=True, default="read"
    )

    @api.depends("partner_ids")
    def _compute_contact_count(self):
        for wizard in self:
            wizard.contact_count = len(wizard.partner_ids)

    def action_apply(self):
        """Add the members; who has more access already keeps it.

        :raise UserError: the user may edit none of the contacts
        """
        self.ensure_one()
        # Superuser: contacts that are hidden from the user are counted, too.
        chosen = self.sudo().partner_ids.sudo(False)
        contacts = chosen._filtered_access("write").filtered(
            lambda contact: (
                contact.is_contact_person and contact.contact_state != "obsolete"
            )
        )
        if not contacts:
            raise UserError(
                self.env._(
                    "You may edit none of these contacts. Choose others, or ask their "
                    "owner to add the member."
                )
            )
        strong = self.env["contact.team.member"].search(
            [("partner_id", "in", contacts.ids), ("access", "=", "write")]
        )
        strong = {(row.partner_id.id, row.user_id.id) for row in strong}
        keys = set(product(contacts.ids, self.user_ids.ids))
        contacts._contact_set_members(dict.fromkeys(keys - strong, self.access))
        return self._report(len(contacts), len(chosen) - len(contacts))

    def _report(self, done, left_out):
        message = self.env._("Contacts that got the member: %s.", done)
        if left_out:
            message += " " + self.env._(
                "Left out, as you may not edit them or they are no contact persons: "
                "%s.",
                left_out,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if left_out else "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

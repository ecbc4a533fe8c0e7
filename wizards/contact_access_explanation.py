from odoo import api, fields, models
from odoo.tools.misc import clean_context

from ..models.access.res_partner import MANAGER


class ContactAccessExplanation(models.TransientModel):
    """Who sees a contact, or what a user sees; made by the buttons that show it."""

    _name = "contact.access.explanation"
    _description = "Who Sees What, and Why"

    partner_id = fields.Many2one("res.partner", string="Contact", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    reader_ids = fields.One2many(
        "contact.access.reader", "explanation_id", readonly=True
    )
    sight_ids = fields.One2many("contact.access.sight", "explanation_id", readonly=True)

    @api.model
    def _open(self, values, title):
        # Superuser: nobody else makes one, for a contact that he may not see. The list
        # that it is opened from has defaults for contacts, an owner for one.
        clean = self.env(su=True, context=clean_context(self.env.context))
        explanation = clean[self._name].create(values)
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": explanation.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _open_partner(self, partner):
        """Return the action that shows who sees a contact."""
        readers = [
            {**reader, "reasons": "\n".join(reader["reasons"])}
            for reader in partner.contact_who_sees()
        ]
        values = {
            "partner_id": partner.id,
            "reader_ids": [fields.Command.create(reader) for reader in readers],
        }
        return self._open(values, self.env._("Who sees this?"))

    @api.model
    def _open_user(self, user):
        """Return the action that shows what a user sees."""
        sights = self.env["res.partner"].contact_user_sees(user.id)
        if sights and not user.has_group(MANAGER):
            # all that he sees: a list would show what the reader himself sees
            sights[-1]["domain"] = False
        for sight in sights:
            sight["contact_count"] = sight.pop("count")
        values = {
            "user_id": user.id,
            "sight_ids": [fields.Command.create(sight) for sight in sights],
        }
        return self._open(values, self.env._("What does %s see?", user.name))


class ContactAccessReader(models.TransientModel):
    _name = "contact.access.reader"
    _description = "Who Sees a Contact"

    explanation_id = fields.Many2one(
        "contact.access.explanation", required=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users")
    edit = fields.Boolean(string="May edit")
    reasons = fields.Text(string="Why")


class ContactAccessSight(models.TransientModel):
    _name = "contact.access.sight"
    _description = "What a User Sees"

    explanation_id = fields.Many2one(
        "contact.access.explanation", required=True, ondelete="cascade"
    )
    reason = fields.Char(string="Why")
    contact_count = fields.Integer(string="Contacts")
    domain = fields.Json(help="Empty for all that the user sees, which only he lists.")

    def action_open(self):
        """Show the contacts that a reason opens, of those one sees oneself."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_person.res_partner_action"
        )
        return {**action, "domain": self.domain, "name": self.reason}

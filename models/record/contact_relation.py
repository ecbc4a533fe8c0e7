from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError


class ContactRelation(models.Model):
    """A dated link from a contact person to one account, lead or person.

    Ending a relation sets ``date_end`` and keeps the row as history; the account
    names on the contact count only relations that have not ended.
    """

    _name = "contact.relation"
    _description = "Contact Relation"
    _order = "date_end desc nulls first, id"
    _rec_name = "role"

    contact_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('is_contact_person', '=', True)]",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Account", index="btree_not_null", ondelete="cascade"
    )
    lead_id = fields.Many2one("crm.lead", index="btree_not_null", ondelete="cascade")
    type_id = fields.Many2one(
        "contact.relation.type", string="Relation", ondelete="restrict", index=True
    )
    role = fields.Char()
    date_start = fields.Date(string="From")
    date_end = fields.Date(string="Until")
    note = fields.Text()

    _exactly_one_end = models.Constraint(
        "CHECK (num_nonnulls(partner_id, lead_id) = 1)",
        "A relation links the contact to one account or to one lead, not to both.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_start IS NULL OR date_end IS NULL OR date_start <= date_end)",
        "A relation can't end before it starts. Correct one of the two dates.",
    )

    @api.constrains("contact_id", "partner_id")
    def _check_not_self(self):
        for relation in self:
            if relation.contact_id == relation.partner_id:
                raise ValidationError(
                    self.env._("A contact can't be linked to itself. Choose another.")
                )

    @api.depends("contact_id", "partner_id", "lead_id", "type_id")
    def _compute_display_name(self):
        for relation in self:
            names = (
                relation.contact_id.name,
                relation.type_id.name,
                relation.partner_id.name or relation.lead_id.name,
            )
            relation.display_name = " – ".join(filter(None, names))

    @api.model_create_multi
    def create(self, vals_list):
        relations = super().create(vals_list)
        if relations.lead_id and not self._is_any_lead_linked():
            self.env.registry.clear_cache()
        return relations

    @tools.ormcache()
    def _is_any_lead_linked(self):
        """Whether a lead of this database has contacts; it stays true once it was."""
        return bool(self.sudo().search_count([("lead_id", "!=", False)], limit=1))

    def _is_current(self):
        """Whether the relation holds today; a date in the future has not ended it."""
        self.ensure_one()
        return not self.date_end or self.date_end >= fields.Date.context_today(self)

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ContactRelation(models.Model):
    """A dated link from a contact person to one account, lead or person.

    Ending a relation sets ``date_end`` and keeps the row as history; the account
    names on the contact count only relations that have not ended.
    """

    _name = "contact.relation"
    _inherit = "contact.dependent.mixin"
    _description = "Contact Relation"
    _order = "date_end desc nulls first, id"
    _rec_name = "role"
    _contact_field = "contact_id"
    _contact_ends = ("contact_id", "partner_id", "lead_id")

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

    @api.constrains("type_id", "partner_id", "lead_id")
    def _check_type_fits(self):
        # Superuser: what the other end is decides, whoever may see it.
        for relation in self.sudo().filtered("type_id"):
            if problem := relation._misfit():
                raise ValidationError(problem)

    def _misfit(self):
        """Return why the type can't be used between these two ends, or ``None``."""
        self.ensure_one()
        kind = self.type_id.kind
        names = {
            "type": self.type_id.name,
            "end": (self.lead_id or self.partner_id).display_name,
        }
        if self.lead_id and kind != "lead":
            return self.env._(
                "“%(type)s” is not for leads, and %(end)s is one. Choose a relation "
                "that is meant for leads, or none.",
                **names,
            )
        if not self.lead_id and kind == "lead":
            return self.env._(
                "“%(type)s” is for leads only, and %(end)s is none. Choose another "
                "relation, or none.",
                **names,
            )
        if kind == "person" and self.partner_id.is_company:
            return self.env._(
                "“%(type)s” links two people, and %(end)s is a company. Choose a "
                "relation that is meant for accounts, or none.",
                **names,
            )
        return None

    @api.depends("contact_id", "partner_id", "lead_id", "type_id")
    def _compute_display_name(self):
        for relation in self:
            names = (
                relation.contact_id.name,
                relation.type_id.name,
                relation.partner_id.name or relation.lead_id.name,
            )
            relation.display_name = " – ".join(filter(None, names))

    def _move_to_lead(self, lead):
        """Link the contacts to ``lead``; what it has already is only completed."""
        known = {
            (relation.contact_id, relation.type_id): relation
            for relation in lead.sudo().contact_relation_ids
        }
        for relation in self:
            same = known.get((relation.contact_id, relation.type_id))
            if not same or (same.role and relation.role and same.role != relation.role):
                relation.lead_id = lead
                continue
            for name in ("role", "note", "date_start"):
                same[name] = same[name] or relation[name]
            if not relation.date_end:
                same.date_end = False

    @api.model
    def _cron_dates(self):
        """Bring the customer column in line with relations that began or ended.

        Looks back a week, so that a few days without the scheduler do no harm.
        """
        today = fields.Date.context_today(self)
        since = today - timedelta(days=7)
        domain = Domain.OR(
            [(name, ">=", since), (name, "<=", today)]
            for name in ("date_start", "date_end")
        )
        contacts = self.search(domain).contact_id
        contacts._contact_refresh_account_names()

    @api.model
    def _domain_at(self, day):
        """Return the domain of the relations that hold on a day, as ``_is_current``."""
        begun = Domain("date_start", "=", False) | Domain("date_start", "<=", day)
        return begun & self._domain_not_ended(day)

    @api.model
    def _domain_not_ended(self, day):
        return Domain("date_end", "=", False) | Domain("date_end", ">", day)

    def _end(self):
        """End these relations today; one that has not begun will never have held."""
        today = fields.Date.context_today(self)
        for relation in self:
            if not relation.date_end or relation.date_end > today:
                relation.date_end = max(today, relation.date_start or today)

    def _lines(self, other_side=False):
        """Return what a list shows of these relations; two queries, however many.

        :param bool other_side: seen from the account, lead or other person
        :return: list of dicts ``relation_id``, ``type_id``, ``label``, ``role``,
            ``since``, ``until`` (ISO dates or ``False``), ``editable``
        """
        editable = self.sudo(False)._filtered_access("write")
        return [
            {
                "relation_id": relation.id,
                "type_id": relation.type_id.id,
                "label": relation.type_id._label(other_side),
                "role": relation.role,
                "since": fields.Date.to_string(relation.date_start),
                "until": fields.Date.to_string(relation.date_end),
                "editable": relation in editable,
            }
            for relation in self
        ]

    def _is_current(self):
        """Whether the relation holds today: it has begun and has not been ended."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        begun = not self.date_start or self.date_start <= today
        return begun and (not self.date_end or self.date_end > today)

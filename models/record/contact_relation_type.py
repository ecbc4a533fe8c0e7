from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ContactRelationType(models.Model):
    """What a contact is to an account, to a lead, or to another person.

    Each type has two labels, one for either end, and each stands before the name of
    the other end: the tab of Pat says "Decision maker at" Dubois, the tab of Dubois
    says "Decision maker" Pat; the tab of Ida says "Assistant of" Bo, the tab of Bo
    says "Assisted by" Ida. Without a second label the first serves both ends.
    """

    _name = "contact.relation.type"
    _description = "Relation Type"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True, help="Read from the contact.")
    inverse_name = fields.Char(
        translate=True,
        help="Read from the other end: the account, the lead or the other person.",
    )
    kind = fields.Selection(
        [("account", "Account"), ("lead", "Lead"), ("person", "Person")],
        required=True,
        default="account",
        help="What a contact is linked to by this type.",
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)

    @api.constrains("kind")
    def _check_kind_fits(self):
        # Superuser: relations of contacts that the user may not see count, too.
        relations = self.env["contact.relation"].sudo()
        for relation in relations.search([("type_id", "in", self.ids)]):
            if relation._misfit():
                raise ValidationError(
                    self.env._(
                        "%s is in use and can't be made for something else. Make "
                        "another type, and archive this one.",
                        relation.type_id.name,
                    )
                )

    def _label(self, other_side=False):
        """Return the label for one end; empty without a type."""
        return (other_side and self.inverse_name) or self.name or ""

    def _is_mutual(self):
        """Whether both ends are the same to each other, as spouses are."""
        return self.kind == "person" and self._label(True) == self.name

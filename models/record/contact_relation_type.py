from odoo import fields, models


class ContactRelationType(models.Model):
    """What a contact is to an account, to a lead, or to another person.

    Each type has two labels, one for either end: the contact's tab says
    "Decision maker", the account's tab says "Decision maker of".
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

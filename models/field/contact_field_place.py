from odoo import fields, models


class ContactFieldPlace(models.Model):
    """Where an additional field may appear; the codes are fixed, code goes by them."""

    _name = "contact.field.place"
    _description = "Place of Additional Fields"
    _order = "id"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, translate=True)

    _unique_code = models.Constraint(
        "UNIQUE(code)", "A place with this code exists already."
    )

from odoo import fields, models


class ContactTagMark(models.Model):
    """Who gave a contact a tag, and who took it away; written by the tags alone."""

    _name = "contact.tag.mark"
    _inherit = "contact.dependent.mixin"
    _description = "Tag Mark"
    _order = "date_end desc nulls first, date_start desc, id desc"
    _rec_name = "category_id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade"
    )
    category_id = fields.Many2one(
        "res.partner.category",
        string="Tag",
        required=True,
        index=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one("res.users", string="Set by")
    date_start = fields.Datetime(string="Set on")
    end_user_id = fields.Many2one("res.users", string="Removed by")
    date_end = fields.Datetime(string="Removed on")

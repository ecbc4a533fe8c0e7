from odoo import fields, models

VISIBILITIES = [
    ("everyone", "Everyone"),
    ("private", "Owner, team and superiors"),
    ("selected", "Also the people and teams named"),
    ("creator", "Only the one who created it"),
]


class ResCompany(models.Model):
    _inherit = "res.company"

    contact_default_visibility = fields.Selection(
        VISIBILITIES,
        string="Visibility of new contacts",
        default="everyone",
        required=True,
    )
    contact_everyone_write = fields.Boolean(
        string="Everyone edits what everyone sees",
        default=True,
        help="Contacts that are visible to everyone may also be edited by everyone. "
        "Otherwise owners, team members with the right to write, their superiors "
        "and creators edit them.",
    )
    contact_superior_scope = fields.Selection(
        [("direct", "Their direct reports"), ("all", "Everybody below them")],
        string="Superiors see the contacts of",
        default="all",
        required=True,
    )

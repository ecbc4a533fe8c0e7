from odoo import api, fields, models
from odoo.exceptions import ValidationError

from . import access_tokens


class ContactTeamMember(models.Model):
    """A colleague who works on a contact beside its owner, with read or write access.

    Who may see or change the rows of a contact follows from the contact itself.
    """

    _name = "contact.team.member"
    _inherit = "contact.dependent.mixin"
    _description = "Team Member of a Contact"
    _order = "partner_id, id"
    _rec_name = "user_id"

    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Member",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("share", "=", False)],
    )
    access = fields.Selection(
        [("read", "Read"), ("write", "Read and edit")],
        required=True,
        default="read",
    )

    _unique_member = models.Constraint(
        "UNIQUE (partner_id, user_id)",
        "This colleague is a member already. Change the access in that row instead.",
    )

    def init(self):
        result = super().init()
        access_tokens.watch(self.env.cr, self._table)
        return result

    @api.constrains("user_id")
    def _check_user_id(self):
        # Superuser: whoever may edit a contact may not be allowed to read all users.
        for member in self.sudo():
            if member.user_id.share:
                raise ValidationError(
                    self.env._(
                        "This user has no internal login. Choose a colleague as a "
                        "member."
                    )
                )

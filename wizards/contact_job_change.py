from odoo import api, fields, models


class ContactJobChange(models.TransientModel):
    """A person takes another job; see ``res.partner._contact_change_job``."""

    _name = "contact.job.change"
    _description = "Job Change"

    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
        domain="[('is_contact_person', '=', True), ('contact_current_id', '=', False)]",
    )
    old_employer_id = fields.Many2one(
        related="partner_id.parent_id", string="Present Employer"
    )
    employer_id = fields.Many2one(
        "res.partner",
        string="New Employer",
        domain="[('is_company', '=', True)]",
        help="Empty: the new employer is not known.",
    )
    date = fields.Date(
        string="First Day", required=True, default=fields.Date.context_today
    )
    function = fields.Char(string="Job Position")
    department = fields.Char()
    email = fields.Char(string="Business Email")
    phone = fields.Char(string="Business Phone")
    move_open_documents = fields.Boolean(
        string="Open opportunities and activities go along",
        help="If not, they stay with the contact at the old employer.",
    )
    open_count = fields.Integer(compute="_compute_open_count")

    @api.constrains("partner_id", "employer_id")
    def _check_partner_id(self):
        # A wizard shows the name of its contact, even to who may not see the contact,
        # and the new version has the address of its employer. A constraint runs as
        # superuser.
        (self.partner_id | self.employer_id).sudo(False).check_access("read")

    @api.depends("partner_id")
    def _compute_open_count(self):
        # who works with contacts need not sell
        sells = self.env["crm.lead"].has_access("read")
        for wizard in self:
            leads = sells and self.env["crm.lead"].search_count(
                [
                    ("partner_id", "=", wizard.partner_id.id),
                    ("stage_id.is_won", "=", False),
                ]
            )
            activities = len(wizard.partner_id.activity_ids)
            wizard.open_count = wizard.partner_id and leads + activities

    def action_apply(self):
        """Make the new version and open it."""
        self.ensure_one()
        new = self.partner_id._contact_change_job(
            {
                "parent_id": self.employer_id.id,
                "function": self.function,
                "email": self.email,
                "phone": self.phone,
            },
            self.date,
            self.department,
            self.move_open_documents,
        )
        return new._contact_open()

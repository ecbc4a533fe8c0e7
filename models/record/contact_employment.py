from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ContactEmployment(models.Model):
    """A job that a person has or had; past ones may be typed in.

    The rows of a person hang on the present version of the contact, and every former
    version shows them.
    """

    _name = "contact.employment"
    _inherit = "contact.dependent.mixin"
    _description = "Employment"
    _order = "date_end desc nulls first, date_start desc nulls last, id desc"
    _rec_names_search = ("employer_name", "function")
    _contact_ends = ("partner_id", "employer_id")

    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('is_contact_person', '=', True)]",
    )
    version_id = fields.Many2one(
        "res.partner",
        string="Contact of that time",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="The record that the person had in this job, with its mails and meetings.",
    )
    employer_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="set null",
        domain="[('is_company', '=', True)]",
    )
    employer_name = fields.Char(
        compute="_compute_employer_name",
        store=True,
        readonly=False,
        precompute=True,
        help="For an employer that is not in the database.",
    )
    function = fields.Char(string="Job Position")
    department = fields.Char()
    date_start = fields.Date(string="From")
    date_end = fields.Date(string="Until")
    note = fields.Char()
    at_date = fields.Date(
        string="Worked there on", compute="_compute_at_date", search="_search_at_date"
    )

    _employer_known = models.Constraint(
        "CHECK (employer_id IS NOT NULL OR employer_name IS NOT NULL)",
        "Say where the person works or worked: choose a company or type its name.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_start IS NULL OR date_end IS NULL OR date_start <= date_end)",
        "A job can't end before it starts. Correct one of the two dates.",
    )

    @api.depends("employer_id.name")
    def _compute_employer_name(self):
        # the name stays when the company is deleted
        for job in self:
            job.employer_name = job.employer_id.name or job.employer_name

    def _compute_at_date(self):
        self.at_date = False

    @api.model
    def _search_at_date(self, operator, value):
        """Find the jobs that were held on a day; an open end counts as today's."""
        if operator != "in":
            return NotImplemented
        return Domain.OR(
            [
                "&",
                *("|", ("date_start", "=", False), ("date_start", "<=", day)),
                *("|", ("date_end", "=", False), ("date_end", ">=", day)),
            ]
            for day in value
            if day
        )

    @api.depends("employer_name", "function")
    def _compute_display_name(self):
        for job in self:
            names = filter(None, (job.function, job.employer_name))
            job.display_name = ", ".join(names)

    @api.constrains("partner_id")
    def _check_partner_id(self):
        for job in self:
            if not job.partner_id.is_contact_person:
                raise ValidationError(
                    self.env._(
                        "%s is a company, an address or a colleague. Only contact "
                        "persons have an employment history.",
                        job.partner_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_present_version(v) for v in vals_list])

    def write(self, vals):
        return super().write(self._with_present_version(vals))

    def _with_present_version(self, vals):
        """Return ``vals`` with the present version for any version of a person."""
        if not vals.get("partner_id"):
            return vals
        partner = self.env["res.partner"].browse(vals["partner_id"])
        return {**vals, "partner_id": partner._contact_present().id}

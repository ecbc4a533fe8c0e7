from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .ir_module_module import FIELD as MAILING_PURPOSE


class ContactConsentPurpose(models.Model):
    """What a person may be asked to agree to."""

    _name = "contact.consent.purpose"
    _inherit = "contact.translated.mixin"
    _description = "Consent Purpose"
    _order = "sequence, id"
    _rec_names_search = ("name", "code")

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        help="Suggested from the name: scripts and templates call the purpose by it.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    legal_basis = fields.Selection(
        [
            ("consent", "Consent"),
            ("contract", "Contract"),
            ("legal_obligation", "Legal obligation"),
            ("vital_interests", "Vital interests"),
            ("public_task", "Public task"),
            ("legitimate_interests", "Legitimate interests"),
        ],
        default="consent",
        required=True,
        help="Why the data may be processed, as article 6 of the GDPR names it.",
    )
    validity_months = fields.Integer(
        string="Valid for (months)",
        help="A consent expires this long after it was given. 0: it does not expire.",
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: all companies ask for it.",
    )
    text_ids = fields.One2many("contact.consent.text", "purpose_id", string="Wordings")
    text_id = fields.Many2one(
        "contact.consent.text",
        string="Present Wording",
        compute="_compute_text_id",
    )

    _code_unique = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))",
        "Another purpose has this code. Choose another one.",
    )
    _validity_positive = models.Constraint(
        "CHECK (validity_months >= 0)",
        "A consent can't expire before it is given. Type 0 or more months.",
    )

    @api.depends("text_ids.date_from", "text_ids.version")
    def _compute_text_id(self):
        today = fields.Date.context_today(self)
        for purpose in self:
            valid = purpose.text_ids.filtered(lambda t: t.date_from <= today)
            purpose.text_id = valid.sorted("version")[-1:]

    @api.onchange("name")
    def _onchange_name(self):
        if self.name and not self.code:
            self.code = self.env["ir.http"]._slugify(self.name)

    def write(self, vals):
        result = super().write(vals)
        if "validity_months" in vals:
            # A trigger of the database sets when the present consents expire.
            self.flush_recordset(["validity_months"])
            self.env["contact.consent.standing"].invalidate_model()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        consents = self.env["contact.consent"].sudo()
        if used := consents.search([("purpose_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "Decisions on %s have been recorded, so it can't be deleted. "
                    "Archive it instead.",
                    used.purpose_id.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_mails(self):
        name = "contact_purpose_id"
        for model, field in (
            ("mail.template", name),
            ("mail.message", name),
            ("mailing.mailing", MAILING_PURPOSE),
        ):
            if model not in self.env or field not in self.env[model]._fields:
                continue
            # Superuser: also what the user can't read keeps the purpose it asks for.
            users = self.env[model].sudo().with_context(active_test=False)
            if found := users.search([(field, "in", self.ids)], limit=1):
                raise UserError(
                    self.env._(
                        "Mails or templates are for the purpose %s, so it can't be "
                        "deleted. Archive it instead.",
                        found[field].name,
                    )
                )

    @api.model
    def _contact_by_code(self, code):
        """Return the purpose of this code, that of the own company first.

        :raise UserError: there is none
        """
        companies = Domain("company_id", "in", [self.env.company.id, False])
        found = self.with_context(active_test=False).search(
            Domain("code", "=", code) & companies
        )
        if not found:
            raise UserError(
                self.env._("There is no purpose with the code “%s”. Check it.", code)
            )
        return found.sorted(lambda purpose: not purpose.company_id)[0]

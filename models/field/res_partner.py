from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .field_access import is_closed

# A value that no client can put into its context.
LATER = object()


class ResPartner(models.Model):
    """Who sees an additional field, and what must be filled in."""

    _inherit = "res.partner"

    contact_currency_id = fields.Many2one(
        "res.currency",
        string="Currency of additional amounts",
        compute="_compute_contact_currency_id",
        compute_sudo=True,
        help="The currency of the contact's company, or of yours.",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_contact_currency_id(self):
        for partner in self:
            company = partner.company_id or self.env.company
            partner.contact_currency_id = company.currency_id

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._contact_without_defaults(vals) for vals in vals_list]
        self.env["contact.field"]._contact_check_values(self, vals_list)
        partners = super().create(vals_list)
        if not self.env.su and self.env.context.get("contact_required") is not LATER:
            partners._contact_check_required()
        return partners

    def write(self, vals):
        changed = set(vals)
        self.env["contact.field"]._contact_check_values(self, [vals])
        result = super().write(vals)
        if not self.env.su:
            self._contact_check_required(changed)
        self._contact_hand_to_leads(changed)
        return result

    @api.model
    def _contact_without_defaults(self, vals):
        """Return ``vals`` without the defaults for what is no contact person."""
        if not vals.get("is_company") and vals.get("type", "contact") == "contact":
            return vals
        definitions = self.env["contact.field"]._contact_definitions()
        names = [f["name"] for f in definitions if f["has_default"]]
        names = filter(self._contact_sees_field, names)
        return {**{n: False for n in names if n in self._fields}, **vals}

    # ------------------------------------------------------------
    # ACCESS
    # ------------------------------------------------------------

    def _has_field_access(self, field, operation):
        """Close an additional field on every way in to who is in none of its groups."""
        if is_closed(self.env, field):
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _contact_sees_field(self, name):
        return name not in self._fields or not is_closed(self.env, self._fields[name])

    @api.model
    def _contact_offers_field(self, name):
        """Tell whether the user may fill in a field that has a column.

        A link to records that he may not read would only end in an access error.
        """
        linked = self._fields[name].comodel_name
        return self._contact_sees_field(name) and (
            not linked or self.env[linked].has_access("read")
        )

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        found = super().fields_get(allfields, attributes)
        self.env["contact.field"]._contact_describe(found, attributes)
        return found

    # ------------------------------------------------------------
    # REQUIRED
    # ------------------------------------------------------------

    def _contact_check_required(self, changed=None):
        """Refuse a contact person without a required field.

        A contact from before the field was made stays editable: only what was changed,
        or what a condition asks for, is looked at.

        :param set[str] changed: the fields written; ``None`` looks at all
        :raise ValidationError: names the fields
        """
        for field in self.env["contact.field"]._contact_definitions():
            if not self._contact_is_asked(field, changed):
                continue
            # Superuser: the condition may ask for what the user does not see.
            partners = self.sudo().filtered("is_contact_person")
            if field["domain"]:
                partners = partners.filtered_domain(field["domain"])
            if not all(partner[field["name"]] for partner in partners):
                label = self._contact_label(field["name"])
                raise ValidationError(
                    self.env._("Fill in %(field)s, then save again.", field=label)
                )

    def _contact_is_asked(self, field, changed):
        name = field["name"]
        if not (field["active"] and field["required"] and name in self._fields):
            return False
        if self._fields[name].type in ("boolean", "integer", "float", "monetary"):
            return False  # no and zero are answers
        if not self._contact_offers_field(name):
            return False
        asks = {name, "is_company", "type"}
        asks |= {leaf[0] for leaf in field["domain"] if not isinstance(leaf, str)}
        return changed is None or bool(changed & asks)

    # ------------------------------------------------------------
    # MASTER DATA
    # ------------------------------------------------------------

    @api.model
    def _contact_set_master_data(self, field_names):
        """Keep the definitions in step with the rule, wherever it is changed."""
        result = super()._contact_set_master_data(field_names)
        # Superuser: the rule may be changed in the settings by another administrator.
        definitions = self.env["contact.field"].sudo()
        inside = definitions.search([("field_name", "in", field_names)])
        inside.filtered(lambda f: not f.is_master_data).is_master_data = True
        outside = definitions.search([("is_master_data", "=", True)]) - inside
        outside.is_master_data = False
        return result

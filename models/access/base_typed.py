import ast

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..linked import linked_id
from .apps import TYPED
from .base_search import each
from .res_partner import MANAGER

# What a user has of a contact that is no news.
_PLAIN = frozenset({"name", "active"})


class Base(models.AbstractModel):
    """What users type and Odoo applies for everybody tells nothing of contacts."""

    _inherit = "base"

    def _contact_checked(self, vals_list):
        for name, searched in TYPED.get(self._name, {}).items():
            for vals in vals_list:
                if not {name, searched}.isdisjoint(vals):
                    self._contact_check_typed(name, searched, vals)
        return super()._contact_checked(vals_list)

    def _contact_check_typed(self, name, searched, vals):
        """Refuse a domain by what contacts have to who may not see all of them."""
        if self.env.user.has_group(MANAGER):
            return
        if searched in self._fields:
            model = linked_id(self._contact_value(searched, vals))
            # Superuser: its name.
            searched = self.env["ir.model"].sudo().browse(model or ()).model
        if searched not in self.env:
            return
        domain = _parsed(self._contact_value(name, vals))
        if (
            domain is None
            or self.env[searched]._contact_reached(domain)
            or searched == "res.partner"
            and not domain.is_true()
        ):
            raise AccessError(
                self.env._(
                    "Only administrators of contacts can filter here by what contacts "
                    "have, as the filter is applied to all contacts, also to those "
                    "that you may not see. Leave that condition out, or ask one of "
                    "them to write the filter."
                )
            )

    @api.model
    def _contact_reached(self, domain):
        """Whether a domain asks what contacts have, beyond who they are."""
        return any(
            self._contact_reaches(condition) for condition in domain.iter_conditions()
        )

    def _contact_reaches(self, condition):
        name, _dot, rest = condition.field_expr.partition(".")
        field = self._fields.get(name)
        if field is None:
            return False
        # a user has the email, the address, the employer and the messages of a contact
        inherited = field.inherited and field.related.startswith("partner_id.")
        if inherited and name not in _PLAIN:
            return True
        if not field.relational:
            return self._contact_shown_of(field)
        person = field.comodel_name == "res.partner"
        inner = self._contact_inner(condition, rest)
        if inner is None:
            # a text is looked for in the email and the employer as well
            above = condition.operator in ("child_of", "parent_of")
            text = any(isinstance(one, str) for one in each(condition.value))
            return person and (above or text)
        return person or self.env[field.comodel_name]._contact_reached(inner)


class MailAlias(models.Model):
    """What arrives by mail is for no contact that who set the alias up may not see."""

    _inherit = "mail.alias"

    @api.model_create_multi
    def create(self, vals_list):
        aliases = super().create(vals_list)
        aliases._contact_check_defaults()
        return aliases

    def write(self, vals):
        result = super().write(vals)
        if not {"alias_defaults", "alias_model_id"}.isdisjoint(vals):
            self._contact_check_defaults()
        return result

    def _contact_check_defaults(self):
        # Odoo writes aliases as superuser, for the user
        user = self.env.user
        if user._is_superuser():
            return
        for alias in self.sudo():
            values = ast.literal_eval(alias.alias_defaults or "{}")
            model = alias.alias_model_id.model
            if values and model in self.env:
                records = self.env[model].sudo(False)
                records._contact_checked([values])
                # the lines, too, at any depth
                records._contact_check_form(values, values)


def _parsed(text):
    """Return the domain that a text is; what it computes as a value counts as None.

    :return: None for what computes the domain itself, and the domain of all for what
        is no expression, which Odoo refuses
    """
    try:
        expression = ast.parse(str(text or "[]").strip(), mode="eval").body
    except SyntaxError:
        return Domain.TRUE
    found = _literal(expression)
    try:
        return Domain(list(found)) if isinstance(found, list | tuple) else None
    except (TypeError, ValueError):
        return None


def _literal(node):
    if isinstance(node, ast.List | ast.Tuple):
        values = [_literal(one) for one in node.elts]
        return values if isinstance(node, ast.List) else tuple(values)
    return node.value if isinstance(node, ast.Constant) else None

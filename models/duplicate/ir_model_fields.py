from odoo import models
from odoo.exceptions import UserError

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG


class IrModelFields(models.Model):
    """A rule that lost one of its conditions would refuse more than it was made for."""

    _inherit = "ir.model.fields"

    def unlink(self):
        """Refuse to delete a field that a duplicate rule compares.

        :raise UserError: names the rules
        """
        if not self.env.context.get(MODULE_UNINSTALL_FLAG):
            self._contact_check_rules()
        return super().unlink()

    def _contact_check_rules(self):
        conditions = self._contact_duplicate_conditions()
        if not conditions:
            return
        raise UserError(
            self.env._(
                "%(fields)s can't be deleted, since duplicate rules compare it: "
                "%(rules)s. Take it out of these rules first.",
                fields=", ".join(conditions.field_id.mapped("field_description")),
                rules=", ".join(conditions.rule_id.mapped("name")),
            )
        )

    def _drop_column(self):
        """An app that is uninstalled takes its fields along: their rules go off.

        Here and not in ``unlink``, since stock adds fields that depend on these.
        """
        self._contact_release_rules()
        return super()._drop_column()

    def _contact_release_rules(self):
        """Switch off the rules that compare these fields, and take the fields out."""
        if conditions := self._contact_duplicate_conditions():
            conditions.rule_id.active = False
            conditions.unlink()
            # their own columns may be among those that go
            self.env["contact.duplicate.rule"].flush_model()

    def _contact_duplicate_conditions(self):
        # Superuser: who may delete a field need not be allowed to see the rules.
        conditions = self.env["contact.duplicate.condition"].sudo()
        return conditions.search([("field_id", "in", self.ids)])

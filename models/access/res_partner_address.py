from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _children_sync(self, values):
        """A company moves with all its people, whoever may see or edit them."""
        if self.env.su or values.keys().isdisjoint(self._address_fields()):
            return super()._children_sync(values)
        # What the user sees of the people is read anew before and after.
        self.invalidate_recordset(["child_ids"])
        # Superuser: as Odoo does it with the other fields that a company hands on.
        result = super(ResPartner, self.sudo())._children_sync(values)
        self.invalidate_recordset(["child_ids"])
        return result

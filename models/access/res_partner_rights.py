from odoo import models
from odoo.exceptions import AccessError

_POINTERS = {"display_name", "id", ".id"}


class ResPartner(models.Model):
    """Exporting and merging contacts are rights of their own."""

    _inherit = "res.partner"

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        # Leads, orders and the like export fields of their contacts by this, too; they
        # may export whom they concern.
        asked = {path[0] for path in fields if path}
        if _is_toplevel_call or not asked <= _POINTERS:
            self._contact_check_right("export")
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    def _contact_check_right(self, right):
        """Refuse what the user may not do with contact persons.

        Companies and addresses keep the rights of Odoo.

        :param str right: ``export`` or ``merge``
        :raise AccessError: names the right, and who can give it
        """
        group = f"contact_person.group_contact_{right}"
        if self.env.su or self.env.user.has_group(group):
            return
        if not any(self.mapped("is_contact_person")):
            return
        # Superuser: only the name, as it stands on the form of a user.
        privilege = self.env.ref(group).sudo().privilege_id
        raise AccessError(
            self.env._(
                "You need the right “%(right)s” for this. Ask an administrator to give "
                "it to you.",
                right=privilege.name,
            )
        )

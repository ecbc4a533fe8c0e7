from odoo import models

from .base_mailing import MAILING, SENDER

# Not touched by an update, see the purpose of a mailing.
FIELD_ID = "contact_person.mailing_mailing_field_contact_sender"


class IrModuleModule(models.Model):
    """Gives the mailings of Odoo's Email Marketing the user for whom they look."""

    _inherit = "ir.module.module"

    def _contact_extend_mailings(self):
        result = super()._contact_extend_mailings()
        if MAILING not in self.env:
            return result
        field = self.env["ir.model.fields"]._get(MAILING, SENDER)
        if not field:
            field = self._contact_mailing_add("ir.model.fields", FIELD_ID, _field_of)
        for lang, _name in self.env["res.lang"].get_installed():
            shown = field.with_context(lang=lang)
            self._contact_mailing_describe(
                shown,
                shown.env._("Contacts Seen By"),
                shown.env._(
                    "The mailing reaches only contacts that this user may see: the "
                    "last who chose to whom it goes, or launched it."
                ),
            )
        return result

    def _contact_mailing_ids(self):
        return [*super()._contact_mailing_ids(), FIELD_ID]


def _field_of(env):
    return {
        "model_id": env["ir.model"]._get_id(MAILING),
        "name": SENDER,
        "field_description": "Contacts Seen By",
        "ttype": "many2one",
        "relation": "res.users",
        "on_delete": "set null",
    }

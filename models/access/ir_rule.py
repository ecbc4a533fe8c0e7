from odoo import models


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """Leave the names of hidden contacts out of the message.

        In developer mode, which anybody may switch on, Odoo lists them.
        """
        if records._name != "res.partner":
            return super()._make_access_error(operation, records)
        names = {record.id: record.display_name for record in records[:6].sudo()}
        error = super()._make_access_error(operation, records)
        [text] = error.args
        for id_, name in names.items():
            text = text.replace(
                f", {name} (res.partner: {id_}", f" (res.partner: {id_}"
            )
        error.args = (text,)
        return error

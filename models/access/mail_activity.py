from odoo import models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def write(self, vals):
        """Ask for the document that an activity is moved to.

        It shows the name of the document and leaves a note there when it is done.
        """
        result = super().write(vals)
        if not self.env.su and not {"res_id", "res_model_id"}.isdisjoint(vals):
            for activity in self.filtered("res_model"):
                document = self.env[activity.res_model].browse(activity.res_id)
                document.check_access("read")
        return result

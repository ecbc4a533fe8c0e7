from odoo import models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def write(self, vals):
        """Ask for the document that an activity is moved to.

        It shows the name of the document and leaves a note there when it is done.
        """
        result = super().write(vals)
        if not self.env.su and not {"res_id", "res_model", "res_model_id"}.isdisjoint(
            vals
        ):
            for model, activities in self.grouped("res_model").items():
                if model:
                    documents = self.env[model].browse(activities.mapped("res_id"))
                    documents.check_access("read")
        return result

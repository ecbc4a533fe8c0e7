from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """Print documents of hidden customers, with the files that Odoo puts into them.

        The electronic quotation reads more of the customer than the printed one.
        """
        printing = self
        report = self._get_report(report_ref)
        if not self.env.su and res_ids and report.model in self.env:
            documents = self.env[report.model].browse(res_ids)
            if documents._contact_people()._contact_hidden():
                documents.check_access("read")
                # Superuser: what a document has on it is for whoever may read it.
                printing = self.sudo()
        render = super(IrActionsReport, printing)._pre_render_qweb_pdf
        return render(report_ref, res_ids=res_ids, data=data)

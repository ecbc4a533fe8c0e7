from odoo import api, models


class ReportContactConsents(models.AbstractModel):
    """The pdf of what a person agreed to, for a request of that person."""

    _name = "report.contact_person.report_contact_consents"
    _description = "Consent Report"

    @api.model
    def _get_report_values(self, docids, data=None):
        # Asked for as the user, whoever renders the report.
        contacts = self.env["res.partner"].sudo(False).browse(docids)
        contacts._contact_check_consent_report()
        return {"doc_ids": docids, "doc_model": "res.partner", "docs": contacts}

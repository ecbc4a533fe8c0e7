from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ConsentReport(http.Controller):
    """The consent report of a contact as a workbook."""

    @http.route(
        "/contact_person/consents/<int:partner_id>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def xlsx(self, partner_id):
        """Send the workbook; refused like the contact itself."""
        contact = request.env["res.partner"].browse(partner_id).exists()
        if not contact:
            raise request.not_found()
        contact.check_access("read")
        contact = contact.with_context(lang=contact.lang or request.env.lang)
        name = f"{contact._contact_consent_report_name()}.xlsx"
        return request.make_response(
            contact._contact_consent_workbook(),
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )

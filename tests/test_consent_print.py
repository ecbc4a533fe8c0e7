import io
from unittest.mock import patch

from pypdf import PdfReader

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_actions_report import IrActionsReport

from .test_consents import ConsentCase

REPORT = "contact_person.report_contact_consents"
LOGGER = "odoo.addons.base.models.ir_actions_report"


@tagged("post_install", "-at_install")
class TestConsentPrint(ConsentCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.report = self.env["ir.actions.report"]

    # Debian's wkhtmltopdf warns of the headers that it leaves out.
    @mute_logger(LOGGER)
    def test_a_pdf_holds_every_decision(self):
        if self.report.get_wkhtmltopdf_state() != "ok":
            # Not there, and no app needs it; the test below has the way round it.
            return
        self.say(note="At a fair")
        for _number in range(8):
            self.say(False)
            self.say()
        report = self.report.with_context(force_report_rendering=True)
        data, kind = report._render_qweb_pdf(REPORT, self.anna.ids)
        self.assertEqual(kind, "pdf")
        # Some builds draw the letters, so the words can't be read: two or three
        # decisions fill a page.
        self.assertGreater(len(PdfReader(io.BytesIO(data)).pages), 2)

    def test_without_the_tool_the_report_is_shown_on_the_page(self):
        contact = self.Partner.create(
            {"name": "Amalie Tourholm", "email": "amalie@tourwind.example"}
        )
        self.say(contact=contact)
        action = "contact_person.res_partner_action"
        missing = patch.object(
            IrActionsReport, "get_wkhtmltopdf_state", return_value="install"
        )
        with missing:
            self.start_tour(
                f"/odoo/action-{action}/{contact.id}",
                "contact_person_consent_print",
                login="admin",
            )

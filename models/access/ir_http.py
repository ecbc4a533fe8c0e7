from werkzeug.exceptions import BadRequest

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _auth_method_calendar(cls):
        """Tell who opens the invitation of another whose it is, without the address."""
        try:
            return super()._auth_method_calendar()
        except BadRequest as refusal:
            # Superuser: the request has no user yet.
            attendees = request.env["calendar.attendee"].sudo()
            token = request.httprequest.args.get("token", "")
            attendee = attendees.search([("access_token", "=", token)], limit=1)
            if not attendee.email or attendee._contact_told_email():
                raise
            told = refusal.description.replace(attendee.email, attendee.common_name)
            raise BadRequest(told) from None

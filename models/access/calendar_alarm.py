from odoo import api, models
from odoo.exceptions import ValidationError


class CalendarAlarm(models.Model):
    _inherit = "calendar.alarm"

    @api.constrains("mail_template_id")
    def _check_contact_template(self):
        """Refuse templates for contacts: a reminder is about an attendee.

        Odoo sends it as superuser, and would write it about whatever contact has the
        number of the attendee.
        """
        for alarm in self:
            if alarm.mail_template_id.model == "res.partner":
                raise ValidationError(
                    self.env._(
                        "The template “%s” is for contacts. Choose one for the "
                        "attendees of a meeting.",
                        alarm.mail_template_id.name,
                    )
                )

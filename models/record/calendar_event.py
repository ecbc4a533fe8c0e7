from odoo import api, models


class CalendarEvent(models.Model):
    """A meeting or a visit is where one meets new people."""

    _inherit = "calendar.event"

    def action_contact_add(self):
        """Open an empty contact that becomes an attendee when it is saved."""
        self.ensure_one()
        lead = self.opportunity_id
        customer = lead.partner_id.commercial_partner_id
        defaults = {
            "default_parent_id": customer.is_company and customer.id,
            "contact_add_to_event": self.id,
            "contact_add_to_lead": lead.id,
        }
        partners = self.env["res.partner"]
        return {**partners._contact_new_form(defaults), "target": "new"}


class CalendarEventType(models.Model):
    _inherit = "calendar.event.type"

    @api.model
    def _contact_ensure_visit(self):
        """Have a type "Visit"; the names of types are unique and it may be there.

        One that is made here is the addon's and goes with it.
        """
        if self.search_count([("name", "=ilike", "visit")], limit=1):
            return
        self.env["ir.model.data"].create(
            {
                "module": "contact_person",
                "name": "calendar_event_type_visit",
                "model": self._name,
                "res_id": self.create({"name": "Visit"}).id,
                "noupdate": True,
            }
        )

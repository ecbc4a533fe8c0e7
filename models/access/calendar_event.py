from odoo import api, models
from odoo.fields import Command

from ..linked import linked_id

# What Odoo reads of the attendees of a meeting that is being planned.
_ASKED = ("active", "email", "user_ids")
# What an attendee shows of a contact, besides his name.
_SHOWN = ("email", "phone")
# To these nobody links a customer whom he may not see; an attendee's phone is shown.
_GUARDED = ("crm.lead", "sale.order")


class CalendarEvent(models.Model):
    """Meetings with a customer whom the organiser may not read."""

    _inherit = "calendar.event"

    def onchange(self, values, field_names, fields_spec):
        hidden = self._contact_concerned(values)._contact_hidden()
        hidden._contact_lend(*_ASKED)
        named = hidden._contact_name_in(self)
        spec = hidden._contact_without_lines(fields_spec)
        answer = super(CalendarEvent, named).onchange(values, field_names, spec)
        return hidden._contact_fill_lines(answer, fields_spec)

    def web_read(self, specification):
        """Show hidden attendees by name in the form of a meeting."""
        if len(self) != 1 or "partner_ids" not in specification:
            return super().web_read(specification)
        everybody = self._contact_attendees()
        hidden = everybody._contact_hidden()
        if not hidden:
            return super().web_read(specification)
        self.check_access("read")
        hidden._contact_lend(*_ASKED)
        named = hidden._contact_name_in(self)
        named._update_cache({"partner_ids": [Command.set(everybody.ids)]})
        return super(CalendarEvent, named).web_read(specification)

    def action_open_composer(self):
        """Write to all attendees, hidden or not."""
        action = super().action_open_composer()
        everybody = self._contact_attendees()
        return {
            **action,
            "context": {**action["context"], "default_partner_ids": everybody.ids},
        }

    @api.model
    def _prepare_partner_contact_details_html(self, section_title, partner):
        """Name a hidden attendee in the description, without email and phone."""
        prepare = super()._prepare_partner_contact_details_html
        if not partner._contact_hidden():
            return prepare(section_title, partner)
        # Superuser: the name, as the list of the attendees shows it.
        named = self.env["res.partner"].new({"name": partner.sudo().display_name})
        return prepare(section_title, named)

    def _contact_concerned(self, values=(), new=()):
        """Return attendees, and whom the documents of the meeting concern.

        :param dict values: of a meeting that is being planned
        :param new: ids of attendees that do not count
        """
        values, context = dict(values), self.env.context
        lead = linked_id(values.get("opportunity_id")) or self.opportunity_id.id
        lead = lead or linked_id(context.get("default_opportunity_id"))
        model = values.get("res_model") or self.res_model
        model = model or context.get("default_res_model")
        document = linked_id(values.get("res_id")) or self.res_id
        document = document or linked_id(context.get("default_res_id"))
        partners = self.env["res.partner"]
        people = self._contact_attendees(new)
        people |= partners._contact_concerned_by("crm.lead", lead)
        if model in _GUARDED:
            people |= partners._contact_concerned_by(model, document)
        return people

    def _contact_lent(self, values):
        return super()._contact_lent(values) | self._contact_concerned(values)

    def _contact_attendees(self, new=()):
        """Return who attends these meetings, or one of the same series.

        :param new: attendees that do not count
        """
        # Superuser: a user may see the attendees of a meeting that he may read.
        events = self._origin.sudo().with_context(prefetch_fields=False)
        events |= events.recurrence_id.calendar_event_ids
        rows = events.attendee_ids.filtered(lambda row: row.id not in new)
        return rows.partner_id.with_env(self.env)


class CalendarAttendee(models.Model):
    _inherit = "calendar.attendee"

    def _contact_lent(self, values):
        event = linked_id(self._contact_value("event_id", values))
        event = self.env["calendar.event"].browse(event or ())
        return super()._contact_lent(values) | event._contact_concerned(new=self.ids)

    def write(self, vals):
        result = super().write(vals)
        if "event_id" in vals:
            self._contact_check()
        return result

    def _contact_check(self):
        """Refuse hidden attendees whom the documents of the meeting don't concern.

        An attendee is shown with email and phone.
        """
        hidden = self.partner_id._contact_hidden()
        for attendee in self.filtered(lambda row: row.partner_id in hidden):
            if attendee.partner_id not in attendee.event_id._contact_concerned(
                new=self.ids
            ):
                attendee.partner_id.check_access("read")

    def _read_format(self, fnames, load="_classic_read"):
        """Show hidden attendees of meetings of others by name only."""
        rows = super()._read_format(fnames, load)
        shown = set(_SHOWN).intersection(fnames)
        masked = set(self._contact_masked_rows().ids) if shown else ()
        for row in rows:
            if row["id"] in masked:
                row.update(dict.fromkeys(shown, False))
        return rows

    def _export_rows(self, fields, **kwargs):
        """Export of hidden attendees what a list shows of them."""
        masked = self._contact_masked_rows()
        for name in _SHOWN:
            masked._fields[name]._update_cache(masked, False)
        rows = super()._export_rows(fields, **kwargs)
        masked.invalidate_recordset(_SHOWN)
        return rows

    def _contact_masked_rows(self):
        """Return the hidden ones of these, in meetings that the user is not part of."""
        if self.env.su:
            return self.browse()
        # Superuser: who is shown what is no news to the user.
        me, attendees = self.env.user, self.sudo()
        others = attendees.filtered(
            lambda row: (
                row.event_id.user_id != me
                and me.partner_id not in row.event_id.attendee_ids.partner_id
            )
        ).with_env(self.env)
        hidden = others.sudo().partner_id.with_env(self.env)._contact_hidden()
        return others.filtered(lambda row: row.partner_id in hidden)

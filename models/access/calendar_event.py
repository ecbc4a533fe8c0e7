from odoo import api, models
from odoo.fields import Command

from ..linked import linked_id
from .res_partner import AccessGrant

# What Odoo reads of the attendees of a meeting that is being planned.
_ASKED = ("active", "email", "user_ids")
# To these nobody links a customer whom he may not see; an attendee is written to.
_GUARDED = ("crm.lead", "sale.order")


class CalendarEvent(models.Model):
    """Meetings with a customer whom the organiser may not read."""

    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        linked = self._contact_linking(vals_list)
        return super(CalendarEvent, linked).create(vals_list).with_env(self.env)

    def write(self, vals):
        result = super(CalendarEvent, self._contact_linking([vals])).write(vals)
        gone = [
            command
            for command in vals.get("partner_ids") or ()
            if not isinstance(command, int) and command[0] == Command.UNLINK
        ]
        if gone and not self.env.su:
            # Superuser: Odoo takes away only those that the user may read.
            everybody = self.sudo().with_context(prefetch_fields=False)
            everybody.invalidate_recordset(["partner_ids"])
            hidden = everybody.partner_ids.with_env(self.env)._contact_hidden().ids
            gone = [command for command in gone if command[1] in hidden]
            if gone:
                super(CalendarEvent, everybody).write({"partner_ids": gone})
                everybody.invalidate_recordset(["partner_ids"])
        return result

    def _compute_attendees_count(self):
        # Superuser: a number, by which Odoo asks before a meeting is deleted.
        return super(CalendarEvent, self.sudo())._compute_attendees_count()

    def copy(self, default=None):
        """Invite the hidden customer again, if the copy is about him as well."""
        copies = super().copy(default)
        for event, copied in zip(self, copies, strict=True):
            people = event._contact_attendees() & copied._contact_concerned()
            if hidden := people._contact_hidden():
                links = [Command.link(id_) for id_ in hidden.ids]
                copied.write({"partner_ids": links})
        return copies

    def copy_data(self, default=None):
        """Keep the hidden customer in the meetings of a series that are made anew."""
        rows = super().copy_data(default)
        if "partner_ids" in (default or {}):
            return rows
        hidden = self._contact_attendees()._contact_hidden()
        for event, row in zip(self, rows, strict=True) if hidden else ():
            kept = hidden & event._contact_attendees()
            kept &= self.browse()._contact_concerned(row)
            links = [Command.link(id_) for id_ in kept.ids]
            row["partner_ids"] = [*row.get("partner_ids", ()), *links]
        return rows

    def _contact_linking(self, vals_list):
        """Let hidden contacts be invited whom the documents of the meeting concern.

        Odoo asks whether the user may read them; who else is named is refused by that.
        """
        asked = [vals["partner_ids"] for vals in vals_list if vals.get("partner_ids")]
        partners = self.env["res.partner"]
        if self.env.su or not any(
            partners._contact_part_closed(one)[1] for one in asked
        ):
            return self
        concerned = (
            set(event._contact_concerned(vals)._contact_hidden().ids)
            for vals in vals_list
            for event in list(self) or [self]
        )
        granted = AccessGrant(set.intersection(*concerned))
        return self.with_context(contact_linked=granted)

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
        """Name an attendee in the description, without email and phone.

        Whoever reads the meeting reads those, so of those only who is open to all.
        """
        prepare = super()._prepare_partner_contact_details_html
        # Superuser: the name, as the list of the attendees shows it.
        known = partner.sudo().with_context(prefetch_fields=False)
        if not known or known._contact_is_open("read"):
            return prepare(section_title, partner)
        named = self.env["res.partner"].new({"name": known.name})
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
    """Attendees whom who plans or reads the meeting may not read."""

    _inherit = "calendar.attendee"

    def _has_field_access(self, field, operation):
        """Keep the key to an invitation for the mail to who is invited.

        Who has it answers in his name.
        """
        if field.name == "access_token" and not self.env.su:
            inviting = self.env.context.get("contact_inviting")
            if not isinstance(inviting, AccessGrant) and not self.env.is_system():
                return False
        return super()._has_field_access(field, operation)

    def _notify_attendees(self, mail_template, *args, **kwargs):
        inviting = mail_template.with_context(contact_inviting=AccessGrant(()))
        return super()._notify_attendees(inviting, *args, **kwargs)

    def _contact_told_email(self):
        """Return the address for the page of an invitation, False if it is hidden.

        Who wrote the invitation has the key to that page, too.
        """
        return self.partner_id._contact_is_everyones() and self.email

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

        An attendee is written to.
        """
        hidden = self.partner_id._contact_hidden()
        for attendee in self.filtered(lambda row: row.partner_id in hidden):
            if attendee.partner_id not in attendee.event_id._contact_concerned(
                new=self.ids
            ):
                attendee.partner_id.check_access("read")


class CalendarPopoverDeleteWizard(models.TransientModel):
    _inherit = "calendar.popover.delete.wizard"

    def _compute_recipient_ids(self):
        """Show those whom the user may read; the mail goes to all."""
        for wizard in self:
            event = wizard.calendar_event_id._origin
            people = event.partner_id | event.attendee_ids.partner_id
            wizard.recipient_ids = people._contact_seen()

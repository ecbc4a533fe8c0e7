from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .access_tokens import renewed_once
from .chatter import follow, note_owners
from .res_partner_transfer import QUIET

UNDO_HOURS = 24


class ContactTransferLog(models.Model):
    """The journal of a transfer of contacts, from which it can be undone for a day."""

    _name = "contact.transfer.log"
    _description = "Transfer of Contacts"
    _order = "id desc"

    user_id = fields.Many2one("res.users", string="New Owner", required=True)
    old_user_ids = fields.Many2many(
        "res.users", string="Former Owners", context={"active_test": False}
    )
    keep_member = fields.Selection(
        [
            ("no", "No"),
            ("read", "Yes, may read"),
            ("write", "Yes, may read and edit"),
        ],
        string="Former Owner Stays a Member",
        required=True,
    )
    note = fields.Text()
    line_ids = fields.One2many("contact.transfer.log.line", "log_id")
    contact_line_ids = fields.One2many(
        "contact.transfer.log.line",
        "log_id",
        string="Contacts",
        domain=[("partner_id", "!=", False)],
    )
    contact_count = fields.Integer(string="Contacts Transferred")
    lead_count = fields.Integer(string="Opportunities Transferred")
    activity_count = fields.Integer(string="Activities Transferred")
    undo_date = fields.Datetime(string="Undone On")
    undo_uid = fields.Many2one("res.users", string="Undone By")
    can_undo = fields.Boolean(compute="_compute_can_undo")

    @api.depends("undo_date")
    @api.depends_context("uid")
    def _compute_can_undo(self):
        for log in self:
            log.can_undo = log._may_undo() and not log._undo_problem()

    @api.depends("create_date", "user_id")
    def _compute_display_name(self):
        for log in self:
            log.display_name = self.env._(
                "To %(user)s: %(count)s",
                count=log.contact_count,
                user=log.user_id.name,
            )

    # ------------------------------------------------------------
    # TRANSFER
    # ------------------------------------------------------------

    def _note_contacts(self, contacts):
        """Write down who owns these contacts and what the two owners are as members.

        By one statement, since nothing but the lines of a new journal changes.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO contact_transfer_log_line
                    (log_id, partner_id, old_user_id, old_access, new_access)
                SELECT %(log)s, contact.id, contact.user_id, old.access, new.access
                  FROM res_partner AS contact
                  LEFT JOIN contact_team_member AS old
                    ON old.partner_id = contact.id AND old.user_id = contact.user_id
                  LEFT JOIN contact_team_member AS new
                    ON new.partner_id = contact.id AND new.user_id = %(user)s
                 WHERE contact.id = ANY(%(contacts)s)
                 ORDER BY contact.id
                """,
                log=self.id,
                user=self.user_id.id,
                contacts=contacts.ids,
            )
        )
        self.invalidate_recordset(["line_ids", "contact_line_ids"], flush=False)
        # a person counts once, with the records of former jobs that go along
        persons = contacts.filtered(lambda one: one.contact_current_id not in contacts)
        self.contact_count = len(persons)
        self.old_user_ids = contacts.user_id

    def _note_leads(self, leads):
        self.line_ids.create(
            [
                {
                    "log_id": self.id,
                    "lead_id": lead.id,
                    "old_user_id": lead.user_id.id,
                    "old_team_id": lead.team_id.id,
                }
                for lead in leads
            ]
        )
        self.lead_count = len(leads)

    def _note_activities(self, activities):
        self.line_ids.create(
            [
                {
                    "log_id": self.id,
                    "activity_id": activity.id,
                    "old_user_id": activity.user_id.id,
                }
                for activity in activities
            ]
        )
        self.activity_count = len(activities)

    def _apply(self):
        """Give what has been written down to the new owner."""
        lines, new = self._lines(), self.user_id
        contact_lines = lines.filtered("partner_id")
        contacts = contact_lines.partner_id
        # members first: the write of the owner looks at them
        with renewed_once(self.env):
            contacts._contact_set_members(self._members_wanted(contact_lines))
            contacts.write({"user_id": new.id})
        left = {}
        if self.keep_member == "no":
            left = contact_lines.grouped("old_user_id")
            left = {old: group.partner_id for old, group in left.items()}
        contacts._contact_follow_owner(new, left)
        self._move_leads(lines.lead_id)
        lines.activity_id.write({"user_id": new.id})

    def _lines(self):
        """Return the lines, still read together when the cache has been emptied."""
        return self.line_ids.browse(self.line_ids.ids)

    def _members_wanted(self, lines):
        """Return what the teams become, as ``_contact_set_members`` takes it.

        A colleague who has left does not become a member, and a company has no team.
        """
        keep = self.keep_member if self.keep_member != "no" else False
        wanted = {}
        for line in lines:
            contact, old = line.partner_id, line.old_user_id
            if old:
                stays = keep if old.active and contact.is_contact_person else False
                wanted[contact.id, old.id] = stays
            wanted[contact.id, self.user_id.id] = False
        return wanted

    def _move_leads(self, leads):
        """Give opportunities to the new owner, with a sales team that fits.

        The team is chosen once for all that have the same one; Odoo asks for each.
        """
        new, teams = self.user_id, self.env["crm.team"]
        groups = leads.grouped(lambda lead: (lead.team_id, lead.type))
        for (team, kind), group in groups.items():
            if new not in team.member_ids | team.user_id:
                uses = "use_leads" if kind == "lead" else "use_opportunities"
                # an archived team is none for new work
                present = teams.with_context(active_test=True)
                team = present._get_default_team_id(new.id, [(uses, "=", True)])
            group.write({"user_id": new.id, "team_id": team.id})
        if leads:
            follow(leads, new)

    def _note_owners(self):
        """Write a line into the chatter of everything that got another owner."""
        lines = self._lines()
        owners = {x.partner_id: x.old_user_id for x in lines if x.partner_id}
        lines.partner_id._contact_note_owner(owners, self.note)
        groups = lines.filtered("lead_id").grouped("old_user_id")
        note_owners(
            [
                (group.lead_id, old, self.user_id, Markup())
                for old, group in groups.items()
            ]
        )

    def _notify_new_owner(self):
        """Tell the new owner of all that came, by one message and not by thousands."""
        self.ensure_one()
        log = self.with_context(lang=self.user_id.lang)
        texts = {
            "user": self.env.user.name,
            "contacts": self.contact_count,
            "leads": self.lead_count,
            "activities": self.activity_count,
        }
        lines = [
            log.env._("%(user)s transferred contacts to you: %(contacts)s.", **texts),
        ]
        if self.lead_count or self.activity_count:
            lines.append(
                log.env._(
                    "Open opportunities that came along: %(leads)s. Open activities: "
                    "%(activities)s.",
                    **texts,
                )
            )
        if self.note:
            lines.append(self.note)
        body = Markup().join(Markup("<p>%s</p>") % line for line in lines)
        body += Markup('<p><a href="%s">%s</a></p>') % (
            self.get_base_url() + self._url(),
            log.env._("Show the contacts"),
        )
        log.env["mail.thread"].message_notify(
            partner_ids=self.user_id.partner_id.ids,
            author_id=self.env.user.partner_id.id,
            subject=log.env._("Contacts that are yours now: %s", self.contact_count),
            body=body,
            email_layout_xmlid="mail.mail_notification_layout",
        )

    def _url(self):
        """Return the path of the page that shows this transfer."""
        return f"/odoo/action-contact_person.contact_transfer_log_action/{self.id}"

    # ------------------------------------------------------------
    # UNDO
    # ------------------------------------------------------------

    def _may_undo(self):
        user = self.env.user
        if user.has_group("contact_person.group_contact_manager"):
            return True
        right = user.has_group("contact_person.group_contact_transfer")
        return right and self.create_uid == user

    def _undo_problem(self):
        """Return why this transfer can't be undone, or ``None``."""
        if self.undo_date:
            return self.env._("This transfer has been undone already.")
        if self.create_date < fields.Datetime.now() - timedelta(hours=UNDO_HOURS):
            return self.env._(
                "A transfer can be undone for %s hours, and this one is older. "
                "Transfer the contacts back instead.",
                UNDO_HOURS,
            )
        return None

    def action_undo(self):
        """Put back owners, members, opportunities and activities.

        What has got another owner since the transfer stays as it is and is counted.

        :raise AccessError: somebody else made the transfer, and the user is no
            administrator of contacts
        :raise UserError: it is older than a day, or has been undone
        """
        self.ensure_one()
        self.check_access("read")
        if not self._may_undo():
            raise AccessError(
                self.env._(
                    "Only who made a transfer, or an administrator of contacts, may "
                    "undo it. Ask one of them."
                )
            )
        self._lock()
        if problem := self._undo_problem():
            raise UserError(problem)
        # Superuser: who gave the contacts away may not see them any more.
        log = self.sudo().with_context(**QUIET)
        lines = log._lines()
        lines.partner_id._contact_lock_owner()
        kept = sum(
            (
                log._undo_contacts(lines.filtered("partner_id")),
                log._undo_leads(lines.filtered("lead_id")),
                log._undo_activities(lines.filtered("activity_id")),
            )
        )
        log.write({"undo_date": fields.Datetime.now(), "undo_uid": self.env.uid})
        return self._undo_report(kept)

    def _lock(self):
        """Of two who undo the same transfer the second waits and then fails."""
        self.env.cr.execute(
            SQL(
                "SELECT id FROM contact_transfer_log WHERE id = %s FOR UPDATE", self.id
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset(["undo_date"])

    def _undo_contacts(self, lines):
        """Put the owners and members of contacts back; return how many stay."""
        new = self.user_id
        back = lines.filtered(
            lambda line: (
                line.partner_id.user_id == new and not line.partner_id.contact_void_date
            )
        )
        contacts, owners = back.partner_id, back.grouped("old_user_id")
        with renewed_once(self.env):
            contacts._contact_set_members(self._members_before(back))
            for old, group in owners.items():
                group.partner_id.write({"user_id": old.id})
        for old, group in owners.items():
            group.partner_id._contact_follow_owner(old, {new: group.partner_id})
        owners = dict.fromkeys(contacts, new)
        contacts._contact_note_owner(owners, self.env._("The transfer was undone."))
        return len(lines) - len(back)

    def _members_before(self, lines):
        """Return what the teams were, where nobody has changed them since."""
        given, wanted = self._members_wanted(lines), {}
        members = {
            (row.partner_id.id, row.user_id.id): row.access
            for row in lines.partner_id.contact_member_ids
        }
        for line in lines:
            for user, access in (
                (line.old_user_id.id, line.old_access),
                (self.user_id.id, line.new_access),
            ):
                key = line.partner_id.id, user
                if user and members.get(key, False) == given[key]:
                    wanted[key] = access or False
        return wanted

    def _undo_leads(self, lines):
        back = lines.filtered(lambda line: line.lead_id.user_id == self.user_id)
        groups = back.grouped(lambda line: (line.old_user_id, line.old_team_id))
        for (old, team), group in groups.items():
            group.lead_id.write({"user_id": old.id, "team_id": team.id})
        note_owners(
            [
                (group.lead_id, self.user_id, old, Markup())
                for (old, _team), group in groups.items()
            ]
        )
        return len(lines) - len(back)

    def _undo_activities(self, lines):
        back = lines.filtered(
            lambda line: (
                line.activity_id.active and line.activity_id.user_id == self.user_id
            )
        )
        for old, group in back.grouped("old_user_id").items():
            group.activity_id.write({"user_id": old.id})
        return len(lines) - len(back)

    def _undo_report(self, kept):
        message = self.env._("The transfer was undone.")
        if kept:
            message += " " + self.env._(
                "Changed since and therefore left as they are: %s.", kept
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if kept else "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_open_contacts(self):
        """Open the list of the contacts of this transfer that the user may read."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "res.partner",
            "domain": [("contact_transfer_line_ids.log_id", "=", self.id)],
            "views": [
                (self.env.ref("contact_person.res_partner_view_list").id, "list"),
                (False, "form"),
            ],
            "search_view_id": self.env.ref("contact_person.res_partner_view_search").id,
            "context": {"active_test": False},
        }

from markupsafe import Markup

from odoo import fields, models
from odoo.tools import SQL

from .chatter import follow, note_owners, unfollow

# Odoo's own way posts and mails for each record; a transfer notes and mails once.
QUIET = {
    "tracking_disable": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_activity_quick_update": True,
    "active_test": False,
}


class ResPartner(models.Model):
    """Handing contacts over to another owner, by set."""

    _inherit = "res.partner"

    contact_transfer_line_ids = fields.One2many(
        "contact.transfer.log.line",
        "partner_id",
        string="Transfers",
        groups="contact_person.group_contact_user",
    )

    def action_contact_transfer(self):
        """Open the wizard that transfers these contacts to another owner."""
        return self._contact_open_wizard("contact.transfer", self.env._("Transfer"))

    def _contact_lock_owner(self):
        """The second of two users who transfer the same contacts waits and then fails.

        Its request is run again by Odoo and finds the new owners.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM res_partner WHERE id = ANY(%s) ORDER BY id"
                " FOR NO KEY UPDATE",
                self.ids,
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset(["user_id"])

    def _contact_transfer(self, user, keep_member="no", leads=False, activities=False):
        """Make ``user`` the owner of these contacts.

        The records of former jobs go along where they had the same owner. The caller
        has checked the rights to the contacts and that they are not voided.

        :param user: the new owner, ``res.users``
        :param keep_member: ``no``, ``read`` or ``write``: the former owner's access
        :param leads: whether open opportunities of the former owner go along
        :param activities: whether open activities of the former owner go along
        :return: the journal of it, ``contact.transfer.log``
        """
        # Superuser: who hands a contact over loses the access to it while it is
        # written, and what hangs on it must not depend on the rights to each piece.
        contacts = self.sudo().with_context(**QUIET)
        contacts |= contacts.contact_former_ids.filtered(
            lambda former: (
                not former.contact_void_date
                and former.company_id <= user.company_ids
                and former.user_id == former.contact_current_id.user_id
            )
        )
        found_leads = contacts._contact_open_leads(user) if leads else None
        log = contacts.env["contact.transfer.log"].create(
            # no lines by a user's own default
            {
                "user_id": user.id,
                "keep_member": keep_member,
                "line_ids": [],
                "contact_line_ids": [],
            }
        )
        log._note_contacts(contacts)
        log._note_leads(found_leads or contacts.env["crm.lead"])
        if activities:
            log._note_activities(contacts._contact_open_activities(found_leads))
        log._apply()
        return log

    def _contact_open_leads(self, user):
        """Return the open opportunities of these contacts that their owners have.

        Those of a company to which the new owner has no access stay.
        """
        leads = self.env["crm.lead"].search(
            [
                ("partner_id", "in", self.ids),
                ("user_id", "in", self.user_id.ids),
                ("active", "=", True),
                ("won_status", "=", "pending"),
            ]
        )
        return leads.filtered(
            lambda lead: (
                lead.user_id == lead.partner_id.user_id
                and lead.company_id <= user.company_ids
            )
        )

    def _contact_open_activities(self, leads):
        """Return the open activities that the owners of these contacts have on them.

        :param leads: opportunities that go along with their activities, or ``None``
        """
        activities = self.env["mail.activity"]
        for records in (self, leads):
            if not records:
                continue
            owners = {record.id: record.user_id for record in records}
            found = activities.search(
                [
                    ("res_model", "=", records._name),
                    ("res_id", "in", records.ids),
                    ("user_id", "in", records.user_id.ids),
                    ("active", "=", True),
                ]
            )
            activities |= found.filtered(lambda a, o=owners: a.user_id == o[a.res_id])
        return activities

    def _contact_note_owner(self, owners, note=False):
        """Note in each chatter who owned these contacts and who owns them now.

        :param dict owners: the former owner of each contact, ``res.users``
        :param str note: what the user wrote about the transfer
        """
        fresh = self.browse(self.ids)  # to be read together, whatever was forgotten
        groups = fresh.grouped(lambda contact: (owners[contact], contact.user_id))
        note_owners(
            [
                (contacts, old, new, self._contact_owner_note(old, new, note))
                for (old, new), contacts in groups.items()
            ]
        )

    def _contact_owner_note(self, old, new, note):
        body = Markup("<p>%s</p>") % self.env._(
            "Transferred from %(old)s to %(new)s.",
            old=old.name or self.env._("nobody"),
            new=new.name or self.env._("nobody"),
        )
        return body + Markup("<p>%s</p>") % note if note else body

    def _contact_follow_owner(self, user, left):
        """Have ``user`` follow these contacts, and those in ``left`` no more.

        :param left: ``{res.users: res.partner}``: who lost which contact
        """
        for old, contacts in left.items():
            if old and contacts:
                unfollow(contacts, old)
        if self and user.active:
            follow(self, user)

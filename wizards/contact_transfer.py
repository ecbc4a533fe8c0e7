from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list

from .selection import selected

# So many names are shown; the rest is counted.
NAMES = 5


class ContactTransfer(models.TransientModel):
    """Hands one or thousands of contacts over to another owner.

    What is done is in ``res.partner._contact_transfer``; here are the user's choices
    and what may not be transferred.
    """

    _name = "contact.transfer"
    _description = "Transfer Contacts"

    partner_ids = fields.Many2many(
        "res.partner",
        string="Contacts",
        required=True,
        default=lambda self: selected(self.env["res.partner"]),
        context={"active_test": False},
    )
    user_id = fields.Many2one(
        "res.users",
        string="New Owner",
        domain=lambda self: [
            ("share", "=", False),
            (
                "all_group_ids",
                "in",
                self.env.ref("contact_person.group_contact_user").ids,
            ),
        ],
    )
    keep_member = fields.Selection(
        [
            ("no", "No"),
            ("read", "Yes, may read"),
            ("write", "Yes, may read and edit"),
        ],
        string="The former owner stays a member",
        required=True,
        default="no",
    )
    move_opportunities = fields.Boolean(
        string="Open opportunities go along",
        default=True,
        help="Those of these contacts that the former owner has. Won and lost ones "
        "stay.",
    )
    move_activities = fields.Boolean(
        string="Open activities go along",
        default=True,
        help="Those on these contacts that the former owner has to do.",
    )
    notify = fields.Boolean(
        string="Tell the new owner",
        default=True,
        help="One message for all contacts.",
    )
    note = fields.Text(help="Stands in the chatter of each contact.")
    # The owners as they were when the contacts were chosen: {owner or 0: [contacts]}
    owners = fields.Json(compute="_compute_owners", store=True)
    contact_count = fields.Integer(compute="_compute_contact_names")
    contact_names = fields.Char(compute="_compute_contact_names")
    owner_names = fields.Char(string="Present Owners", compute="_compute_owner_names")
    left_out = fields.Char(compute="_compute_left_out")

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("partner_ids")
    def _compute_owners(self):
        for wizard in self:
            owners = {}
            for contact in wizard._chosen().sudo():
                owners.setdefault(contact.user_id.id or 0, []).append(contact.id)
            wizard.owners = owners

    @api.depends("partner_ids")
    def _compute_contact_names(self):
        for wizard in self:
            chosen = wizard._chosen()
            wizard.contact_count = len(chosen)
            # only names that the user may read; the count tells of the others
            shown = chosen[:NAMES]._filtered_access("read")
            shown = [contact.name or contact.display_name for contact in shown]
            if more := len(chosen) - len(shown):
                shown.append(self.env._("%s more", more))
            wizard.contact_names = format_list(self.env, shown) if shown else False

    @api.depends("owners")
    def _compute_owner_names(self):
        for wizard in self:
            owners = wizard.owners or {}
            users = self.env["res.users"].browse(int(key) for key in owners)
            names = {str(user.id): user.sudo().name for user in users if user.id}
            wizard.owner_names = ", ".join(
                f"{names.get(key) or self.env._('nobody')} ({len(contacts)})"
                for key, contacts in owners.items()
            )

    @api.depends("partner_ids", "user_id")
    def _compute_left_out(self):
        for wizard in self:
            wizard.left_out = wizard._left_out_text(wizard._fates())

    # ------------------------------------------------------------
    # APPLY
    # ------------------------------------------------------------

    def action_apply(self):
        """Transfer the contacts that may be, and tell what was left out and why.

        :return: a notification with a link to the journal, where it can be undone
        :raise AccessError: the user has not got the right to transfer contacts
        :raise UserError: the new owner can't work with contacts, none of the contacts
            may be transferred, one is voided, or somebody else was faster
        """
        self.ensure_one()
        self._check_right()
        self._check_new_owner()
        fates = self._fates()
        contacts = fates["transfer"]
        (contacts | fates["own"])._contact_check_not_frozen()
        if not contacts:
            raise UserError(
                self.env._(
                    "There is nothing to transfer. %s", self._left_out_text(fates) or ""
                ).strip()
            )
        contacts._contact_lock_owner()
        self._check_owners(contacts)
        log = contacts._contact_transfer(
            self.user_id,
            self.keep_member,
            leads=self.move_opportunities,
            activities=self.move_activities,
        )
        log.note = self.note
        log._note_owners()
        if self.notify and self.user_id != self.env.user:
            log._notify_new_owner()
        return self._report(log, fates)

    def _chosen(self):
        # Superuser: contacts that are hidden from the user are counted, not lost.
        return self.sudo().partner_ids._origin.sudo(False)

    def _fates(self):
        """Return what becomes of the chosen contacts: ``{fate: res.partner}``.

        ``transfer``; ``own``: the new owner's already; ``locked``: the user may not
        edit them; ``foreign``: of a company to which the new owner has no access.
        """
        chosen = self._chosen()
        allowed = chosen._filtered_access("write")
        # Superuser: the companies of a colleague are asked for, and nothing else.
        user, known = self.sudo().user_id, allowed.sudo()
        own = foreign = known.browse()
        if user:
            own = known.filtered(lambda contact: contact.user_id == user)
            closed = known.company_id - user.company_ids
            foreign = known.filtered(lambda contact: contact.company_id in closed) - own
        return {
            "transfer": allowed - own - foreign,
            "own": allowed & own,
            "locked": chosen - allowed,
            "foreign": allowed & foreign,
        }

    def _left_out_text(self, fates):
        texts = {
            "locked": self.env._("you may not edit them: %s", len(fates["locked"])),
            "own": self.env._("the new owner has them already: %s", len(fates["own"])),
            "foreign": self.env._(
                "the new owner has no access to their company: %s",
                len(fates["foreign"]),
            ),
        }
        reasons = [text for fate, text in texts.items() if fates[fate]]
        if not reasons:
            return False
        return self.env._("Left out: %s.", "; ".join(reasons))

    def _check_right(self):
        if not self.env.user.has_group("contact_person.group_contact_transfer"):
            raise AccessError(
                self.env._(
                    "You have not got the right to transfer contacts. Ask an "
                    "administrator for “Transfer contacts”."
                )
            )

    def _check_new_owner(self):
        user = self.user_id.sudo()
        if not user:
            raise UserError(self.env._("Choose the new owner, then transfer."))
        if not user.active:
            raise UserError(
                self.env._(
                    "%s is archived. Choose a colleague who is still here.", user.name
                )
            )
        if not user.has_group("contact_person.group_contact_user"):
            raise UserError(
                self.env._(
                    "%s can't work with contacts. Choose somebody else, or have an "
                    "administrator give the role “Contact Persons: User” first.",
                    user.name,
                )
            )

    def _check_owners(self, contacts):
        """Refuse to go over a change of the owner that the user has not seen."""
        before = {
            contact: int(owner)
            for owner, ids in (self.owners or {}).items()
            for contact in ids
        }
        changed = contacts.filtered(
            lambda contact: (contact.user_id.id or 0) != before.get(contact.id)
        )
        if changed:
            raise UserError(
                self.env._(
                    "%(name)s has been given to %(owner)s meanwhile (contacts with "
                    "another owner now: %(count)s). Nothing was transferred: close "
                    "this, look at the list and start again.",
                    name=changed[0].display_name,
                    owner=changed[0].user_id.name or self.env._("nobody"),
                    count=len(changed),
                )
            )

    def _report(self, log, fates):
        left_out = self._left_out_text(fates)
        message = self.env._("Contacts transferred: %s.", log.contact_count)
        if left_out:
            message = f"{message} {left_out}"
        label = self.env._("Show or undo the transfer")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if left_out else "success",
                "message": message.replace("%", "%%") + " %s",
                "links": [{"label": label, "url": log._url()}],
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# A value that no client can put into its context: only a restore hands it on.
RESTORING = object()
# What Odoo keeps on a record for itself and goes on keeping on a voided one.
TECHNICAL = frozenset(
    "message_follower_ids message_ids message_main_attachment_id message_bounce"
    " activity_ids signup_type im_status".split()
)


class ResPartner(models.Model):
    """Voiding: a contact that is no longer to be used, kept for the record.

    A voided contact is frozen and seen by contact administrators alone, who may restore
    or delete it. It still counts in duplicate checks.
    """

    _inherit = "res.partner"

    contact_void_date = fields.Datetime(
        string="Voided On", readonly=True, copy=False, groups="base.group_user"
    )
    contact_void_uid = fields.Many2one(
        "res.users",
        string="Voided By",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    contact_void_reason = fields.Char(
        string="Reason for Voiding",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            for name in _VOID_FIELDS:
                vals.pop(name, None)
        return super().create(vals_list)

    def write(self, vals):
        if self.env.context.get("contact_restoring") is not RESTORING:
            self._contact_check_frozen(vals)
        return super().write(vals)

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    def contact_void(self, reason):
        """Take contacts out of use; they can be restored by an administrator.

        :param str reason: why, shown to administrators and noted in the chatter
        :raise UserError: no reason, or the contact is no contact person, is voided
            already or is somebody's login
        :raise AccessError: the user may not edit one of them
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("Say why the contact is voided, then confirm again.")
            )
        self.check_access("write")
        self._contact_check_voidable()
        # Superuser: the contact vanishes for the one who voids it while it is written.
        contacts = self.sudo().with_context(contact_restoring=RESTORING)
        contacts.write(
            {
                "contact_void_date": fields.Datetime.now(),
                "contact_void_uid": self.env.uid,
                "contact_void_reason": reason,
                "active": False,
            }
        )
        for contact in contacts:
            contact.message_post(
                body=self.env._("Voided: %s", reason),
                author_id=self.env.user.partner_id.id,
            )
        return True

    def contact_restore(self):
        """Bring voided contacts back as they were.

        :raise AccessError: the user is no administrator of contacts
        """
        if not self.env.user.has_group("contact_person.group_contact_manager"):
            raise AccessError(
                self.env._(
                    "Only administrators of contacts may restore one. Ask one of them."
                )
            )
        voided = self.with_context(contact_restoring=RESTORING, active_test=False)
        voided = voided.filtered("contact_void_date")
        voided.write({**dict.fromkeys(_VOID_FIELDS, False), "active": True})
        for contact in voided:
            contact.message_post(body=self.env._("Restored"))
        return True

    def _contact_check_voidable(self):
        for contact in self:
            if not contact.is_contact_person:
                problem = self.env._("it is a company, an address or a colleague")
            elif contact.contact_void_date:
                problem = self.env._("it is voided already")
            elif contact.sudo().user_ids:
                problem = self.env._("a login uses it; archive the login first")
            else:
                continue
            raise UserError(
                self.env._(
                    "%(name)s can't be voided: %(problem)s.",
                    name=contact.display_name,
                    problem=problem,
                )
            )

    def _contact_check_frozen(self, vals):
        """Refuse to change a voided contact, as superuser too: a merge runs as one."""
        changed = vals.keys() - TECHNICAL
        if changed & _VOID_FIELDS:
            raise UserError(
                self.env._("Void a contact by its action, which asks for the reason.")
            )
        if changed:
            self._contact_check_not_frozen()

    def _contact_check_not_frozen(self):
        if frozen := self.sudo().filtered("contact_void_date"):
            raise UserError(
                self.env._(
                    "%(name)s is voided and can't be changed. Restore the contact "
                    "first, or leave it out.",
                    name=frozen[0].display_name,
                )
            )


_VOID_FIELDS = frozenset(
    ("contact_void_date", "contact_void_uid", "contact_void_reason")
)

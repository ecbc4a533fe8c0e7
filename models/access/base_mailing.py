from odoo import api, models
from odoo.fields import Domain

MAILING = "mailing.mailing"
# Who decided last to whom a mailing goes; a field of the addon, see ir_module_module.
SENDER = "x_contact_sender_id"
_DECIDING = frozenset(
    f"mailing_domain mailing_filter_id mailing_model_id state {SENDER}".split()
)


class Base(models.AbstractModel):
    """Mailings of Odoo's Email Marketing reach contacts that their sender may see.

    Odoo looks for the addressees later, as superuser, and shows what it wrote to.
    """

    _inherit = "base"

    def _register_hook(self):
        super()._register_hook()
        if self._name == MAILING:
            _limit(self.env.registry[MAILING])

    def _contact_checked(self, vals_list):
        vals_list = super()._contact_checked(vals_list)
        if self._name != MAILING or SENDER not in self._fields:
            return vals_list
        return [
            {**vals, SENDER: self.env.uid}
            if not self or not _DECIDING.isdisjoint(vals)
            else vals
            for vals in vals_list
        ]

    @api.model
    def _contact_addressed(self, domain, sender):
        """Return what a domain finds of which a user may see whom it is for.

        :param sender: the user in whose name the addressees are looked for
        """
        if sender._is_superuser():
            return domain
        asking = self.with_user(sender)
        domain = asking._contact_guarded(domain, bypassing=True)
        seen = asking.env["res.partner"].with_context(active_test=False)._search([])
        if self._name == "res.partner":
            return domain & Domain("id", "in", seen)
        for name in self._mail_get_partner_fields():
            if self._fields[name].store:
                known = Domain(name, "in", seen) | Domain(name, "=", False)
                domain &= known
        return domain


def _limit(mailings):
    """Have the mailings of a registry look for no more than their sender sees.

    Inheriting would need the app to be there; Odoo's automation rules do the same.

    :param type mailings: the model's class
    """
    origin = mailings._get_recipients_domain
    if hasattr(origin, "contact_origin"):
        return

    def _get_recipients_domain(self):
        domain = origin(self)
        if not self.env.su or SENDER not in self._fields:
            return domain
        sender = self[SENDER] or self.create_uid or self.user_id
        return self.env[self.mailing_model_real]._contact_addressed(domain, sender)

    _get_recipients_domain.contact_origin = origin
    mailings._get_recipients_domain = _get_recipients_domain

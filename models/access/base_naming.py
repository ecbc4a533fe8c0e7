from odoo import models


class Base(models.AbstractModel):
    """Documents that are named by the company of their customer, or by its reference.

    Odoo reads both as superuser. Where the customer is hidden he is named himself, as
    the document does anyway.
    """

    _inherit = "base"

    def _register_hook(self):
        super()._register_hook()
        method, naming = _NAMING.get(self._name, (None, None))
        model = self.env.registry[self._name]
        # Inheriting would need the app to be there.
        if method and not hasattr(getattr(model, method), "contact_origin"):
            origin = getattr(model, method)
            patched = naming(origin)
            patched.contact_origin = origin
            setattr(model, method, patched)


def _naming_line(origin):
    def _get_partner_display(self):
        # Superuser: the name, as the order shows it.
        customer = self.sudo().order_partner_id
        hidden = customer.with_env(self.env)._contact_masked()
        return f"({customer.name})" if hidden else origin(self)

    return _get_partner_display


def _naming_account(origin):
    def _compute_display_name(self):
        origin(self)
        # Superuser: the name, as the account shows it.
        accounts = self.sudo()
        masked = accounts.partner_id.with_env(self.env)._contact_masked().ids
        for account, known in zip(self, accounts, strict=True):
            customer = known.partner_id
            if customer.id in masked:
                company = customer.commercial_partner_id.name
                name = account.display_name.removesuffix(f" - {company}")
                account.display_name = f"{name} - {customer.name}"

    return _compute_display_name


_NAMING = {
    "account.analytic.account": ("_compute_display_name", _naming_account),
    "sale.order.line": ("_get_partner_display", _naming_line),
}

from odoo import models

from .apps import READING


class Base(models.AbstractModel):
    """Documents of other apps are sent to a customer whom their user may not read."""

    _inherit = "base"

    def _register_hook(self):
        super()._register_hook()
        for method, names in READING.get(self._name, {}).items():
            lend(self.env.registry[self._name], method, names)

    def _contact_lend_customers(self, names):
        customers = self._contact_seen()._contact_customers()
        customers._contact_hidden()._contact_lend(*names)


def lend(model, method, names):
    """Have a method know some fields of the customers of the documents that it is for.

    Inheriting would need the app to be there; Odoo's automation rules do the same.

    :param type model: the model's class
    :param names: the fields, as few as the method reads
    """
    origin = getattr(model, method, None)
    if origin is None or hasattr(origin, "contact_origin"):
        return

    def lending(self, *args, **kwargs):
        for documents in (self, *args, *kwargs.values()):
            if isinstance(documents, models.BaseModel) and documents:
                documents._contact_lend_customers(names)
        return origin(self, *args, **kwargs)

    lending.contact_origin = origin
    setattr(model, method, lending)

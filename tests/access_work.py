"""A salesperson whose documents are for a customer whom he may not read."""

from odoo.exceptions import AccessError
from odoo.tests import Form

from .common import ContactCase

EMAIL = "kim@skov.example"
PHONE = "+45 40 99 88 77"


class WorkCase(ContactCase):
    """Kim Skov is private and somebody else's; lead and opportunity are his own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False})
        partner = cls.env["res.partner"].with_user(cls.manager)
        cls.kim = partner.create(
            {
                "name": "Kim Skov",
                "email": EMAIL,
                "phone": PHONE,
                "street": "Skovvej 1",
                "user_id": cls.importer.id,
                "contact_visibility": "private",
                "parent_id": cls.nordvind.id,
            }
        ).with_env(cls.env)
        values = {"user_id": cls.sales.id, "partner_id": cls.kim.id}
        leads = cls.env["crm.lead"].create(
            [
                {**values, "name": "Request", "type": "lead"},
                {**values, "name": "Deal", "type": "opportunity"},
            ]
        )
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.as_sales = cls.env(user=cls.sales, su=False)
        cls.lead, cls.deal = leads.with_env(cls.as_sales)
        cls.hidden = cls.kim.with_env(cls.as_sales)
        cls.masked = f"contact-{cls.kim.id}@hidden.invalid"

    def setUp(self):
        super().setUp()
        # as in a request: in this name Odoo checks what it links as superuser
        self.env.transaction.default_env = self.as_sales
        self.assertFalse(self.as_sales["res.partner"].search([("email", "=", EMAIL)]))

    def forget(self):
        """Forget what the last request has read, as the next one would."""
        # with what Odoo puts off until the end of a request
        self.env.cr.flush()
        self.env.invalidate_all()

    def convert(self, lead, model="crm.lead2opportunity.partner", **values):
        """Return the wizard that converts a lead, filled in by the form."""
        ids = {"active_id": lead.id, "active_ids": lead.ids}
        wizard = self.as_sales[model].with_context(active_model="crm.lead", **ids)
        with Form(wizard) as form:
            for name, value in values.items():
                form[name] = value
        self.forget()
        return form.record

    def plan(self):
        """Plan a meeting with Kim by the form, as from the button of the deal."""
        action = self.deal.action_schedule_meeting()
        context = {
            name: value
            for name, value in action["context"].items()
            if name.startswith("default_")
        }
        with Form(self.as_sales["calendar.event"].with_context(**context)) as form:
            form.name = "Visit"
            form.start = "2090-01-02 10:00:00"
            form.stop = "2090-01-02 11:00:00"
        self.forget()
        return form.record.with_env(self.as_sales)

    def assertHidden(self):
        self.forget()
        with self.assertRaises(AccessError):
            self.hidden.read(["name"])
        with self.assertRaises(AccessError):
            self.hidden.mapped("email")

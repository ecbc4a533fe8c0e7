"""What stands on a lead of its customer is for who reads the lead."""

from odoo.tests import tagged

from .access_secret import SecretCase, words


@tagged("post_install", "-at_install")
class TestAccessLeads(SecretCase):
    def made(self, **values):
        """Return a lead that Odoo makes as superuser, as by mail or by an event."""
        leads = self.env["crm.lead"].with_user(self.owner).sudo()
        made = leads.create({"name": "x", "partner_id": self.secret.id, **values})
        self.env.flush_all()
        return made

    def told(self, lead):
        self.env.invalidate_all()
        names = [
            name
            for name, field in lead._fields.items()
            if field.store and field.type in ("char", "text", "html", "many2one")
        ]
        row = lead.sudo().read([n for n in names if n not in ("partner_id", "name")])
        return words(row) - {"zqxjfirst", "zqxjlast"}

    def test_a_lead_of_nobody_tells_the_name(self):
        self.assertFalse(self.told(self.made(user_id=False)))

    def test_a_lead_tells_its_salesperson_what_he_sees(self):
        self.assertFalse(self.told(self.made(user_id=self.spy.id)))
        self.assertTrue(self.told(self.made(user_id=self.owner.id)))
        self.secret.contact_visibility = "everyone"
        self.assertTrue(self.told(self.made(user_id=False)))

    def test_values_that_another_app_asks_for(self):
        leads = self.env["crm.lead"].with_user(self.spy).sudo()
        values = leads._prepare_values_from_partner(self.secret.with_env(leads.env))
        self.assertFalse(words(values) - {"zqxjfirst", "zqxjlast"})
        self.mine.function = "Buyer"
        values = leads._prepare_values_from_partner(self.mine.with_env(leads.env))
        self.assertEqual(values["function"], "Buyer")

    def test_a_lead_that_was_given_up(self):
        lead = self.made(user_id=self.spy.id).copy({"user_id": False})
        self.secret.with_user(self.owner).write(
            {"email": "zqxjnew@zqxjhost.example", "phone": "+45 20 55 77 99"}
        )
        self.env.flush_all()
        self.assertFalse(self.told(lead))

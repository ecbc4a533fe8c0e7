from odoo import fields

from .common import ContactCase

TYPE = "contact_person.contact_relation_type_"
STREET = {"street": "Home 1", "city": "Odense", "zip": "5000"}


class ConnectionCase(ContactCase):
    """The team of ``ContactCase`` and more to connect with, all of it the salesman's.

    +-------------------+-----------------------------------+
    | record            | what it is                        |
    +===================+===================================+
    | zephyr            | company without a contact         |
    | zoe               | private person                    |
    | lead              | opportunity "Zephyr wind park"    |
    +-------------------+-----------------------------------+
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.mine = cls.anna.with_user(cls.sales)
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Zephyr wind park",
                "type": "opportunity",
                "email_from": "park@zephyr.example",
                "user_id": cls.sales.id,
            }
        )
        cls.zephyr, cls.zoe = cls.Partner.create(
            [
                {"name": "Zephyr Energi A/S", "is_company": True, "city": "Aarhus"},
                {"name": "Zoe Zephyrine", "ref": "PRIV-7"},
            ]
        )

    def type(self, name):
        return self.env.ref(TYPE + name)

    def find(self, query, kind="partners", contact=None, **kwargs):
        """Return the hits of one kind by id."""
        contact = self.mine if contact is None else contact
        answer = contact.contact_search_connections(query, **kwargs)[kind]
        return {record["id"]: record for record in answer["records"]}

    def persons(self, account, **kwargs):
        """Return the contact persons by id, as the salesman."""
        answer = account.with_user(self.sales).contact_account_persons(**kwargs)
        self.assertEqual(answer["total"], len(answer["records"]))
        return {record["id"]: record for record in answer["records"]}

    def hide(self, record, **perms):
        self.env["ir.rule"].create(
            {
                "name": "hide",
                "model_id": self.env["ir.model"]._get_id(record._name),
                "domain_force": f"[('id', '!=', {record.id})]",
                **perms,
            }
        )

    def relations(self, *domain):
        return self.env["contact.relation"].search(
            [("contact_id", "=", self.anna.id), *domain]
        )

    def queries(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        return self.env.cr.sql_log_count - before

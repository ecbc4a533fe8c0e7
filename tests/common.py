from odoo.orm.fields_relational import _RelationalMulti
from odoo.tests import TransactionCase, new_test_user

SALES = "sales_team.group_sale_salesman"
CONTACT = "contact_person.group_contact_user"
IMPORTER = "contact_person.group_contact_user,contact_person.group_contact_import"
EXPORTER = "base.group_allow_export,contact_person.group_contact_export"
MANAGER = "contact_person.group_contact_manager"


class ContactCase(TransactionCase):
    """A small team and its contacts.

    +----------+----------------------------------------+---------------------------+
    | user     | groups                                 | owns                      |
    +==========+========================================+===========================+
    | sales    | sales_team.group_sale_salesman         | Anna Holm, Bo Falk        |
    | importer | contact user, import                   | –                         |
    | manager  | contact manager                        | –                         |
    | clerk    | base.group_user only                   | –                         |
    +----------+----------------------------------------+---------------------------+

    Accounts: Nordvind A/S (Anna Holm works there), Atelier Brun (Bo Falk).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={
                **cls.env.context,
                "tracking_disable": True,
                "no_reset_password": True,
            }
        )
        cls.sales = new_test_user(cls.env, "cp_sales", groups=SALES)
        cls.importer = new_test_user(cls.env, "cp_importer", groups=IMPORTER)
        cls.manager = new_test_user(cls.env, "cp_manager", groups=MANAGER)
        cls.clerk = new_test_user(cls.env, "cp_clerk", groups="base.group_user")
        cls.Partner = cls.env["res.partner"]
        cls.denmark, cls.france = cls.env.ref("base.dk"), cls.env.ref("base.fr")
        cls.nordvind, cls.atelier = cls.Partner.create(
            [
                {"name": "Nordvind A/S", "is_company": True},
                {"name": "Atelier Brun", "is_company": True},
            ]
        )
        cls.anna, cls.bo = cls.Partner.create(
            [
                {
                    "name": "Anna Holm",
                    "email": "anna.holm@nordvind.example",
                    "phone": "+45 40 12 34 56",
                    "country_id": cls.denmark.id,
                    "parent_id": cls.nordvind.id,
                    "user_id": cls.sales.id,
                },
                {
                    "name": "Bo Falk",
                    "email": "bo.falk@atelier.example",
                    "country_id": cls.france.id,
                    "parent_id": cls.atelier.id,
                    "user_id": cls.sales.id,
                },
            ]
        )

    def setUp(self):
        super().setUp()

        # Contacts that are linked are checked in the name of the request's user
        # even where Odoo works as superuser. A test has no request: the user in
        # whose name it calls stands for it.
        def check(field, comodel):
            if comodel._allow_sudo_commands:
                return comodel
            return comodel.sudo(False)

        self.patch(_RelationalMulti, "_check_sudo_commands", check)

    def allow_export(self, user):
        """Give the right to export contacts, and Odoo's own to export at all."""
        for name in EXPORTER.split(","):
            user.group_ids += self.env.ref(name)

    def hits(self, values, user=None, **kwargs):
        """Return the hits of ``contact_find_duplicates`` by id, as ``user``."""
        model = self.Partner.with_user(user or self.sales)
        found = model.contact_find_duplicates(values, **kwargs)
        return {hit["id"]: hit for hit in found}

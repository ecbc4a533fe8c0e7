from odoo.tests import TransactionCase, tagged

from odoo.addons.contact_person import hooks


@tagged("post_install", "-at_install")
class TestInstall(TransactionCase):
    def test_the_hook_fills_what_the_orm_would_compute(self):
        """The columns are filled in SQL; both ways must say the same."""
        company = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        partners = self.env["res.partner"].create(
            [
                {"name": "Ida Lund", "email": "i@x.example", "parent_id": company.id},
                {"name": "Per Toft", "email": "p@x.example"},
                {"email": "only@x.example", "parent_id": company.id},
                {"type": "delivery", "street": "Quay 1", "parent_id": company.id},
                {"name": "杨建国", "parent_id": company.id},
            ]
        )
        partners |= (
            company
            | self.env.user.partner_id
            | self.env.ref("base.partner_admin")
            | self.env.ref("base.public_partner")
            | self.env.ref("base.template_portal_user_id").partner_id
        )
        names = [
            "is_contact_person",
            "contact_first_name",
            "contact_last_name",
            "contact_account_names",
            "contact_state",
        ]
        self.env.flush_all()
        computed = partners.read(names, load=None)
        self.env.cr.execute(
            "UPDATE res_partner SET is_contact_person = NULL,"
            " contact_first_name = NULL, contact_last_name = NULL,"
            " contact_account_names = NULL,"
            " contact_state = NULL"
        )
        hooks.pre_init_hook(self.env)
        self.env.invalidate_all()
        self.assertEqual(partners.read(names, load=None), computed)

    def test_the_key_table_knows_contacts_that_were_there_before(self):
        self.env["contact.match.key"]._rebuild()
        self.env.cr.execute("SELECT count(DISTINCT partner_id) FROM contact_match_key")
        [found] = self.env.cr.fetchone()
        self.assertGreater(found, 0)

"""Orders and analytic accounts are not named by what is hidden of their customer."""

from odoo.tests import new_test_user, tagged

from ..common import ContactCase


@tagged("post_install", "-at_install")
class TestSaleAccess(ContactCase):
    def setUp(self):
        super().setUp()
        self.employee = new_test_user(
            self.env, "cp_sale_employee", groups="sales_team.group_sale_salesman"
        )
        self.accounting = new_test_user(
            self.env,
            "cp_sale_books",
            groups="base.group_user,analytic.group_analytic_accounting",
        )
        self.employer = self.anna.parent_id
        self.employer.write({"name": "Employer A/S", "ref": "EMPLOYER-REF"})
        self.anna.write({"contact_visibility": "private", "ref": "ANNA-REF"})
        self.product = self.env["product.product"].create({"name": "Service"})
        self.env.flush_all()

    def line(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.anna.id,
                "user_id": self.employee.id,
                "order_line": [(0, 0, {"product_id": self.product.id})],
            }
        )
        return order.order_line

    def named(self, record, user):
        """Return the name as the user reads it, and as Odoo shows it for him."""
        self.env.flush_all()
        self.env.invalidate_all()
        seen = record.with_user(user)
        return {seen.display_name, seen.sudo().display_name}

    def test_a_line_of_an_order(self):
        line = self.line()
        self.assertFalse(self.anna.with_user(self.employee).has_access("read"))
        for ref in (True, False):
            if not ref:
                self.employer.ref = False
            [name] = self.named(line, self.employee)
            self.assertTrue(name.endswith(f"({self.anna.name})"), name)
        [name] = self.named(line, self.manager)
        self.assertTrue(name.endswith("(Employer A/S)"), name)
        self.anna.parent_id = False
        [name] = self.named(line, self.employee)
        self.assertTrue(name.endswith(f"({self.anna.name})"), name)

    def test_an_analytic_account(self):
        plan = self.env["account.analytic.plan"].create({"name": "Deals"})
        account = self.env["account.analytic.account"].create(
            {"name": "Deal", "plan_id": plan.id, "partner_id": self.anna.id}
        )
        [name] = self.named(account, self.accounting)
        self.assertEqual(name, f"Deal - {self.anna.name}")
        self.assertEqual(self.named(account, self.manager), {"Deal - Employer A/S"})
        account.partner_id = self.employer
        self.assertEqual(self.named(account, self.accounting), {"Deal - Employer A/S"})

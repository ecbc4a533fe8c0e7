from odoo.tests import tagged

from .common import ContactCase


@tagged("post_install", "-at_install")
class TestPerformance(ContactCase):
    def people(self, count, start=0):
        return [
            {"name": f"Person {n}", "email": f"person{n}@bulk.example"}
            for n in range(start, start + count)
        ]

    def queries(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_a_batch_costs_the_same_number_of_queries_whatever_its_size(self):
        model = self.Partner.with_user(self.sales)
        model.create(self.people(3))  # warms caches
        ten = self.queries(lambda: model.create(self.people(10, 100)))
        hundred = self.queries(lambda: model.create(self.people(100, 1_000)))
        self.assertLessEqual(hundred, ten + 5)

    def test_the_list_reads_no_query_per_contact(self):
        model = self.Partner.with_user(self.sales)
        model.create([{**v, "user_id": self.sales.id} for v in self.people(60)])
        names = {
            "name": {},
            "contact_account_names": {},
            "contact_state": {},
            "contact_missing_data": {},
            "user_id": {"fields": {"display_name": {}}},
        }
        domain = [("email", "like", "@bulk.example")]

        model.web_search_read(domain, names, limit=5)  # warms caches

        def read(limit):
            return self.queries(
                lambda: model.web_search_read(domain, names, limit=limit)
            )

        self.assertEqual(read(60), read(5))

    def test_a_look_up_costs_a_handful_of_queries(self):
        model = self.Partner.with_user(self.sales)
        values = {"name": "Anna Holm", "email": self.anna.email}
        model.contact_find_duplicates(values)
        count = self.queries(lambda: model.contact_find_duplicates(values))
        self.assertLessEqual(count, 14)

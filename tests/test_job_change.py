from datetime import date, timedelta

from psycopg2 import IntegrityError
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.modules.registry import Registry
from odoo.tests import Form, new_test_user, tagged
from odoo.tests.common import BaseCase, get_db_name
from odoo.tools import mute_logger

from odoo.addons.contact_person.exceptions import DuplicateContactError

from .common import CONTACT, ContactCase

DAY = date(2026, 3, 1)


class JobChangeCase(ContactCase):
    def setUp(self):
        super().setUp()
        self.jobs = self.env["contact.employment"]
        self.anna.write(
            {
                "function": "Buyer",
                "contact_mobile": "+45 20 30 40 50",
                "contact_birthdate": "1980-05-06",
                "comment": "likes sailing",
                "category_id": [(0, 0, {"name": "VIP"})],
            }
        )

    def change(self, contact=None, user=None, **values):
        wizard = self.env["contact.job.change"].with_user(user or self.sales)
        action = wizard.create(
            {
                "partner_id": (contact or self.anna).id,
                "employer_id": self.atelier.id,
                "date": DAY,
                "function": "Head of Purchasing",
                "department": "Purchasing",
                "email": "anna@atelier.example",
                "phone": "+33 1 23 45 67 89",
                **values,
            }
        ).action_apply()
        return self.Partner.browse(action["res_id"])

    def lead(self, **values):
        return self.env["crm.lead"].create(
            {"name": "Deal", "partner_id": self.anna.id, **values}
        )


@tagged("post_install", "-at_install")
class TestJobChange(JobChangeCase):
    # ------------------------------------------------------------
    # THE NEW VERSION
    # ------------------------------------------------------------

    def test_the_person_goes_and_the_record_of_the_old_job_stays(self):
        new = self.change()
        self.assertEqual(new.name, "Anna Holm")
        self.assertEqual(new.parent_id, self.atelier)
        self.assertEqual(new.function, "Head of Purchasing")
        self.assertEqual(new.email, "anna@atelier.example")
        self.assertEqual(new.user_id, self.sales)
        self.assertTrue(new.active)
        for name in ("contact_mobile", "contact_birthdate", "comment", "category_id"):
            self.assertEqual(new[name], self.anna[name], name)
        self.assertFalse(self.anna.active)
        self.assertEqual(self.anna.parent_id, self.nordvind)
        self.assertEqual(self.anna.email, "anna.holm@nordvind.example")
        self.assertEqual(self.anna.function, "Buyer")
        self.assertEqual(self.anna.contact_current_id, new)
        self.assertEqual(new.contact_former_ids, self.anna)

    def test_every_version_shows_the_whole_history(self):
        new = self.change()
        newest = self.change(new, employer_id=self.nordvind.id, date="2026-09-01")
        jobs = newest.contact_employment_ids
        self.assertEqual(
            [(j.employer_id, j.date_start, j.date_end, j.version_id) for j in jobs],
            [
                (self.nordvind, date(2026, 9, 1), False, newest),
                (self.atelier, DAY, date(2026, 9, 1), new),
                (self.nordvind, False, DAY, self.anna),
            ],
        )
        for version in (self.anna, new):
            self.assertEqual(version.contact_employment_ids, jobs)
            self.assertEqual(version.contact_current_id, newest)
        self.assertEqual(newest.contact_former_ids, self.anna | new)

    def test_documents_stay_or_go_along_as_the_user_says(self):
        won = self.env["crm.stage"].create({"name": "W", "is_won": True})
        for move in (False, True):
            with self.subTest(move=move):
                deal, done = self.lead(), self.lead(stage_id=won.id)
                activity = self.anna.activity_schedule(summary="call")
                relation = self.env["contact.relation"].create(
                    {"contact_id": self.anna.id, "lead_id": deal.id}
                )
                new = self.change(move_open_documents=move)
                here = new if move else self.anna
                self.assertEqual(deal.partner_id, here)
                self.assertEqual(relation.contact_id, here)
                self.assertEqual(activity.res_id, here.id)
                self.assertEqual(done.partner_id, self.anna)
                (deal | done).unlink()
                new.contact_undo_job_change()

    def test_relatives_and_other_accounts_go_with_the_person(self):
        spouse = self.env.ref("contact_person.contact_relation_type_spouse")
        board = self.Partner.create({"name": "Museum", "is_company": True})
        mine, other, of_bo = self.env["contact.relation"].create(
            [
                {
                    "contact_id": self.anna.id,
                    "partner_id": self.bo.id,
                    "type_id": spouse.id,
                },
                {"contact_id": self.anna.id, "partner_id": board.id, "role": "Board"},
                {"contact_id": self.bo.id, "partner_id": self.anna.id},
            ]
        )
        old = self.env["contact.relation"].create(
            {"contact_id": self.anna.id, "partner_id": self.nordvind.id}
        )
        new = self.change()
        self.assertEqual(mine.contact_id, new)
        self.assertEqual(of_bo.partner_id, new)
        self.assertEqual(other.contact_id, new)
        self.assertEqual(old.contact_id, self.anna)
        self.assertIn("Museum", new.contact_account_names)

    def test_the_address_of_the_old_office_stays_a_private_one_goes(self):
        office = {"street": "Quay 2", "zip": "2150", "city": "Nordhavn"}
        self.nordvind.write(office)
        self.anna.write(office)
        self.atelier.write({"street": "Rue 1", "city": "Paris"})
        self.assertEqual(self.change().street, "Rue 1")
        self.bo.with_user(self.sales).write({"street": "Home 3", "city": "Lyon"})
        new = self.change(self.bo, employer_id=self.nordvind.id, email="b@n.example")
        self.assertEqual(new.street, "Home 3")
        self.assertEqual(self.nordvind.street, "Quay 2")
        self.assertEqual(self.atelier.street, "Rue 1")

    def test_a_photo_goes_along(self):
        pixel = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
            "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
        self.anna.image_1920 = pixel
        self.assertTrue(self.change().image_1920)

    def test_a_known_email_of_another_person_is_refused(self):
        with self.assertRaises(DuplicateContactError):
            self.change(email=self.bo.email)
        self.assertTrue(self.anna.active)

    def test_the_private_email_may_be_kept(self):
        self.assertEqual(self.change(email=self.anna.email).email, self.anna.email)

    # ------------------------------------------------------------
    # REFUSALS
    # ------------------------------------------------------------

    def test_a_job_is_changed_once(self):
        self.change()
        with self.assertRaisesRegex(UserError, "former job"):
            self.change()

    def test_the_same_employer_is_no_change(self):
        with self.assertRaisesRegex(UserError, "already"):
            self.change(employer_id=self.nordvind.id)

    def test_a_job_cannot_end_before_it_began(self):
        self.jobs.create(
            {
                "partner_id": self.anna.id,
                "employer_id": self.nordvind.id,
                "date_start": DAY + timedelta(days=1),
            }
        )
        with self.assertRaisesRegex(UserError, "began on"):
            self.change()

    def test_companies_and_logins_have_no_job_to_change(self):
        with self.assertRaisesRegex(UserError, "no contact person"):
            self.change(self.nordvind)
        self.env["res.users"].create(
            {
                "login": "anna",
                "partner_id": self.anna.id,
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        with self.assertRaisesRegex(UserError, "login"):
            self.change()

    def test_who_may_not_edit_the_contact_may_not_change_its_job(self):
        with self.assertRaises(AccessError):
            self.anna.with_user(self.clerk)._contact_change_job(
                {"parent_id": self.atelier.id}, DAY, False, False
            )

    # ------------------------------------------------------------
    # UNDO
    # ------------------------------------------------------------

    def test_a_fresh_change_is_undone_as_if_nothing_had_been(self):
        deal = self.lead()
        activity = self.anna.activity_schedule(summary="call")
        child = self.Partner.create(
            {"type": "delivery", "street": "Quay", "parent_id": self.anna.id}
        )
        names = ["name", "email", "function", "parent_id", "active", "contact_state"]
        before = self.anna.read(names)
        new = self.change(move_open_documents=True)
        self.assertEqual(child.parent_id, new)
        action = new.with_user(self.sales).contact_undo_job_change()
        self.assertEqual(action["res_id"], self.anna.id)
        self.assertFalse(new.exists())
        self.assertEqual(self.anna.read(names), before)
        self.assertFalse(self.anna.contact_current_id)
        self.assertFalse(self.anna.contact_employment_ids)
        self.assertEqual(deal.partner_id, self.anna)
        self.assertEqual(activity.res_id, self.anna.id)
        self.assertEqual(child.parent_id, self.anna)

    def test_a_used_version_is_not_undone(self):
        new = self.change()
        for label, link in (
            ("message", lambda: new.message_post(body="x", message_type="comment")),
            ("lead", lambda: self.lead(partner_id=new.id)),
            (
                "event",
                lambda: self.env["calendar.event"].create(
                    {
                        "name": "x",
                        "start": "2026-04-01 10:00:00",
                        "stop": "2026-04-01 11:00:00",
                        "partner_ids": [(6, 0, new.ids)],
                    }
                ),
            ),
            (
                "relation",
                lambda: self.env["contact.relation"].create(
                    {"contact_id": new.id, "partner_id": self.nordvind.id}
                ),
            ),
        ):
            with self.subTest(linked=label):
                record = link()
                with self.assertRaisesRegex(UserError, "is used by"):
                    new.contact_undo_job_change()
                record.unlink()
        new.contact_undo_job_change()

    def test_without_a_change_there_is_nothing_to_undo(self):
        with self.assertRaisesRegex(UserError, "no job change"):
            self.bo.contact_undo_job_change()

    # ------------------------------------------------------------
    # HISTORY BY HAND
    # ------------------------------------------------------------

    def test_past_jobs_are_typed_in_on_any_version(self):
        new = self.change()
        for version in (new, self.anna):
            form = Form(version.with_user(self.sales))
            with form.contact_employment_ids.new() as job:
                job.employer_name = "Old Mill"
                job.date_start = "2001-01-01"
                job.date_end = "2005-01-01"
            form.save()
        self.assertEqual(len(new.contact_employment_ids), 4)
        typed = self.jobs.search([("employer_name", "=", "Old Mill")])
        self.assertEqual(typed.partner_id, new)
        form = Form(new.with_user(self.sales))
        form.contact_employment_ids.remove(index=3)
        form.save()
        self.assertEqual(len(self.anna.contact_employment_ids), 3)

    def test_a_job_needs_an_employer_and_a_contact_person(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.jobs.create({"partner_id": self.anna.id, "function": "x"})
        with self.assertRaises(ValidationError):
            self.jobs.create({"partner_id": self.nordvind.id, "employer_name": "x"})

    def test_a_deleted_employer_leaves_its_name(self):
        firm = self.Partner.create({"name": "Old Mill", "is_company": True})
        job = self.jobs.create({"partner_id": self.anna.id, "employer_id": firm.id})
        firm.unlink()
        self.assertEqual((job.employer_id.id, job.employer_name), (False, "Old Mill"))

    def test_who_worked_at_a_company_on_a_day(self):
        new = self.change()
        for day, there, here in (
            (DAY - timedelta(days=1), self.anna, self.Partner),
            (DAY + timedelta(days=1), self.Partner, new),
        ):
            with self.subTest(day=day):
                self.assertEqual(self.nordvind.contact_worked_here(day), there)
                self.assertEqual(self.atelier.contact_worked_here(day), here)
        today = date.today()
        self.assertEqual(self.atelier.contact_worked_here(today), new | self.bo)

    def test_who_does_not_sell_changes_jobs_too(self):
        user = new_test_user(self.env, "cp_no_sales", groups=CONTACT)
        form = Form(
            self.env["contact.job.change"]
            .with_user(user)
            .with_context(active_id=self.anna.id)
        )
        form.employer_id = self.Partner.create({"name": "Havn", "is_company": True})
        self.assertFalse(form.open_count)
        new = self.Partner.browse(form.save().action_apply()["res_id"])
        new.with_user(user).contact_undo_job_change()
        self.assertTrue(self.anna.active)

    def test_the_history_is_as_hidden_as_the_person(self):
        self.change()
        annas = [("partner_id.name", "=", "Anna Holm")]
        annas = [("id", "in", self.jobs.search(annas).ids)]
        self.assertTrue(self.jobs.with_user(self.clerk).search(annas))
        self.env["ir.rule"].create(
            {
                "name": "hide",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('name', '!=', 'Anna Holm')]",
            }
        )
        self.assertFalse(self.jobs.with_user(self.sales).search(annas))


@tagged("post_install", "-at_install")
class TestTwoJobChangesAtOnce(BaseCase):
    """Real transactions on two connections: a test cursor can't show a race."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            partners = api.Environment(cr, SUPERUSER_ID, {})["res.partner"]
            firms = partners.create(
                [{"name": f"Race {n}", "is_company": True} for n in ("one", "two")]
            )
            person = partners.create({"name": "Race Person"})
            self.firm_ids, self.person_id = firms.ids, person.id
        self.addCleanup(self.clean)

    def clean(self):
        with self.registry.cursor() as cr:
            partners = api.Environment(cr, SUPERUSER_ID, {"active_test": False})[
                "res.partner"
            ]
            person = partners.browse(self.person_id)
            (person | person.contact_current_id).unlink()
            partners.browse(self.firm_ids).unlink()

    def change(self, env, firm_id):
        env["res.partner"].browse(self.person_id)._contact_change_job(
            {"parent_id": firm_id}, DAY, False, False
        )

    def test_two_users_do_not_both_change_the_job_of_one_person(self):
        one, two = (
            api.Environment(self.enterContext(self.registry.cursor()), 1, {})
            for _user in range(2)
        )
        two["res.partner"].search([], limit=1)  # from here on it sees no commit
        self.change(one, self.firm_ids[0])
        one.cr.commit()
        with self.assertRaises(SerializationFailure):
            self.change(two, self.firm_ids[1])
        # what Odoo does with such a request: it runs it again
        two.cr.rollback()
        two.invalidate_all()
        with self.assertRaisesRegex(UserError, "former job"):
            self.change(two, self.firm_ids[1])
        two.cr.rollback()

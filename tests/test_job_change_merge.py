from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_job_change import DAY, JobChangeCase


@tagged("post_install", "-at_install")
class TestJobChangeMerge(JobChangeCase):
    """Odoo's own merge after a job change: whatever is kept, the versions hold."""

    def merge(self, kept, gone):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((kept | gone).ids, kept)
        self.env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.twin = self.Partner.create({"name": "Anna Holm", "city": "Lyon"})
        self.env["contact.employment"].create(
            {"partner_id": self.twin.id, "employer_name": "Old Mill"}
        )
        self.new = self.change()

    def test_a_twin_merged_into_the_present_version_brings_its_history(self):
        self.merge(self.new, self.twin)
        self.assertFalse(self.twin.exists())
        self.assertEqual(len(self.new.contact_employment_ids), 3)
        self.assertEqual(self.anna.contact_current_id, self.new)
        self.assertEqual(self.anna.contact_employment_ids.partner_id, self.new)

    def test_the_present_version_merged_into_a_twin_hands_over_its_versions(self):
        self.merge(self.twin, self.new)
        self.assertFalse(self.new.exists())
        self.assertEqual(self.anna.contact_current_id, self.twin)
        self.assertEqual(len(self.twin.contact_employment_ids), 3)
        self.assertEqual(self.anna.contact_employment_ids.partner_id, self.twin)
        present = self.twin.contact_employment_ids.filtered(lambda j: not j.date_end)
        self.assertIn(self.twin, present.version_id)

    def test_two_versions_merged_are_one_contact_again(self):
        self.merge(self.new, self.anna)
        self.assertFalse(self.new.contact_former_ids)
        self.assertFalse(self.new.contact_current_id)
        jobs = self.new.contact_employment_ids
        self.assertEqual(
            {(job.employer_id, job.date_end) for job in jobs},
            {(self.atelier, False), (self.nordvind, DAY)},
        )
        self.assertTrue(self.new.active)

    def test_a_voided_contact_is_not_merged(self):
        self.twin.contact_void("entered twice")
        for kept, gone in ((self.twin, self.bo), (self.bo, self.twin)):
            with self.assertRaises(UserError):
                self.merge(kept, gone)
        self.assertTrue(self.twin.exists() and self.bo.exists())

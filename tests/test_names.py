from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import ContactCase

NAMES = [
    ("Dr. Anne-Marie van der Berg", "Dr. Anne-Marie", "van der Berg"),
    ("Søren Kierkegaard Nielsen", "Søren Kierkegaard", "Nielsen"),
    ("杨建国", "建国", "杨"),
    ("O'Neill, Pat", "Pat", "O'Neill"),
    ("Madonna", "Madonna", False),
]


@tagged("post_install", "-at_install")
class TestNames(ContactCase):
    def assertParts(self, partner, first, last):
        found = partner.contact_first_name, partner.contact_last_name
        self.assertEqual(found, (first, last))

    def test_a_name_is_split_into_its_parts(self):
        partners = self.Partner.create([{"name": name} for name, *_parts in NAMES])
        for partner, (name, first, last) in zip(partners, NAMES, strict=True):
            with self.subTest(name=name):
                self.assertEqual(partner.name, name)
                self.assertParts(partner, first, last)

    def test_parts_are_joined_to_a_name(self):
        latin, chinese = self.Partner.create(
            [
                {"contact_first_name": "Pat", "contact_last_name": "O'Neill"},
                {"contact_first_name": "建国", "contact_last_name": "杨"},
            ]
        )
        self.assertEqual(latin.name, "Pat O'Neill")
        self.assertEqual(chinese.name, "杨建国")

    def test_writing_the_name_splits_it(self):
        self.anna.name = "Anna Maria Holm"
        self.assertParts(self.anna, "Anna Maria", "Holm")

    def test_writing_a_part_joins_the_name(self):
        self.anna.contact_last_name = "Sten"
        self.assertEqual(self.anna.name, "Anna Sten")

    def test_writing_one_part_to_two_contacts_keeps_their_other_parts(self):
        (self.anna | self.bo).contact_last_name = "Sten"
        self.assertEqual((self.anna.name, self.bo.name), ("Anna Sten", "Bo Sten"))

    def test_whoever_writes_both_is_believed(self):
        self.anna.write({"name": "A. Holm", "contact_first_name": "Anna"})
        self.assertEqual(self.anna.name, "A. Holm")
        self.assertParts(self.anna, "Anna", "Holm")

    def test_without_a_name_the_email_then_the_phone_stands_in(self):
        mailed, phoned = self.Partner.create(
            [
                {"email": "x@y.example", "phone": "+45 11 22 33 44"},
                {"phone": "+45 11 22 33 55"},
            ]
        )
        self.assertEqual(mailed.name, "x@y.example")
        self.assertEqual(phoned.name, "+45 11 22 33 55")
        self.assertParts(mailed, False, False)

    def test_the_stand_in_follows_the_email_until_a_name_is_typed(self):
        partner = self.Partner.create({"email": "x@y.example"})
        partner.email = "z@y.example"
        self.assertEqual(partner.name, "z@y.example")
        partner.name = "Zoe Young"
        partner.email = "zoe@y.example"
        self.assertEqual(partner.name, "Zoe Young")
        self.assertParts(partner, "Zoe", "Young")

    def test_the_stand_in_follows_in_whatever_language_it_was_given(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        partner = self.Partner.with_context(lang="fr_FR").create({"city": "Lyon"})
        self.assertTrue(partner.name)
        partner.with_context(lang="en_US").email = "y@y.example"
        self.assertEqual(partner.name, "y@y.example")

    def test_clearing_the_name_brings_the_email_back(self):
        self.anna.name = False
        self.assertEqual(self.anna.name, "anna.holm@nordvind.example")
        self.assertParts(self.anna, False, False)

    def test_an_empty_contact_is_refused_with_what_to_do(self):
        with self.assertRaisesRegex(ValidationError, "Fill in at least one field"):
            self.Partner.create({"type": "contact"})
        with self.assertRaisesRegex(ValidationError, "Fill in at least one field"):
            self.Partner.with_user(self.sales).create({"user_id": self.sales.id})

        with self.assertRaisesRegex(ValidationError, "Fill in at least one field"):
            Form(self.Partner.with_context(default_is_company=False)).save()

    def test_what_comes_from_the_company_fills_no_contact(self):
        self.nordvind.write({"street": "Havnegade 1", "city": "Aarhus"})
        context = {
            "default_is_company": False,
            "default_type": "contact",
            "default_parent_id": self.nordvind.id,
        }
        form = Form(self.Partner.with_user(self.sales).with_context(**context))
        self.assertEqual(form.city, "Aarhus")
        with self.assertRaisesRegex(ValidationError, "Fill in at least one field"):
            form.save()
        form.function = "Buyer"
        self.assertEqual(form.save().name, "Buyer")

    def test_a_note_alone_is_enough(self):
        partner = self.Partner.create({"comment": "met at the fair"})
        self.assertEqual(partner.name, "Unnamed contact")

    def test_a_name_without_parts_is_not_taken_for_a_stand_in(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET contact_first_name = NULL, contact_last_name = NULL"
            " WHERE id = %s",
            [self.anna.id],
        )
        self.anna.invalidate_recordset()
        self.anna.phone = "+45 11 22 33 44"
        self.assertEqual(self.anna.name, "Anna Holm")
        self.assertParts(self.anna, "Anna", "Holm")

    def test_one_part_beside_the_name_leaves_the_other_in_place(self):
        for part, value in (
            ("contact_first_name", "Anna Karin"),
            ("contact_last_name", "Holm"),
        ):
            partner = self.Partner.create({"name": "Anna Karin Holm", part: value})
            self.assertParts(partner, "Anna Karin", "Holm")
            partner.write({"name": "Anna Karin Holm", part: value})
            self.assertParts(partner, "Anna Karin", "Holm")

    def test_the_name_of_a_copy_and_its_parts_agree(self):
        copy = self.anna.copy()
        self.assertEqual(copy.name, "Anna Holm (copy)")
        self.assertParts(copy, "Anna", "Holm (copy)")

    def test_a_company_has_no_parts(self):
        self.assertParts(self.nordvind, False, False)
        self.nordvind.name = "Nordvind Energi A/S"
        self.assertParts(self.nordvind, False, False)

    def test_a_company_that_turns_out_to_be_a_person_gets_parts(self):
        partner = self.Partner.create({"name": "Ida Lund", "is_company": True})
        partner.is_company = False
        self.assertParts(partner, "Ida", "Lund")

    def test_the_form_keeps_name_and_parts_in_step(self):
        with Form(self.Partner.with_user(self.sales)) as form:
            form.name = "Ida Lund"
            self.assertEqual(form.contact_last_name, "Lund")
            form.contact_first_name = "Ida Marie"
            self.assertEqual(form.name, "Ida Marie Lund")
        self.assertParts(form.record, "Ida Marie", "Lund")

    def test_hostile_names_are_kept_as_typed(self):
        for name in (
            "<script>alert(1)</script>",
            "x" * 5000,
            "😀 😀",
            "\u202eevil name",
        ):
            partner = self.Partner.create({"name": name})
            self.assertEqual(partner.name, name)

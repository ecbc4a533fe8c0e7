from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .test_consents import ConsentCase


@tagged("post_install", "-at_install")
class TestConsentWording(ConsentCase):
    def test_a_purpose_needs_no_more_than_a_name_and_a_wording(self):
        with Form(self.env["contact.consent.purpose"].with_user(self.manager)) as form:
            form.name = "Invités à la fête"
            self.assertEqual(form.code, "invites-a-la-fete")
            with form.text_ids.new() as text:
                text.body = "<p>Invite me.</p>"
            form.name = "Fairs"
        self.assertEqual(form.record.code, "invites-a-la-fete")
        self.say(purpose=form.record)
        self.assertEqual(self.state(code="invites-a-la-fete"), "given")

    def test_a_wording_waits_in_languages_that_are_not_installed_yet(self):
        bodies = {"en_US": "<p>Yes.</p>", "da_DK": "<p>Ja.</p><script>x</script>"}
        text = self.text.create({"purpose_id": self.mail.id, "body": bodies["en_US"]})
        text._contact_translate("body", bodies)
        text = text.with_user(self.manager)
        self.assertEqual(self.mail.text_id, text)
        self.say()
        self.env["res.lang"]._activate_lang("da_DK")
        self.assertEqual(text.with_context(lang="da_DK").body, "<p>Ja.</p>")
        self.assertEqual(text.body, "<p>Yes.</p>")
        self.anna.lang = "da_DK"
        self.assertEqual(self.say().lang, "da_DK")
        self.assertIsNone(self.ledger._contact_ledger_broken()[1])
        with self.assertRaisesRegex(UserError, "new version"):
            text._contact_translate("body", bodies)
        with self.assertRaises(AccessError):
            text.with_user(self.sales)._contact_translate("body", bodies)

    def test_an_accepted_wording_is_translated_where_nobody_decided(self):
        for code in ("da_DK", "fr_FR"):
            self.env["res.lang"]._activate_lang(code)
        self.anna.lang = "en_US"
        self.say()
        manager = self.text.with_user(self.manager)
        manager.update_field_translations("body", {"da_DK": {"I agree.": "Ja."}})
        self.assertEqual(self.text.with_context(lang="da_DK").body, "<p>Ja.</p>")
        self.assertEqual(self.text.body, "<p>I agree.</p>")
        # Nobody decided in Danish yet: a slip can be put right.
        manager.update_field_translations("body", {"da_DK": {"I agree.": "Ja tak."}})
        self.anna.lang = "da_DK"
        self.say()
        for lang in ("da_DK", "en_US"):
            with self.assertRaisesRegex(UserError, "accepted in.*new version"):
                manager.update_field_translations("body", {lang: {"I agree.": "x"}})
        # Who is shown English for want of French decided on the English words.
        self.anna.lang = "fr_FR"
        self.say()
        with self.assertRaisesRegex(UserError, "accepted in French"):
            manager.update_field_translations("body", {"fr_FR": {"I agree.": "Oui."}})
        self.assertIsNone(self.ledger._contact_ledger_broken()[1])
        with self.assertRaises(AccessError):
            self.text.with_user(self.sales).update_field_translations(
                "body", {"fr_FR": {"I agree.": "Oui."}}
            )

    def test_the_database_keeps_the_words_of_each_decision(self):
        self.anna.lang = "en_US"
        self.say()
        add = "UPDATE contact_consent_text SET body = body || %s::jsonb WHERE id = %s"
        self.env.cr.execute(add, ('{"da_DK": "<p>Ja.</p>"}', self.text.id))
        self.by_sql(add, '{"en_US": "<p>Anything.</p>"}', self.text.id)
        self.env["res.lang"]._activate_lang("fr_FR")
        self.anna.lang = "fr_FR"
        self.say()
        self.by_sql(add, '{"fr_FR": "<p>Oui.</p>"}', self.text.id)

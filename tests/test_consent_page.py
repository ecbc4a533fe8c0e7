import re
from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools.misc import hash_sign

from ..models.consent.res_partner_consent_page import SCOPE
from .test_consents import ConsentCase

LANGUAGES = {
    "en_US": ("You have not decided yet.", "I agree"),
    "fr_FR": ("Vous n'avez pas encore décidé.", "J'accepte"),
    "da_DK": ("Du har ikke taget stilling endnu.", "Jeg siger ja"),
}


class PageCase(ConsentCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.link = self.anna._contact_consent_link()
        self.path = self.link[self.link.index("/contact/") :]

    def page(self, path=None, status=200):
        response = self.url_open(path or self.path)
        self.assertEqual(response.status_code, status)
        return html.fromstring(response.text)

    def press(self, label, page=None, path=None):
        """Press the button of the purpose ``News`` as a browser without scripts."""
        page = page if page is not None else self.page(path)
        [button] = page.xpath(
            f"//section[.//h2[.='News']]//button[normalize-space()=\"{label}\"]"
        )
        form = button.getparent()
        data = {field.get("name"): field.get("value") for field in form.xpath("input")}
        data[button.get("name")] = button.get("value")
        response = self.url_open(form.get("action"), data=data)
        return html.fromstring(response.text)

    def speak(self, *codes):
        for code in codes:
            self.env["res.lang"]._activate_lang(code)
        module = self.env["ir.module.module"].search([("name", "=", "contact_person")])
        module._update_translations(list(codes))


@tagged("post_install", "-at_install")
class TestConsentPage(PageCase):
    # ------------------------------------------------------------
    # DECIDING
    # ------------------------------------------------------------

    def test_a_contact_gives_and_withdraws_without_login_or_script(self):
        page = self.press("I agree")
        self.assertIn("Your decision was saved", page.text_content())
        self.assertEqual(self.state(), "given")
        row = self.ledger.search([("partner_id", "=", self.anna.id)])
        self.assertEqual((row.source, row.text_id), ("web", self.text))
        self.assertEqual(row.user_id, self.env.ref("base.public_user"))
        self.press("I withdraw my consent")
        self.assertEqual(self.state(), "withdrawn")
        self.assertIsNone(self.ledger._contact_ledger_broken()[1])

    def test_the_answer_stands_where_the_button_was(self):
        page = self.press("I agree")
        [answer] = page.xpath("//*[@role='status']")
        [line] = answer.xpath("ancestor::section")
        self.assertEqual(line.get("data-purpose"), str(self.mail.id))

    def test_opening_the_link_changes_nothing(self):
        before = self.ledger.search_count([])
        self.page()
        self.page(f"{self.path}?decision=give-{self.mail.id}-{self.text.id}")
        self.opener.head(self.base_url() + self.path)
        self.assertEqual(self.ledger.search_count([]), before)

    def test_the_same_button_twice_is_one_withdrawal(self):
        self.say()
        page = self.page()
        self.press("I withdraw my consent", page)
        self.press("I withdraw my consent", page)
        rows = self.ledger.search([("decision", "=", "withdrawn")])
        self.assertEqual(len(rows.filtered(lambda r: r.partner_id == self.anna)), 1)

    def test_a_wording_that_changed_meanwhile_is_read_again(self):
        page = self.page()
        self.text.create({"purpose_id": self.mail.id, "body": "<p>Both.</p>"})
        answer = self.press("I agree", page)
        self.assertIn("Nothing was saved", answer.text_content())
        self.assertEqual(self.state(), "none")
        self.press("I agree", answer)
        self.assertEqual(self.state(), "given")

    def test_a_new_wording_is_offered_beside_the_accepted_one(self):
        self.say()
        self.text.create({"purpose_id": self.mail.id, "body": "<p>Both of it.</p>"})
        text = self.page().text_content()
        self.assertIn("I agree.", text)
        self.assertIn("Both of it.", text)
        self.press("I agree to the new wording")
        self.assertNotIn("There is a new wording", self.page().text_content())

    def test_a_consent_is_renewed_shortly_before_it_expires(self):
        now = fields.Datetime.now()
        self.say(date=now - timedelta(days=300))
        self.press("I agree again")
        self.assertNotIn("I agree again", self.page().text_content())

    def test_an_expired_consent_is_renewed(self):
        self.say(date="2020-01-01 10:00:00")
        self.assertIn("expired on", self.page().text_content())
        self.press("I agree again")
        self.assertEqual(self.state(), "given")

    def test_a_form_of_another_site_is_refused(self):
        data = {"decision": f"give-{self.mail.id}-{self.text.id}"}
        with self.assertLogs("odoo.http", "WARNING"):
            response = self.url_open(self.path, data=data)
        self.assertEqual(response.status_code, 400)
        self.assertEqual(self.state(), "none")

    def test_nonsense_is_answered_kindly(self):
        token = self.page().xpath("//input[@name='csrf_token']/@value")[0]
        for decision in ("", "give", "give-1", f"give-{self.mail.id}-0", "withdraw-x"):
            with self.subTest(decision=decision):
                data = {"csrf_token": token, "decision": decision}
                response = self.url_open(self.path, data=data)
                self.assertIn("Nothing was saved", response.text)
        self.assertEqual(self.state(), "none")

    # ------------------------------------------------------------
    # THE LINK
    # ------------------------------------------------------------

    def test_only_a_signed_link_that_lives_opens_the_page(self):
        base, token = self.path.rsplit("/", 1)
        forged = hash_sign(self.env, "another", [self.anna.id, self.env.company.id])
        old = self.anna._contact_consent_link(days=-1).rsplit("/", 1)[1]
        flipped = token[:-3] + ("A" if token[-3] != "A" else "B") + token[-2:]
        for bad in (old, flipped, token[:-5], forged, "x", str(self.anna.id), "%F0é"):
            with self.subTest(token=bad):
                text = self.page(f"{base}/{bad}", status=404).text_content()
                self.assertIn("This link is not valid any more", text)
                self.assertIn("ask for a new link", text)
                self.assertNotIn("Anna", text)

    def test_a_voided_or_deleted_contact_has_no_page(self):
        self.anna.with_user(self.sales).contact_void("left")
        self.page(status=404)
        bo = self.bo._contact_consent_link()
        self.bo.unlink()
        self.page(bo[bo.index("/contact/") :], status=404)

    def test_the_link_goes_with_the_person(self):
        new = self.change_job()
        self.press("I agree")
        row = self.ledger.search([("partner_id", "=", new.id)])
        self.assertEqual(row.decision, "given")

    def test_the_page_tells_the_first_name_and_nothing_else(self):
        text = self.url_open(self.path).text
        self.assertIn("Anna", text)
        for secret in ("Holm", "anna.holm", "40 12 34 56", "Nordvind", "cp_sales"):
            self.assertNotIn(secret, text)

    def test_neither_caches_nor_frames_nor_referrers_learn_the_link(self):
        headers = self.url_open(self.path).headers
        self.assertEqual(headers["Cache-Control"], "no-store")
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(headers["X-Frame-Options"], "DENY")

    def test_purposes_of_other_companies_are_not_asked(self):
        other = self.env["res.company"].create({"name": "Other"})
        purpose = self.call.copy({"code": "t-other", "company_id": other.id})
        self.text.copy({"purpose_id": purpose.id})
        ids = self.page().xpath("//section/@data-purpose")
        self.assertEqual(set(map(int, ids)), {self.mail.id, self.call.id})

    # ------------------------------------------------------------
    # LANGUAGES AND ACCESS
    # ------------------------------------------------------------

    def test_the_page_speaks_three_languages(self):
        self.speak("fr_FR", "da_DK")
        self.text.update_field_translations(
            "body", {"fr_FR": {"I agree.": "J'accepte tout."}}
        )
        for code, (sentence, button) in LANGUAGES.items():
            for how in ("contact", "switch"):
                self.anna.lang = code if how == "contact" else "en_US"
                path = self.path + (f"?lang={code}" if how == "switch" else "")
                page = self.page(path)
                with self.subTest(code=code, how=how):
                    self.assertEqual(page.get("lang"), code.replace("_", "-"))
                    text = page.text_content()
                    self.assertIn(sentence, text)
                    self.assertEqual("J'accepte tout" in text, code == "fr_FR")
                    self.assertIn(button, page.xpath("//button/text()")[0])
        self.press("J'accepte", path=self.path + "?lang=fr_FR")
        row = self.ledger.search([("partner_id", "=", self.anna.id)])
        self.assertEqual(row.lang, "fr_FR")
        self.assertIsNone(self.ledger._contact_ledger_broken()[1])

    def test_everything_can_be_reached_and_told_by_keyboard_and_reader(self):
        page = self.page()
        self.assertFalse(page.xpath("//script"))
        self.assertEqual(len(page.xpath("//h1")), 1)
        for button in page.xpath("//button"):
            self.assertTrue(button.text_content().strip())
            [named] = page.xpath(f"//*[@id='{button.get('aria-describedby')}']")
            self.assertTrue(named.text)


@tagged("post_install", "-at_install")
class TestConsentRequest(PageCase):
    def ask(self, partners, user=None):
        model = self.env["contact.consent.request"].with_user(user or self.sales)
        return model.create({"partner_ids": [(6, 0, partners.ids)]})

    def mails(self):
        return self.env["mail.mail"].search(
            [("subject", "=", "What may we write to you about?")]
        )

    def test_a_selection_is_asked_and_who_has_no_email_is_named(self):
        silent = self.Partner.create({"name": "Cleo Vang", "user_id": self.sales.id})
        wizard = self.ask(self.anna | self.bo | silent | self.nordvind)
        self.assertEqual((wizard.ready_count, wizard.left_out_count), (2, 2))
        message = wizard.action_apply()["params"]["message"]
        self.assertIn("Cleo Vang", message)
        mails = self.mails()
        self.assertEqual(mails.recipient_ids, self.anna | self.bo)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
        for mail in mails:
            [token] = re.findall(r"/contact/consents/([\w-]+)", str(mail.body_html))
            found, company = self.Partner.sudo()._contact_of_consent_link(token)
            self.assertEqual(found, mail.recipient_ids)
            self.assertEqual(company, self.env.company)

    def test_the_link_of_the_mail_works_for_thirty_days(self):
        self.ask(self.anna).action_apply()
        [path] = re.findall(r"/contact/consents/[\w-]+", str(self.mails().body_html))
        self.press("I agree", path=path)
        self.assertEqual(self.state(), "given")
        token = path.rsplit("/", 1)[1]
        for days, found in ((29, self.anna), (31, self.Partner)):
            with self.subTest(days=days):
                start = fields.Datetime.now() - timedelta(days=days)
                values = [self.anna.id, self.env.company.id]
                end = start + timedelta(days=30)
                token = hash_sign(self.env, SCOPE, values, expiration=end)
                self.assertEqual(
                    self.Partner.sudo()._contact_of_consent_link(token)[0], found
                )

    def test_the_mail_speaks_the_language_of_the_contact(self):
        self.speak("fr_FR", "da_DK")
        self.anna.lang, self.bo.lang = "da_DK", "fr_FR"
        self.ask(self.anna | self.bo).action_apply()
        found = self.env["mail.mail"].search(
            [("recipient_ids", "in", (self.anna | self.bo).ids)]
        )
        texts = {mail.recipient_ids: str(mail.body_html) for mail in found}
        self.assertIn("Hej Anna", texts[self.anna])
        self.assertIn("Bonjour Bo", texts[self.bo])

    def test_the_link_is_not_shown_to_colleagues(self):
        self.ask(self.anna).action_apply()
        messages = self.env["mail.message"].with_user(self.manager)
        found = messages.search(
            [("model", "=", "res.partner"), ("res_id", "=", self.anna.id)]
        )
        self.assertTrue(found.filtered(lambda m: "Asked for consent" in str(m.body)))
        self.assertFalse(found.filtered(lambda m: "/contact/consents/" in str(m.body)))
        mine = messages.search([("body", "like", "/contact/consents/")])
        self.assertFalse(mine)

    def test_without_anybody_to_ask_nothing_is_sent(self):
        with self.assertRaisesRegex(UserError, "no email address"):
            self.ask(self.nordvind).action_apply()
        self.assertFalse(self.mails())

    def test_who_may_not_edit_contacts_does_not_ask(self):
        with self.assertRaises(AccessError):
            self.anna.with_user(self.clerk)._contact_consent_link()
        with self.assertRaises(AccessError):
            self.ask(self.anna, self.clerk)

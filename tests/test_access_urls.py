from base64 import b64decode
from json import loads

from odoo.tests import tagged

from .access_secret import EMAIL, NAME, PASSWORD, SecretCase, words


@tagged("post_install", "-at_install")
class TestAccessUrls(SecretCase):
    """Addresses that a browser or another program may ask for a contact."""

    def test_no_url_shows_it(self):
        self.authenticate(self.spy.login, PASSWORD)
        secret, note, file = self.secret.id, self.note.id, self.file.id
        urls = [
            f"/web/content/{file}",
            f"/web/content/{file}?download=1",
            f"/web/content?model=ir.attachment&id={file}&field=raw",
            f"/web/content/res.partner/{secret}/comment",
            f"/web/content?model=res.partner&id={secret}&field=email",
            f"/web/partner/vcard?partner_ids={secret}",
            f"/web/partner/vcard?partner={secret}",
            f"/web_enterprise/partner/{secret}/vcard",
            f"/odoo/res.partner/{secret}",
            f"/odoo/contact-persons/{secret}",
            f"/odoo/contact-persons/{secret}?debug=1",
            f"/mail/view?model=res.partner&res_id={secret}",
            f"/mail/message/{note}",
            f"/json/1/contact-persons/{secret}",
            f"/json/1/contact-persons?domain=[('id','=',{secret})]",
            f"/json/1/res.partner/{secret}",
            f"/report/html/base.report_irmodeloverview/{secret}",
            f"/report/text/contact_person.report/{secret}",
            f"/mail/attachment/zip?file_ids={file}&zip_name=x",
            f"/web/image/{file}",
        ]
        table = {url: lambda url=url: self.url_open(url).content for url in urls}
        self.check(table)

    def test_no_url_shows_its_picture(self):
        self.authenticate(self.spy.login, PASSWORD)
        for name in ("image_1920", "image_128", "avatar_1920", "avatar_128"):
            url = f"/web/image/res.partner/%s/{name}"
            mine = self.url_open(url % self.company.id)
            self.assertTrue(mine.ok)
            shown = self.url_open(url % self.secret.id).content
            self.assertNotEqual(shown, b64decode(self.secret[name]), url)

    def rpc(self, route, **params):
        """Return the whole text of the answer, errors as well."""
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        return lambda: self.url_open(route, json=body).text

    def test_no_rpc_shows_it(self):
        self.authenticate(self.spy.login, PASSWORD)
        thread = {"thread_model": "res.partner", "thread_id": self.secret.id}
        company = {"thread_model": "res.partner", "thread_id": self.company.id}
        call = "/web/dataset/call_kw"
        ids = self.secret.ids
        table = {
            "messages": self.rpc("/mail/thread/messages", **thread),
            "recipients": self.rpc("/mail/thread/recipients", **thread),
            "suggested": self.rpc(
                "/mail/thread/recipients/get_suggested_recipients", **thread
            ),
            "suggested beside": self.rpc(
                "/mail/thread/recipients/get_suggested_recipients",
                **company,
                partner_ids=ids,
            ),
            "partner of an email": self.rpc(
                "/mail/partner/from_email", **company, emails=[EMAIL]
            ),
            "thread": self.rpc(
                "/mail/data",
                fetch_params=[
                    [
                        "mail.thread",
                        {**thread, "request_list": ["followers", "activities"]},
                    ]
                ],
            ),
            "followers": self.rpc(
                "/mail/data",
                fetch_params=[
                    ["mail.thread", {**company, "request_list": ["followers"]}]
                ],
            ),
            "subscribe": self.rpc(
                "/mail/thread/subscribe",
                res_model="res.partner",
                res_id=self.secret.id,
                partner_ids=self.spy.partner_id.ids,
            ),
            "post": self.rpc("/mail/message/post", **thread, post_data={"body": "x"}),
            "post to it": self.rpc(
                "/mail/message/post",
                **company,
                post_data={"body": "x", "partner_ids": ids},
            ),
            "action": self.rpc("/mail/action", fetch_params=["init_messaging"]),
        }
        for name, args in (
            ("read", [ids, ["name", "email"]]),
            ("web_read", [ids, {"name": {}}]),
            ("write", [ids, {"comment": "x"}]),
            ("unlink", [ids]),
            ("get_formview_action", [ids]),
        ):
            table[name] = self.rpc(
                call, model="res.partner", method=name, args=args, kwargs={}
            )
        # Odoo names the followers of what the spy may read, and he may write to them;
        # the email he typed himself.
        typed = {"zqxjmail", "zqxjhost"}
        allowed = {"followers": NAME, "post to it": NAME, "partner of an email": typed}
        self.check(table, allowed=allowed)

    def test_no_error_names_it_in_developer_mode(self):
        self.authenticate(self.spy.login, PASSWORD)
        self.url_open("/odoo?debug=1")
        table = {
            name: self.rpc(
                "/web/dataset/call_kw",
                model="res.partner",
                method=name,
                args=[self.secret.ids, *args],
                kwargs={},
            )
            for name, args in (("read", [["name"]]), ("write", [{"comment": "x"}]))
        }
        self.check(table)

    def test_no_call_with_a_key_shows_it(self):
        """JSON-2, as another program comes in."""
        keys = self.env["res.users.apikeys"].with_user(self.spy)
        key = keys.sudo()._generate("rpc", "spy", None)
        headers = {"Authorization": f"Bearer {key}"}
        ids, domain = self.secret.ids, [("id", "=", self.secret.id)]

        def post(model, method, body):
            url = f"/json/2/{model}/{method}"
            return lambda: self.url_open(url, json=body, headers=headers).text

        calls = [
            ("res.partner", "search_read", {"domain": domain, "fields": ["name"]}),
            ("res.partner", "search_read", {"domain": [], "fields": ["name", "email"]}),
            ("res.partner", "read", {"ids": ids, "fields": ["name"]}),
            ("res.partner", "web_read", {"ids": ids, "specification": {"name": {}}}),
            ("res.partner", "export_data", {"ids": ids, "fields_to_export": ["name"]}),
            ("res.partner", "name_search", {"name": "zqx"}),
            ("res.partner", "copy", {"ids": ids}),
            ("res.partner", "contact_map", {"ids": ids}),
            ("res.partner", "contact_consents", {"ids": ids}),
            ("res.partner", "contact_who_sees", {"ids": ids}),
            (
                "res.partner",
                "contact_explain_access",
                {"ids": ids, "user_id": self.spy.id},
            ),
            ("contact.relation", "search_read", {"domain": []}),
            ("contact.team.member", "search_read", {"domain": []}),
            ("mail.message", "search_read", {"domain": [["body", "ilike", "zqx"]]}),
            ("ir.attachment", "search_read", {"domain": [["name", "ilike", "zqx"]]}),
        ]
        table = {f"{i} {call[1]}": post(*call) for i, call in enumerate(calls)}
        self.check(table)
        mine = [("id", "=", self.mine.id)]
        body = {"domain": mine, "fields": ["email"]}
        self.assertIn("mine@spied", post("res.partner", "search_read", body)())

    def test_who_works_for_it_is_answered(self):
        """What a request puts off until its end is done in its user's name, too."""
        self.authenticate(self.spy.login, PASSWORD)
        lead = self.lead
        meeting = {
            "name": "Visit",
            "start": "2090-01-02 10:00:00",
            "stop": "2090-01-02 11:00:00",
            "opportunity_id": lead.id,
            "partner_ids": [[6, 0, [self.secret.id, self.spy.partner_id.id]]],
        }

        def ask(model, method, *args, **kwargs):
            answer = self.rpc(
                f"/web/dataset/call_kw/{model}/{method}",
                model=model,
                method=method,
                args=args,
                kwargs=kwargs,
            )()
            return loads(answer)["result"]

        event = ask("calendar.event", "create", meeting)
        event = self.env["calendar.event"].browse(event)
        self.assertIn(self.secret, event.attendee_ids.partner_id)
        self.assertEqual(words(event.description), NAME)
        ask(
            "calendar.event", "write", event.ids, {"partner_ids": [[3, self.secret.id]]}
        )
        self.assertNotIn(self.secret, event.attendee_ids.partner_id)
        lead.message_subscribe(self.secret.ids)
        [read] = ask("crm.lead", "read", lead.ids, ["message_partner_ids", "name"])
        self.assertIn(self.secret.id, read["message_partner_ids"])
        ask("crm.lead", "write", lead.ids, {"partner_id": False})
        self.assertFalse(lead.partner_id)

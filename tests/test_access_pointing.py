from odoo.tests import tagged

from .access_secret import EMAIL, NAME, PHONE, TEXTS, SecretCase


@tagged("post_install", "-at_install")
class TestAccessPointing(SecretCase):
    """What a user makes himself, in the hope that it opens a contact."""

    def test_a_double_tells_what_the_rules_reveal(self):
        partner = self.as_spy["res.partner"]
        revealed = self.env["contact.duplicate.rule"].search([]).revealed_field_ids
        self.assertFalse(revealed)
        table = {
            "find": lambda: partner.contact_find_duplicates({"email": EMAIL}),
            "find by phone": lambda: partner.contact_find_duplicates({"phone": PHONE}),
            "find by name": lambda: partner.contact_find_duplicates(
                {"name": "Zqxjfirst"}
            ),
            "create": lambda: partner.create({"name": "Other", "email": EMAIL}),
            "load": lambda: partner.load(["name", "email"], [["Other", EMAIL]]),
            "name_create": lambda: partner.name_create(f"Other <{EMAIL}>"),
            "write": lambda: self.mine.with_env(self.as_spy).write({"email": EMAIL}),
        }
        for name, function in table.items():
            typed = {"find by phone": ("phone",), "find by name": ("zqxjfirst",)}
            typed = typed.get(name, ("zqxjmail", "zqxjhost"))
            with self.subTest(name):
                self.check({name: function}, typed=typed)

    def take(self, model, values, **then):
        """Create a record that points to the contact, then look at what is known."""

        def attempt():
            record = self.as_spy[model].create(values)
            for name, arguments in then.items():
                getattr(record, name)(*arguments)
            self.env.flush_all()
            self.env.invalidate_all()
            texts = [
                field.name
                for field in record._fields.values()
                if field.type in (*TEXTS, "many2one")
                and record._has_field_access(field, "read")
            ]
            seen = self.as_spy["res.partner"].search([("id", "=", self.secret.id)])
            return record.exists().read(texts), seen.read(["email", "name"])

        return attempt

    def test_nothing_that_points_to_it_opens_it(self):
        secret, mine, spy = self.secret.id, self.mine.id, self.spy.id
        table = {
            "member": self.take(
                "contact.team.member", {"partner_id": secret, "user_id": spy}
            ),
            "rule": self.take(
                "contact.sharing.rule",
                {
                    "name": "x",
                    "source_user_ids": self.owner.ids,
                    "target_user_ids": [spy],
                },
            ),
            "relation": self.take(
                "contact.relation", {"contact_id": mine, "partner_id": secret}
            ),
            "relation of it": self.take(
                "contact.relation", {"contact_id": secret, "partner_id": mine}
            ),
            "job": self.take(
                "contact.employment", {"partner_id": mine, "version_id": secret}
            ),
            "job of it": self.take(
                "contact.employment", {"partner_id": secret, "employer_name": "x"}
            ),
            "child": self.take("res.partner", {"name": "Child", "parent_id": secret}),
            "address": self.take(
                "res.partner", {"type": "invoice", "name": "", "parent_id": secret}
            ),
            "void": self.take("contact.void", {"partner_ids": [secret], "reason": "x"}),
            "job change": self.take("contact.job.change", {"partner_id": secret}),
            "job change done": self.take(
                "contact.job.change", {"partner_id": secret}, action_apply=()
            ),
            "explanation": self.take(
                "contact.access.explanation", {"partner_id": secret}
            ),
            "merge": self.take(
                "base.partner.merge.automatic.wizard",
                {"partner_ids": [(6, 0, [secret, mine])], "dst_partner_id": mine},
                action_merge=(),
            ),
            "composer": self.take(
                "mail.compose.message",
                {
                    "model": "res.partner",
                    "res_ids": repr([secret]),
                    "partner_ids": [secret],
                    "body": "x",
                },
            ),
            "activity": self.take(
                "mail.activity",
                {
                    "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                    "res_id": secret,
                    "user_id": spy,
                },
            ),
            "customer": lambda: (
                self.lead.copy({"user_id": spy, "partner_id": False})
                .with_env(self.as_spy)
                .web_save({"partner_id": secret}, {"email_from": {}, "phone": {}})
            ),
            "lead": self.take("crm.lead", {"name": "x", "partner_id": secret}),
            "event": self.take(
                "calendar.event",
                {
                    "name": "x",
                    "partner_ids": [(6, 0, [secret])],
                    "start": "2030-01-01 10:00:00",
                    "stop": "2030-01-01 11:00:00",
                },
            ),
            "attachment": self.take(
                "ir.attachment",
                {"name": "x", "res_model": "res.partner", "res_id": secret},
            ),
            "bank": self.take(
                "res.partner.bank", {"acc_number": "1", "partner_id": secret}
            ),
        }
        mine = self.mine.with_env(self.as_spy)
        for name, values in (
            ("commercial", {"parent_id": secret}),
            ("present version", {"contact_current_id": secret}),
            (
                "members",
                {"contact_member_ids": [(4, self.secret.contact_member_ids.id)]},
            ),
        ):
            table[name] = lambda values=values: (mine.write(values), mine.read())
        table["write"] = lambda: self.hidden.write({"user_id": spy})
        table["onchange"] = lambda: mine.onchange(
            {"parent_id": secret},
            ["parent_id"],
            {
                "parent_id": {"fields": {"display_name": {}}},
                "street": {},
                "function": {},
            },
        )
        table["lead onchange"] = lambda: self.as_spy["crm.lead"].onchange(
            {"partner_id": secret},
            ["partner_id"],
            {"partner_id": {}, "email_from": {}, "phone": {}, "street": {}},
        )
        table["lead by default"] = lambda: (
            self.as_spy["crm.lead"]
            .with_context(default_partner_id=secret)
            .onchange({}, [], {"partner_id": {}, "email_from": {}, "phone": {}})
        )
        # The record of the spy names what he himself pointed to.
        named = (
            "lead",
            "event",
            "child",
            "address",
            "onchange",
            "commercial",
            "activity",
        )
        self.check(table, allowed={name: NAME for name in named})

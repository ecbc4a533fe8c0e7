from copy import deepcopy
from functools import partial

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..models.linked import linked_ids
from .access_secret import SecretCase

SHOWN = {"email": {}, "phone": {}, "common_name": {}, "partner_id": {}}
LEAD = {name: {} for name in ("email_from", "phone", "street", "contact_name")}
PERSON = {name: {} for name in ("email", "phone", "street", "lang", "user_id")}


@tagged("post_install", "-at_install")
class TestAccessProposed(SecretCase):
    """A form that is filled in, but not saved, tells nothing of a hidden contact."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = {"partner_id": cls.secret.id}
        cls.new = [[Command.CREATE, "virtual_1", cls.line]]

    def propose(self, model, values, spec, names=(), **default):
        """Return what asks for a new form, of all fields and of the given ones."""
        context = {f"default_{name}": value for name, value in default.items()}
        form = self.as_spy[model].with_context(**context)

        def ask(changed):
            # it changes the values that it is given
            return form.onchange(deepcopy(values), list(changed), spec)

        return lambda: [self.answer(partial(ask, changed)) for changed in ((), names)]

    def test_a_line(self):
        lead, mine = self.lead.id, self.mine.id
        changed = [[Command.UPDATE, lead, self.line]]
        instead = {"id": mine, "contact_relation_ids": self.new}
        table = {
            model + name: self.propose(model, {name: lines}, {name: spec}, (name,))
            for model, name, spec in (
                ("crm.merge.opportunity", "opportunity_ids", {"fields": LEAD}),
                (
                    "crm.lead2opportunity.partner",
                    "duplicated_lead_ids",
                    {"fields": LEAD},
                ),
                ("crm.lead", "duplicate_lead_ids", {"fields": LEAD}),
                ("calendar.event", "attendee_ids", {"fields": SHOWN}),
                ("res.partner", "opportunity_ids", {"fields": LEAD}),
                ("res.partner", "child_ids", {"fields": PERSON}),
            )
            for lines in (self.new, changed, [self.line])
        }
        deep = {"calendar_event_ids": [[0, "v", {"attendee_ids": self.new}]]}
        asked = {"calendar_event_ids": {"fields": {"attendee_ids": {"fields": SHOWN}}}}
        table["deep"] = self.propose("crm.lead", deep, asked, tuple(deep))
        table["in its place"] = self.propose(
            "contact.job.change", {"partner_id": instead}, {"partner_id": {}}
        )
        for name in ("partner_id", "employer_id"):
            table[f"job {name}"] = self.propose(
                "res.partner",
                {"contact_employment_ids": [[0, "v", {name: self.secret.id}]]},
                {
                    "contact_employment_ids": {
                        "fields": {"partner_id": {"fields": PERSON}, "function": {}}
                    }
                },
                ("contact_employment_ids",),
            )
        self.check(table)

    def test_a_field(self):
        secret = self.secret.id
        own = self.lead.with_env(self.as_spy)
        self.check(
            {
                "photo": self.propose(
                    "mail.message",
                    {"author_id": secret},
                    {"author_avatar": {}},
                    ("author_id",),
                ),
                "parent": self.propose(
                    "res.partner",
                    {"parent_id": secret, "name": "Child"},
                    PERSON
                    | {"commercial_partner_id": {"fields": {"display_name": {}}}},
                    ("parent_id",),
                ),
                "job": self.propose(
                    "contact.job.change",
                    {"partner_id": secret},
                    {"old_employer_id": {"fields": {"display_name": {}}}},
                    ("partner_id",),
                ),
                "record": self.propose(
                    "contact.job.change",
                    {"partner_id": {"id": secret}},
                    {"old_employer_id": {"fields": {"display_name": {}}}},
                    ("partner_id",),
                ),
                "attendee": self.propose(
                    "calendar.attendee", self.line, SHOWN, ("partner_id",)
                ),
                "lead": self.propose("crm.lead", self.line, LEAD, ("partner_id",)),
                "lead that has it": lambda: own.onchange({}, [], LEAD),
                "lead that gets it": lambda: own.onchange(
                    self.line, ["partner_id"], LEAD
                ),
                "activity": self.propose(
                    "mail.activity",
                    {
                        "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                        "res_id": secret,
                    },
                    {"res_name": {}},
                    ("res_id",),
                ),
            }
        )
        model = self.env["ir.model"]._get_id
        self.check(
            {
                f"activity, {name} {values}": self.propose(
                    "mail.activity", {"res_id": secret, **values}, told, (name,)
                )
                for told in ({"res_name": {}},)
                for name in ("res_model_id", "res_model", "summary")
                for values in (
                    {"res_model_id": model("res.partner"), "summary": "x"},
                    {
                        "res_model": "res.partner",
                        "res_model_id": model("crm.lead"),
                    },
                    {
                        "res_model": "crm.lead",
                        "res_model_id": {"id": model("res.partner")},
                    },
                )
            }
        )
        inner = {"id": self.mine.id, "parent_id": self.secret.id}
        beside = {"name": "x", "attendee_ids": self.new}
        for model, values, changed in (
            ("crm.lead", self.line, "partner_id"),
            ("contact.job.change", self.line, "partner_id"),
            ("calendar.attendee", self.line, "partner_id"),
            # a line that stands in the form while something else changes
            ("calendar.event", beside, "name"),
            # records in place of ids and commands
            ("crm.lead", {"partner_id": {"id": self.secret.id}}, "partner_id"),
            ("crm.lead", {"partner_id": inner}, "partner_id"),
            ("calendar.event", {"attendee_ids": [self.line]}, "attendee_ids"),
        ):
            form = self.as_spy[model]
            with self.subTest(model), self.assertRaises(AccessError):
                with mute_logger("odoo.addons.base.models.ir_rule"):
                    form.onchange(deepcopy(values), [changed], {})

    def test_a_list_is_proposed_without_it(self):
        both, events = [self.secret.id, self.mine.id], self.as_spy["calendar.event"]
        for default in (
            both,
            [Command.set(both)],
            [Command.link(id_) for id_ in both],
        ):
            for form in (events, events.sudo()):
                with self.subTest(default=default, su=form.env.su):
                    form = form.with_context(default_partner_ids=default)
                    taken = form.default_get(["partner_ids"])["partner_ids"]
                    self.assertEqual(linked_ids(taken), {self.mine.id})
        alone = events.with_context(default_partner_ids=self.secret.ids)
        self.assertNotIn("partner_ids", alone.default_get(["partner_ids"]))

    def test_a_default(self):
        secret = self.secret.id
        event = {"attendee_ids": {"fields": SHOWN}}
        self.check(
            {
                "lead": self.propose("crm.lead", {}, LEAD, partner_id=secret),
                "lead, as superuser": self.propose(
                    "crm.lead", {"name": "x"}, LEAD, ("name",), partner_id=secret
                ),
                "record": self.propose(
                    "crm.lead", {}, LEAD, partner_id={"id": secret, "name": "x"}
                ),
                "line": self.propose(
                    "calendar.event", {}, event, attendee_ids=self.new
                ),
                "activity": self.propose(
                    "mail.activity",
                    {},
                    {"res_name": {}},
                    res_id=secret,
                    res_model_id=self.env["ir.model"]._get_id("res.partner"),
                ),
                "person": self.propose(
                    "res.partner", {"name": "x"}, PERSON, parent_id=secret
                ),
                "job": self.propose(
                    "contact.job.change",
                    {},
                    {"old_employer_id": {"fields": {"display_name": {}}}},
                    partner_id=secret,
                ),
            }
        )
        for model, name in (
            ("crm.lead", "partner_id"),
            ("res.partner", "parent_id"),
            ("mail.message", "author_id"),
        ):
            context = {f"default_{name}": secret}
            for form in (self.as_spy[model], self.as_spy[model].sudo()):
                taken = form.with_context(**context).default_get([name])
                self.assertNotEqual(taken.get(name), secret)
            for env in (self.env, self.env(user=self.owner, su=False)):
                taken = env[model].with_context(**context).default_get([name])
                self.assertEqual(taken[name], secret)
        self.env["ir.default"].set(
            "crm.lead", "partner_id", secret, user_id=self.spy.id
        )
        made = self.as_spy["crm.lead"].create({"name": "Made anyway"})
        self.assertFalse(made.partner_id)

    def test_a_forged_author_concerns_nobody(self):
        mine, secret = self.mine.with_env(self.as_spy), self.secret
        self.mine.message_unsubscribe(secret.ids)
        compose = self.as_spy["mail.compose.message"]
        about = {"model": "res.partner", "res_ids": str(mine.ids), "body": "x"}
        template = self.env["mail.template"].create(
            {
                "name": "Note",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "subject": "x",
                "body_html": "x",
            }
        )

        def by_context():
            note = self.as_spy["mail.message"].with_context(default_author_id=secret.id)
            note.create({"model": "res.partner", "res_id": mine.id, "body": "x"})

        def by_composer():
            values = {"composition_mode": "mass_mail", "author_id": secret.id}
            compose.create({**about, **values})._action_send_mail()

        def by_template():
            template.with_env(self.as_spy).send_mail(
                mine.id, email_values={"author_id": secret.id}
            )

        for forge in (by_context, by_composer, by_template):
            with self.subTest(forge.__name__):
                with mute_logger("odoo.addons.base.models.ir_rule", "odoo.http"):
                    try:
                        forge()
                    except AccessError as error:
                        self.assertNotIn("zqxj", str(error))
                wrote = self.mine.message_ids.filtered(
                    lambda message: message.author_id == secret
                )
                self.assertFalse(wrote)
        # the same by the hand of a superuser who acts for the user
        self.mine.with_user(self.spy).sudo().message_post(
            body="y", author_id=secret.id, email_from="x@spied.example"
        )
        self.assertNotIn(secret, mine._contact_concerned())
        self.mine.message_post(body="z", author_id=secret.id)
        self.assertIn(secret, mine._contact_concerned())

    def test_a_mail_about_it(self):
        secret = self.secret.id
        about = {
            "model": "res.partner",
            "res_ids": repr([secret]),
            "partner_ids": [secret],
            "body": "x",
        }
        compose = self.as_spy["mail.compose.message"]

        def read_again(composer):
            self.env.flush_all()
            self.env.invalidate_all()
            return composer.read(["subject", "body"])

        def write():
            own = compose.create({**about, "res_ids": repr(self.mine.ids)})
            own.write({"res_ids": about["res_ids"]})
            return read_again(own)

        selected = {"active_model": "res.partner", "active_ids": [secret]}
        opened = compose.with_context(**selected)
        asked = {"subject": {}, "body": {}}
        self.check(
            {
                "create": lambda: read_again(compose.create(about)),
                "write": write,
                "selected": lambda: read_again(opened.create({"body": "x"})),
                "default": lambda: opened.onchange({}, [], asked),
                "changed": self.propose(
                    "mail.compose.message", about, asked, ("res_ids",)
                ),
            }
        )

    # ------------------------------------------------------------
    # WHAT GOES ON
    # ------------------------------------------------------------

    def test_a_document_of_a_hidden_customer_goes_on(self):
        lead = self.lead.with_env(self.as_spy)
        with Form(lead) as form:
            form.name = "Renamed"
        self.assertEqual(lead.name, "Renamed")
        self.assertEqual(lead.copy().sudo().partner_id, self.secret)
        self.assertEqual(
            self.as_spy["calendar.event"]
            .with_context(
                default_opportunity_id=lead.id, default_partner_ids=self.secret.ids
            )
            .onchange({}, [], {"partner_ids": {}, "opportunity_id": {}})["value"][
                "partner_ids"
            ][0][1],
            self.secret.id,
        )
        self.assertIn(
            self.secret,
            self.as_spy["calendar.event"]._contact_lent({"opportunity_id": lead.id}),
        )

    def test_a_line_is_asked_with_the_form_around_it(self):
        """As the web client sends it: the form stands in the place of its id."""
        other = self.lead.copy({"partner_id": False})
        line = self.as_spy["contact.relation"]
        for lead, goes_on in ((self.lead, True), (other, False)):
            around = {"id": lead.id, "name": "x", "partner_id": self.secret.id}
            values = {"role": "x", "lead_id": around}
            with self.subTest(goes_on=goes_on):
                ask = partial(line.onchange, values, ["role"], {"role": {}})
                answer = self.answer(ask)
                self.assertEqual(isinstance(answer, dict), goes_on, answer)

    def test_who_reads_no_leads_goes_on(self):
        clerk = new_test_user(self.env, "cp_proposed_clerk", groups="base.group_user")
        event = self.env["calendar.event"].with_user(clerk)
        named = event.with_context(default_name="Talk")
        self.assertEqual(named.default_get(["name"]), {"name": "Talk"})
        with Form(named) as form:
            form.description = "Hello"
        self.assertEqual(form.record.name, "Talk")

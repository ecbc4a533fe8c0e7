"""A contact that its reader must not find, with a secret word in everything it has."""

import inspect
import re

from odoo.fields import Command
from odoo.service.model import call_kw, get_public_method
from odoo.tests import HttpCase, new_test_user
from odoo.tools import mute_logger

from .common import CONTACT, EXPORTER, MANAGER

WORD = re.compile(r"zqxj[a-z]+|20\W*55\W*77\W*99", re.IGNORECASE)
EMAIL = "zqxjmail@zqxjhost.example"
PHONE = "+45 20 55 77 99"
PASSWORD = "a spy's password"
# The smallest picture; its last word is the secret one.
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)

# What Odoo shows by design: the name of the customer of a document that the user may
# read. Nothing else of the customer, and nothing else by this way.
NAME = {"zqxjfirst", "zqxjlast"}
# What the attempts say to the log: refusals, methods out of use, nobody to notify.
NOISE = (
    "odoo.sql_db",
    "odoo.http",
    "py.warnings",
    "odoo.addons.mail.models.mail_thread",
)
TEXTS = ("char", "text", "html")


def words(answer):
    """Return the secret words in an answer of any kind, in lower case."""
    if isinstance(answer, bytes):
        answer = answer.decode("latin-1")
    found = WORD.findall(answer if isinstance(answer, str) else repr(answer))
    return {"phone" if word[0] == "2" else word.lower() for word in found}


class SecretCase(HttpCase):
    """The spy and what is hidden from him.

    +---------+-----------------------------------------------------------------+
    | record  | what it is                                                      |
    +=========+=================================================================+
    | spy     | contact user; owns ``mine`` and the lead                        |
    | owner   | contact user; owns the secret                                   |
    | secret  | private; the words ``zqxj…`` are in its fields and records      |
    | company | where both work; everybody reads it                             |
    | mine    | a contact of the spy, related to the secret by somebody else    |
    | lead    | opportunity of the spy whose customer is the secret             |
    +---------+-----------------------------------------------------------------+
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "no_reset_password": True})
        cls.spy, cls.owner, cls.manager = (
            new_test_user(
                cls.env,
                f"cp_secret_{name}",
                password=PASSWORD,
                groups=f"{group},{EXPORTER},sales_team.group_sale_salesman",
            )
            for name, group in (("spy", CONTACT), ("owner", CONTACT), ("boss", MANAGER))
        )
        cls._create_partners()
        cls._create_links()
        cls._create_attached()
        cls.env.flush_all()
        cls.as_spy = cls.env(user=cls.spy, su=False)
        cls.hidden = cls.secret.with_env(cls.as_spy)

    @classmethod
    def _create_partners(cls):
        partner = cls.env["res.partner"].with_user(cls.manager).sudo()
        partner = partner.with_context(contact_keep_address=True)
        cls.company = partner.create({"name": "Spied A/S", "is_company": True})
        cls.tag = cls.env["res.partner.category"].create({"name": "Spied tag"})
        cls.mine = partner.create(
            {"name": "Mine", "user_id": cls.spy.id, "email": "mine@spied.example"}
        )
        cls.secret = partner.create(
            {
                "name": "Zqxjfirst Zqxjlast",
                "email": EMAIL,
                "phone": PHONE,
                "comment": "<p>zqxjnote</p>",
                "street": "zqxjstreet 1",
                "city": "zqxjcity",
                "function": "zqxjjob",
                "ref": "zqxjref",
                "website": "https://zqxjsite.example",
                "image_1920": PICTURE,
                "parent_id": cls.company.id,
                "user_id": cls.owner.id,
                "category_id": [Command.link(cls.tag.id)],
                "contact_visibility": "private",
            }
        )

    @classmethod
    def _create_links(cls):
        ref = cls.env.ref
        relation = "contact_person.contact_relation_type_"
        cls.relations = cls.env["contact.relation"].create(
            [
                {
                    "contact_id": cls.secret.id,
                    "partner_id": cls.company.id,
                    "type_id": ref(relation + "contact").id,
                    "role": "zqxjrole",
                },
                {
                    "contact_id": cls.mine.id,
                    "partner_id": cls.secret.id,
                    "type_id": ref(relation + "spouse").id,
                    "note": "zqxjspouse",
                },
            ]
        )
        cls.env["contact.employment"].create(
            {
                "partner_id": cls.secret.id,
                "employer_id": cls.company.id,
                "date_start": "2020-01-01",
                "function": "zqxjformerjob",
            }
        )
        cls.env["contact.team.member"].create(
            {"partner_id": cls.secret.id, "user_id": cls.manager.id}
        )
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Spied lead",
                "type": "opportunity",
                "user_id": cls.spy.id,
            }
        )
        # Not by writing it: Odoo would copy email, phone and address into the lead,
        # or those of the lead into the customer.
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE crm_lead SET partner_id = %s WHERE id = %s",
            [cls.secret.id, cls.lead.id],
        )
        cls.env.invalidate_all()

    @classmethod
    def _create_attached(cls):
        secret = cls.secret
        cls.note = secret.message_post(
            body="zqxjchat", subject="zqxjsubject", subtype_xmlid="mail.mt_note"
        )
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": "zqxjfile.txt",
                "raw": b"zqxjcontent",
                "res_model": "res.partner",
                "res_id": secret.id,
            }
        )
        cls.activity = secret.activity_schedule(
            "mail.mail_activity_data_todo",
            summary="zqxjtodo",
            note="zqxjplan",
            user_id=cls.owner.id,
        )
        cls.company.message_subscribe(partner_ids=secret.ids)
        cls.mine.message_subscribe(partner_ids=secret.ids)

    def setUp(self):
        super().setUp()
        # as in a request: in this name Odoo checks what it links as superuser
        self.env.transaction.default_env = self.as_spy

    # ------------------------------------------------------------
    # ATTEMPTS
    # ------------------------------------------------------------

    def answer(self, function):
        """Return what a function answers, an error as well; nothing of it stays."""
        savepoint = self.env.cr.savepoint()
        try:
            return function()
        except Exception as error:  # noqa: B902 any error tells something
            return f"{error!r} {error} {vars(error)}"
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def call(self, model, name, ids, *args, **kwargs):
        """Call a public method as a client does."""
        model = self.as_spy[model]
        if getattr(get_public_method(model, name), "_api_model", False):
            return call_kw(model, name, list(args), kwargs)
        return call_kw(model, name, [list(ids), *args], kwargs)

    def check(self, table, **kwargs):
        with mute_logger(*NOISE):
            self.assertEqual({}, self.leaks(table, **kwargs))

    def leaks(self, table, typed=(), allowed=None):
        """Try each way of a table.

        :param dict table: functions by the name of the way
        :param typed: words that the spy says himself, and so no news to him
        :param dict allowed: words by the name of the way that Odoo shows by design
        :return: the secret words by the name of the way
        """
        found = {}
        for name, function in table.items():
            told = words(self.answer(function)) - set(typed)
            told -= (allowed or {}).get(name, set())
            if told:
                found[name] = sorted(told)
        return found

    # ------------------------------------------------------------
    # METHODS
    # ------------------------------------------------------------

    def public_methods(self, model, own):
        """Yield names and signatures of the methods that a client may call.

        :param bool own: only those that this addon defines
        """
        cls = type(self.env[model])
        for name in dir(cls):
            method = inspect.getattr_static(cls, name, None)
            if name.startswith("_") or not inspect.isfunction(method):
                continue
            if own and not any(
                name in vars(base) and "contact_person" in base.__module__
                for base in cls.mro()
            ):
                continue
            try:
                get_public_method(self.env[model], name)
            except Exception:  # noqa: S112 a private one
                continue
            yield name, inspect.signature(method)

    def guessed(self, signature):
        """Return arguments by name for what a method must be given."""
        guesses = {
            "values": {"name": "Somebody"},
            "vals": {"comment": "x"},
            "vals_list": [{"name": "x", "parent_id": self.secret.id}],
            "domain": [("id", "=", self.secret.id)],
            "fields": ["name", "email"],
            "field_names": ["name", "email"],
            "fields_to_export": ["name", "email"],
            "specification": {"name": {}, "email": {}},
            "fields_spec": {"name": {}, "email": {}},
            "groupby": ["email"],
            "model": "res.partner",
            "res_id": self.secret.id,
            "user_id": self.spy.id,
            "relation_id": self.relations[0].id,
            "query": "zqxj",
            "name": "zqxj",
            "search": "zqxj",
            "search_term": "zqxj",
            "operation": "read",
            "scope": "people",
            "date": "2024-01-01",
            "given": True,
            "func": "name",
            "ids": self.secret.ids,
            "partner_ids": self.secret.ids,
            "message_id": self.note.id,
            "field_name": "name",
            "email": "somebody@spied.example",
        }
        return {
            name: guesses.get(name, "x")
            for name, parameter in list(signature.parameters.items())[1:]
            if parameter.default is parameter.empty
            and parameter.kind == parameter.POSITIONAL_OR_KEYWORD
        }

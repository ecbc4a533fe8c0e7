import json
from datetime import date, datetime, timedelta
from xmlrpc.client import Fault

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, get_db_name, tagged
from odoo.tools import mute_logger

from .field_common import MOMENT, OPTIONS, PIXEL, TABLE, FieldCase

NO_IMAGE = "aGVsbG8="  # the word hello
NUMBER = "number with a decimal point"
# type: [(wrong value, what the message advises)]
WRONG = {
    "char": [("a\x00b", "without control characters"), ({"a": 1}, "Send a text")],
    "text": [(["a", "b"], "Send a text")],
    "html": [({"a": 1}, "Send a text")],
    "integer": [
        ("abc", "whole number from -2147483647 to 2147483647"),
        ("2,5", "whole number"),
        (2.5, "whole number"),
        (2**31, "whole number"),
        ([7], "whole number"),
    ],
    "float": [("abc", NUMBER), ("2,5", NUMBER), ("nan", NUMBER), ({"a": 1}, NUMBER)],
    "monetary": [("abc", NUMBER), ("1 250 kr", NUMBER), ("inf", NUMBER)],
    "boolean": [("no", "true or false"), (2, "true or false")],
    "date": [
        ("2026-13-45", "such as 2024-02-29"),
        ("29/02/2024", "such as 2024-02-29"),
        ("2023-02-29", "such as 2024-02-29"),
        (20240229, "such as 2024-02-29"),
    ],
    "datetime": [
        ("2026-13-45 10:00:00", "in UTC"),
        ("2024-02-29T10:00:00Z", "such as 2024-02-29 13:30:00"),
        ("soon", "in UTC"),
    ],
    "selection": [("purple", ": red, white."), (["red"], ": red, white.")],
    "tags": [
        ([999999999], "(Red), "),
        ([[6, 0, [999999999]]], "(White)."),
        (["red"], "ids of its options"),
        ("red", "ids of its options"),
        ([[9, 0, 0]], "ids of its options"),
    ],
    "many2one": [
        (999999999, "id of a record that exists: Country"),
        ("Denmark", "id of a record"),
        ([1, "Denmark"], "id of a record"),
    ],
    "email": [(["a@b.example"], "Send a text")],
    "phone": [({"mobile": "+45 12345678"}, "Send a text")],
    "url": [(["https://b.example"], "Send a text")],
    "image": [("no picture!", "base64"), (NO_IMAGE, "Send a picture")],
    "file": [("no file!", "Send a file, encoded as base64")],
}


class FieldRpcCase(HttpCase, FieldCase):
    """A salesperson's scripts, which know a contact by its number alone."""

    def setUp(self):
        super().setUp()
        keys = self.env["res.users.apikeys"].with_user(self.sales)
        expires = datetime.now() + timedelta(days=1)
        self.key = keys._generate("rpc", "test", expires)

    def call(self, method, model="res.partner", **arguments):
        """Return the answer to a request of JSON-2."""
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(arguments),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"bearer {self.key}",
            },
        )

    def refusal(self, expected, method, **arguments):
        """Return the message of a request that is refused as ``expected``."""
        with mute_logger("odoo.http"):  # logs the refusal
            answer = self.call(method, **arguments)
        self.assertEqual(answer.status_code, expected, answer.text)
        return answer.json()["message"]


@tagged("post_install", "-at_install")
class TestFieldJson2(FieldRpcCase):
    def setUp(self):
        super().setUp()
        self.made = self.define_all()
        self.names = {kind: field.field_name for kind, field in self.made.items()}

    def sent(self, kind, value):
        """Return a value of the table as JSON has it."""
        if kind == "tags":
            options = self.made[kind].option_ids
            return options.filtered(lambda option: option.name == value).ids
        if kind == "many2one":
            return {"Denmark": self.denmark.id, "France": self.france.id}[value]
        if isinstance(value, bytes):
            return value.decode()
        return str(value) if isinstance(value, date) else value

    def received(self, kind, value):
        value = self.sent(kind, value)
        return [value, "Denmark"] if kind == "many2one" else value

    def test_every_type_is_written_and_read(self):
        values = {
            self.names[kind]: self.sent(kind, row[0]) for kind, row in TABLE.items()
        }
        expected = {
            self.names[kind]: self.received(kind, row[0]) for kind, row in TABLE.items()
        }
        written = self.call("write", ids=self.anna.ids, vals=values)
        self.assertIs(written.json(), True, written.text)
        made = self.call("create", vals_list=[{"name": "Inger Skov", **values}]).json()
        for id_ in (self.anna.id, *made):
            [row] = self.call("read", ids=[id_], fields=list(values)).json()
            for kind, name in self.names.items():
                with self.subTest(kind=kind, id=id_):
                    self.assertEqual(row[name], expected[name])
        for kind, (_value, _exported, other) in TABLE.items():
            vals = {self.names[kind]: other and self.sent(kind, other)}
            with self.subTest(kind=kind, other=other):
                self.assertIs(
                    self.call("write", ids=self.anna.ids, vals=vals).json(), True
                )
        empty = dict.fromkeys(values, False)
        self.assertIs(self.call("write", ids=made, vals=empty).json(), True)
        domain = [[name, "!=", False] for name in values]
        found = self.call("search", domain=["|"] * (len(domain) - 1) + domain).json()
        self.assertEqual(found, self.anna.ids)

    def test_a_wrong_value_ends_in_what_to_do(self):
        self.assertEqual(WRONG.keys(), TABLE.keys())
        for kind, cases in WRONG.items():
            for value, advice in cases:
                with self.subTest(kind=kind, value=value):
                    vals = {self.names[kind]: value}
                    message = self.refusal(422, "write", ids=self.anna.ids, vals=vals)
                    self.assertIn(f"“Kind of {kind}”", message)
                    self.assertIn(advice, message)
                    self.assertNotIn("x_contact_", message)

    def test_a_wrong_value_makes_no_contact(self):
        right, wrong = ({self.names["date"]: d} for d in ("2024-02-29", "2024-02-30"))
        vals = [{"name": "Inger Skov", **right}, {"name": "Jens Krat", **wrong}]
        message = self.refusal(422, "create", vals_list=vals)
        self.assertIn("“2024-02-30”", message)
        self.assertFalse(self.Partner.search([("name", "=", "Inger Skov")]))

    def test_an_option_of_another_field_is_refused(self):
        other = self.define("Cheese", "tags", option_ids=OPTIONS)
        vals = {self.names["tags"]: other.option_ids.ids}
        self.assertIn("Kind of tags", self.refusal(422, "write", ids=[1], vals=vals))

    def test_a_text_that_no_index_takes_is_refused(self):
        vals = {self.names["char"]: "wine" * 1000}
        self.assertTrue(self.call("write", ids=self.anna.ids, vals=vals).json())
        self.anna[self.names["char"]] = False
        self.made["char"].indexed = True
        message = self.refusal(422, "write", ids=self.anna.ids, vals=vals)
        self.assertIn("2600 bytes", message)
        self.assertLess(len(message), 300)

    def test_a_lead_refuses_the_same(self):
        lead = self.define(
            "Since",
            "date",
            place_ids=self.env.ref("contact_person.contact_field_place_lead").ids,
        ).field_name
        values = {"name": "Deal", lead: "2026-13-45"}
        message = self.refusal(422, "create", model="crm.lead", vals_list=[values])
        self.assertIn("“Since”", message)

    def test_a_closed_field_tells_neither_label_nor_options(self):
        closed = self.made["selection"]
        closed.group_ids = self.env.ref("base.group_system")
        name = closed.field_name
        reading = self.refusal(403, "read", ids=self.anna.ids, fields=[name])
        vals = {name: "purple"}
        writing = self.refusal(403, "write", ids=self.anna.ids, vals=vals)
        for message in (reading, writing):
            self.assertNotIn("white", message)
            self.assertNotIn("Kind of", message)

    def test_the_message_is_in_the_language_of_the_client(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        module = self.env["ir.module.module"]._get("contact_person")
        module._update_translations(["fr_FR"])
        self.made["date"].update_field_translations("name", {"fr_FR": "Client depuis"})
        message = self.refusal(
            422,
            "write",
            ids=self.anna.ids,
            vals={self.names["date"]: "2026-13-45"},
            context={"lang": "fr_FR"},
        )
        self.assertIn("Client depuis", message)
        self.assertIn("Utilisez une date", message)

    # the endpoint tells that it is old, the server that it refuses
    @mute_logger("odoo.addons.rpc.controllers.xmlrpc", "odoo.http")
    def test_execute_kw_says_the_same(self):
        self.authenticate(None, None)

        def execute(method, *arguments):
            return self.xmlrpc_object.execute_kw(
                get_db_name(), self.sales.id, self.key, "res.partner", method, arguments
            )

        for kind, cases in WRONG.items():
            value, advice = cases[-1]
            vals = {self.names[kind]: value}
            with self.subTest(kind=kind), self.assertRaises(Fault) as raised:
                execute("write", self.anna.ids, vals)
            self.assertIn(f"“Kind of {kind}”", raised.exception.faultString)
            self.assertIn(advice, raised.exception.faultString)
        moment = {
            self.names["datetime"]: str(MOMENT),
            self.names["image"]: PIXEL.decode(),
        }
        self.assertTrue(execute("write", self.anna.ids, moment))
        self.assertEqual(self.anna[self.names["datetime"]], MOMENT)


@tagged("post_install", "-at_install")
class TestFieldValues(FieldCase):
    def test_only_links_ask_the_database(self):
        made = self.define_all()
        fields, plain = self.env["contact.field"], {"name": "Inger Skov"}
        link = {made["many2one"].field_name: self.denmark.id}
        tags = {made["tags"].field_name: made["tags"].option_ids.ids}
        others = {
            made[kind].field_name: row[0]
            for kind, row in TABLE.items()
            if kind not in ("many2one", "tags")
        }
        fields._contact_check_values(self.Partner, [others])
        for vals, queries in ((plain, 0), (others, 0), (link, 1), (tags, 1)):
            with self.subTest(vals=list(vals)), self.assertQueryCount(queries):
                fields._contact_check_values(self.Partner, [vals] * 100)

    def test_what_the_server_writes_passes(self):
        made = self.define_all()
        self.anna[made["many2one"].field_name] = self.denmark
        self.anna[made["tags"].field_name] = made["tags"].option_ids
        self.anna[made["date"].field_name] = MOMENT
        self.anna[made["datetime"].field_name] = date(2024, 2, 29)
        self.anna[made["integer"].field_name] = "12"
        self.anna[made["phone"].field_name] = 12345678
        self.anna.copy()
        with self.assertRaises(AccessError):
            self.anna.with_user(self.clerk).write({"name": "x"})
        with self.assertRaises(ValidationError):
            self.anna[made["integer"].field_name] = 2**31

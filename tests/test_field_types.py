from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.contact_person.models.field.field_types import TYPES

from .field_common import PIXEL, TABLE, FieldCase


@tagged("post_install", "-at_install")
class TestFieldTypes(FieldCase):
    """Each type on each way of its life; one row of the table a type.

    +--------------------+-------------------------------------------------------+
    | way                | what is held against the table                        |
    +====================+=======================================================+
    | write, read        | the value comes back to another user                  |
    | search, group      | the contact is found by it; groups where it makes     |
    |                    | sense                                                 |
    | export, import     | Odoo's export gives it, Odoo's import takes it        |
    | merge              | a gap is filled, a value is kept                      |
    | tracking           | the change is in the chatter                          |
    +--------------------+-------------------------------------------------------+
    """

    def setUp(self):
        super().setUp()
        self.assertEqual(TABLE.keys(), TYPES.keys())
        self.manager.group_ids += self.env.ref("base.group_allow_export")
        self.made = self.define_all(tracked=True)
        self.names = {kind: field.field_name for kind, field in self.made.items()}

    def raw(self, kind, value):
        """Return a value of the table as ``write`` takes it."""
        if kind == "tags":
            options = self.made[kind].option_ids
            return [Command.set(options.filtered(lambda o: o.name == value).ids)]
        if kind == "many2one":
            return {"Denmark": self.denmark, "France": self.france}[value].id
        return value

    def values(self, column=0):
        return {
            self.names[kind]: self.raw(kind, row[column])
            for kind, row in TABLE.items()
            if row[column] is not None
        }

    def value_of(self, partner, kind):
        value = partner.with_user(self.sales)[self.names[kind]]
        return value.name if kind in ("tags", "many2one") else value

    def each(self):
        for kind, row in TABLE.items():
            with self.subTest(kind=kind):
                yield kind, row

    def test_written_read_searched_and_grouped(self):
        self.anna.with_user(self.sales).write(self.values())
        self.env.flush_all()
        self.env.invalidate_all()
        partners = self.Partner.with_user(self.sales)
        for kind, (value, _exported, _other) in self.each():
            name = self.names[kind]
            self.assertEqual(self.value_of(self.anna, kind), value)
            self.assertEqual(partners.search([(name, "!=", False)]), self.anna)
            if TYPES[kind].searched and kind != "html":
                asked = self.raw(kind, value)
                asked = asked[0][2] if kind == "tags" else [asked]
                found = partners.search([(name, "in", asked)])
                self.assertEqual(found, self.anna)
            if TYPES[kind].grouped:
                step = ":month" if kind in ("date", "datetime") else ""
                groups = partners._read_group([], [name + step], ["__count"])
                self.assertIn(1, [count for _value, count in groups])

    def test_a_list_reads_what_the_records_have(self):
        self.anna.write(self.values())
        self.env.flush_all()
        self.env.invalidate_all()
        partners = (self.anna + self.bo).with_user(self.sales)
        names = list(self.names.values())
        rows = partners.read(names)
        self.assertEqual([row["id"] for row in rows], partners.ids)
        for partner, row in zip(partners, rows, strict=True):
            for kind, _row in self.each():
                field = partner._fields[self.names[kind]]
                expected = field.convert_to_read(partner[field.name], partner)
                self.assertEqual(row[field.name], expected)
                self.assertIs(type(row[field.name]), type(expected))
        self.made["char"].group_ids = self.env.ref("base.group_system")
        with self.assertRaises(AccessError):
            partners.read([self.names["char"]])
        gone = self.Partner.create([{"name": "Gone"}, {"name": "Here"}])
        gone[0].unlink()
        self.env.invalidate_all()
        self.assertEqual(len(gone.exists().read(names)), 1)

    def test_exported(self):
        self.anna.write(self.values())
        for kind, (_value, exported, _other) in self.each():
            anna = self.anna.with_user(self.manager)
            [[cell]] = anna.export_data([self.names[kind]])["datas"]
            self.assertEqual(cell, exported)

    def test_imported_by_odoo(self):
        partners = self.Partner.with_user(self.manager)
        text = {}
        for kind, (_value, exported, _other) in TABLE.items():
            cell = exported.decode() if isinstance(exported, bytes) else str(exported)
            text[self.names[kind]] = cell
        result = partners.load(["name", *text], [["Inger Skov", *text.values()]])
        self.assertTrue(result["ids"], result["messages"])
        inger = self.Partner.browse(result["ids"])
        for kind, (value, _exported, _other) in self.each():
            self.assertEqual(self.value_of(inger, kind), value)

    def test_merged_without_loss(self):
        closed = self.made["char"]
        closed.group_ids = self.env.ref("base.group_system")
        both = self.names["selection"]
        inger, twin = self.Partner.create(
            [
                {"name": "Inger Skov", both: "white"},
                {"name": "Inger Skov", **self.values()},
            ]
        )
        file_name = self.names["file"] + "_filename"
        twin[file_name] = "agreement.pdf"
        self.env.flush_all()
        wizards = self.env["base.partner.merge.automatic.wizard"]
        kept = inger.with_user(self.manager)
        wizards.with_user(self.manager)._merge((inger + twin).ids, kept, False)
        self.env.invalidate_all()
        self.assertFalse(twin.exists())
        closed.group_ids = False
        for kind, (value, _exported, other) in self.each():
            expected = other if kind == "selection" else value
            self.assertEqual(self.value_of(inger, kind), expected)
        self.assertEqual(inger[file_name], "agreement.pdf")

    def test_tracked(self):
        self.flush_tracking()
        anna = self.anna.with_user(self.sales).with_context(tracking_disable=False)
        anna.write(self.values())
        self.flush_tracking()
        anna.write(self.values(2))
        self.flush_tracking()
        history = self.env["mail.tracking.value"].search(
            [("mail_message_id.res_id", "=", anna.id), ("field_id", "!=", False)]
        )
        shown = {value.field_id.name: value for value in history.sorted("id")}
        for kind, (_value, _exported, _other) in self.each():
            spec = TYPES[kind]
            self.assertEqual(self.names[kind] in shown, spec.tracked)
            if spec.tracked:
                [line] = shown[self.names[kind]]._tracking_value_format()
                self.assertNotEqual(line["oldValue"], line["newValue"])

    def test_a_file_keeps_its_name(self):
        name = self.names["file"]
        beside = f"{name}_filename"
        arch = self.Partner.get_view(self.env.ref("base.view_partner_form").id, "form")[
            "arch"
        ]
        self.assertIn(f'filename="{beside}"', arch)
        self.assertTrue(self.Partner.fields_get([name])[name]["exportable"])
        self.made["file"].group_ids = self.env.ref("base.group_system")
        self.assertNotIn(beside, self.Partner.with_user(self.sales).fields_get())
        self.made["file"].action_delete_forced(name)
        self.assertNotIn(beside, self.Partner._fields)

    def test_a_picture_becomes_a_file_with_a_name(self):
        self.anna[self.names["image"]] = PIXEL
        self.made["image"]._contact_convert("file")
        self.assertIn(f"{self.names['image']}_filename", self.Partner._fields)
        self.assertEqual(self.anna[self.names["image"]], PIXEL)

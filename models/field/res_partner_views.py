from lxml import etree

from odoo import api, models

from .field_types import FILENAME, FORM, LIST, QUICK_CREATE, SEARCH, TYPES

# A value that no client can put into its context.
INJECTING = object()
# More columns than these would leave too little of each: users choose the others.
SHOWN_COLUMNS = 4


class ResPartner(models.Model):
    """Additional fields in the views: put in when a view is asked for.

    No record of ``ir.ui.view`` names them, so that no definition can break a view or
    keep a field from being removed. Labels are never part of a parsed text.
    """

    _inherit = "res.partner"

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return key + (tuple(field["name"] for field in self._contact_view_fields()),)

    @api.model
    def _get_view_cache(self, view_id=None, view_type="form", **options):
        # Lists of contacts inside the views of other models are cached for all users
        # alike: nothing is put in there.
        injecting = self.with_context(contact_injecting=INJECTING)
        return super(ResPartner, injecting)._get_view_cache(
            view_id, view_type, **options
        )

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        context = self.env.context
        if context.get("contact_injecting") is not INJECTING:
            return arch, view
        if context.get("no_address_format"):  # the address block inside a form
            return arch, view
        present = set(arch.xpath(".//field/@name")) if arch.tag != "search" else set()
        definitions = [
            field
            for field in self._contact_view_fields()
            if field["name"] not in present
        ]
        inject = getattr(self, f"_contact_inject_{arch.tag}", None)
        if inject and definitions:
            inject(arch, definitions)
        return arch, view

    @api.model
    def _contact_view_fields(self):
        """Return the definitions that the user may see and that have a column."""
        return [
            field
            for field in self.env["contact.field"]._contact_definitions()
            if field["active"]
            and field["name"] in self._fields
            and self._contact_offers_field(field["name"])
        ]

    @api.model
    def _contact_inject_form(self, arch, definitions):
        """A page of the full form; the end of a short form.

        A required field is in every form: without it the form could not be saved.
        """
        notebook = arch.find(".//notebook")
        full = notebook is not None
        place = FORM if full else QUICK_CREATE
        chosen = [f for f in definitions if place in f["places"] or f["required"]]
        if not chosen:
            return
        if full:
            parent = etree.SubElement(
                notebook,
                "page",
                name="contact_fields",
                string=self.env._("Additional"),
                invisible="not is_contact_person",
            )
        else:
            parent = arch.find(".//sheet")
            parent = arch if parent is None else parent
        group = etree.Element("group", name="contact_fields_group")
        parent.append(group)
        columns = [
            etree.SubElement(group, "group") for _side in range(2 if full else 1)
        ]
        half = -(-len(chosen) // len(columns))
        for index, field in enumerate(chosen):
            add_to_form(columns[index // half], field)
        add_currency(columns[0], chosen, invisible="1")

    @api.model
    def _contact_inject_list(self, arch, definitions):
        listed = [
            field
            for field in definitions
            if LIST in field["places"] and TYPES[field["type"]].listed
        ]
        for index, field in enumerate(listed):
            node = etree.SubElement(arch, "field", name=field["name"])
            node.set("optional", "show" if index < SHOWN_COLUMNS else "hide")
            set_widget(node, field)
            if field["type"] == "image":
                node.set("options", "{'size': [24, 24]}")
        add_currency(arch, listed, column_invisible="1")

    @api.model
    def _contact_inject_search(self, arch, definitions):
        chosen = [field for field in definitions if SEARCH in field["places"]]
        anchors = arch.xpath("./field")
        index = arch.index(anchors[-1]) + 1 if anchors else 0
        asked = [node for field in chosen for node in self._contact_search_node(field)]
        for offset, node in enumerate(asked):
            arch.insert(index + offset, node)
        group = arch.find("./group")
        if group is None:
            group = etree.SubElement(arch, "group")
        filled = [field for field in chosen if field["type"] in ("image", "file")]
        for node in self._contact_filled_filters(filled):
            group.addprevious(node)
        for field in chosen:
            if TYPES[field["type"]].grouped:
                group.append(self._contact_group_by(field))

    @api.model
    def _contact_search_node(self, field):
        """Return what the search bar asks for, in a list: of a file its name."""
        name = field["name"]
        if TYPES[field["type"]].searched:
            return [etree.Element("field", name=name)]
        if field["type"] == "file" and name + FILENAME in self._fields:
            label = self._contact_label(name)
            return [etree.Element("field", name=name + FILENAME, string=label)]
        return []

    @api.model
    def _contact_filled_filters(self, fields):
        """Return filters for contacts that have a picture or file, set apart."""
        nodes = [etree.Element("separator")] if fields else []
        for field in fields:
            node = etree.Element("filter", name=f"with_{field['name']}")
            label = self._contact_label(field["name"])
            node.set("string", self.env._("With: %(field)s", field=label))
            node.set("domain", repr([(field["name"], "!=", False)]))
            nodes.append(node)
        return nodes

    @api.model
    def _contact_label(self, name):
        return self._fields[name].get_description(self.env, ["string"])["string"]

    @api.model
    def _contact_group_by(self, field):
        step = ":month" if field["type"] in ("date", "datetime") else ""
        node = etree.Element("filter", name=f"group_{field['name']}")
        node.set("string", self._contact_label(field["name"]))
        node.set("context", repr({"group_by": field["name"] + step}))
        return node


def add_to_form(parent, field):
    """Put an additional field into a form, a file with the field of its name."""
    node = etree.SubElement(parent, "field", name=field["name"])
    set_widget(node, field)
    if field["visible"]:
        node.set("invisible", f"not ({field['visible']})")
    if field["required"]:
        node.set("required", "is_contact_person")
    if field["type"] in ("tags", "many2one"):
        node.set("options", "{'no_create': True, 'no_open': True}")
    if field["type"] == "image":
        # the whole picture shows when the mouse is on it
        node.set("options", "{'size': [0, 120], 'zoom': True}")
    if field["type"] == "file":
        beside = field["name"] + FILENAME
        node.set("filename", beside)
        etree.SubElement(parent, "field", name=beside, invisible="1")


def add_currency(parent, fields, **hidden):
    """Put in what amounts need to be shown with their currency."""
    if any(field["type"] == "monetary" for field in fields):
        etree.SubElement(parent, "field", name="contact_currency_id", **hidden)


def set_widget(node, field):
    """Show a node as its type is best shown."""
    if widget := TYPES[field["type"]].widget:
        node.set("widget", widget)

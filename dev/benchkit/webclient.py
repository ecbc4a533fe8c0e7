"""What Odoo's web client asks the server for, taken from the views themselves."""

from lxml import etree

from odoo.tools.safe_eval import safe_eval

PAGE = 80
# The client counts no further than this; it then shows "10,000+".
COUNT_LIMIT = 10_001


class ListView:
    """A list with its search view, opened by one user.

    :param env: the user's environment
    :param action: XML id of the window action
    :param domain: for an action that has none of its own
    """

    def __init__(self, env, action, domain=None):
        self.env = env
        record = env.ref(action).sudo()
        by_mode = {line.view_mode: line.view_id.id for line in record.view_ids}
        views = env[record.res_model].get_views(
            [(by_mode["list"], "list"), (record.search_view_id.id, "search")],
            {"toolbar": True},
        )
        self.model = record.res_model
        self.fields = views["models"][self.model]["fields"]
        self.domain = domain or safe_eval(record.domain or "[]", {"uid": env.uid})
        self.arch = etree.fromstring(views["views"]["list"]["arch"])
        self.search_arch = etree.fromstring(views["views"]["search"]["arch"])
        self.order = self.arch.get("default_order") or ""
        self.specification = self._specification()

    def _specification(self):
        """Every column counts: the client reads hidden optional ones too."""
        result = {}
        for node in self.arch.xpath("//field[not(ancestor::field)]"):
            field = self.fields[node.get("name")]
            result[node.get("name")] = self._field_specification(field, node)
        return result

    @staticmethod
    def _field_specification(field, node):
        if field["type"] in ("many2one", "reference"):
            return {"fields": {"display_name": {}}, "context": {}}
        if field["type"] in ("one2many", "many2many"):
            options = safe_eval(node.get("options") or "{}")
            names = {"display_name": {}}
            if color := options.get("color_field"):
                names[color] = {}
            return {"fields": names, "limit": 40, "context": {}}
        return {}

    def name_domain(self, text):
        """The domain of the first field of the search box when ``text`` is typed."""
        node = self.search_arch.xpath("//search/field[@name='name']")[0]
        return safe_eval(node.get("filter_domain"), {"self": text})

    def read(self, domain=()):
        """The first page of the list, as the client's call gives it."""
        return self.env[self.model].web_search_read(
            [*self.domain, *domain],
            self.specification,
            offset=0,
            order=self.order,
            limit=PAGE,
            count_limit=COUNT_LIMIT,
        )


class FormView:
    """A form with what is embedded in it, opened by one user.

    :param env: the user's environment
    :param str model: the model of the default form
    """

    def __init__(self, env, model):
        self.env = env
        self.model = model
        views = env[model].get_views([(False, "form")], {"toolbar": True})
        self.models = views["models"]
        arch = etree.fromstring(views["views"]["form"]["arch"])
        self.specification = self._specification(model, arch)

    def _specification(self, model, arch):
        result = {}
        for node in arch.xpath(".//field"):
            if next(node.iterancestors("field"), None) in (None, arch):
                field = self.models[model]["fields"][node.get("name")]
                result[node.get("name")] = self._field_specification(field, node)
        return result

    def _field_specification(self, field, node):
        if field["type"] in ("many2one", "reference"):
            return {"fields": {"display_name": {}}, "context": {}}
        if field["type"] in ("one2many", "many2many"):
            lists = node.xpath("./list | ./kanban")
            if not lists:
                return {"fields": {"display_name": {}}, "limit": 40, "context": {}}
            fields = {
                sub.get("name"): self._field_specification(
                    self.models[field["relation"]]["fields"][sub.get("name")], sub
                )
                for sub in lists[0].xpath(".//field")
            }
            return {"fields": fields, "limit": 40, "context": {}}
        return {}

    def read(self, res_id):
        """The values of one record, as the client's call gives them."""
        return self.env[self.model].browse(res_id).web_read(self.specification)

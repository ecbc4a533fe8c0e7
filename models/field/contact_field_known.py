from odoo import api, models, tools
from odoo.tools import SQL

from .field_access import forget
from .field_types import FILENAME, PREFIX

# Definitions and options say when they changed, translations the columns.
_VERSION = """
SELECT count(*), max(write_date) FROM contact_field
 UNION ALL SELECT count(*), max(write_date) FROM contact_field_option
 UNION ALL SELECT count(*), max(write_date)
             FROM ir_model_fields WHERE name LIKE %(prefix)s
 UNION ALL SELECT count(*), max(choice.write_date)
             FROM ir_model_fields_selection AS choice
             JOIN ir_model_fields AS field ON field.id = choice.field_id
            WHERE field.name LIKE %(prefix)s
"""


class ContactField(models.Model):
    """What views and access checks know of the definitions, kept in memory."""

    _inherit = "contact.field"

    def _contact_clear(self):
        # views and access are kept in memory by every worker, and by every browser
        forget(self.env)
        self.env.registry.clear_cache("default", "templates")
        told = self.env.cr.precommit.data
        if not told.get("contact_fields_changed"):
            told["contact_fields_changed"] = True
            self.env.ref("base.group_user")._bus_send("contact_fields_changed", {})

    @api.model
    @tools.ormcache()
    def _contact_version(self):
        """Return a text that changes with whatever views show of these fields."""
        self.env.flush_all()
        return str(self.env.execute_query(SQL(_VERSION, prefix=f"{PREFIX}%")))

    @api.model
    @tools.ormcache()
    def _contact_definitions(self):
        """Return what views and access checks need, a dict a field in their order.

        Retired ones are there too, as closed as they were.
        """
        definitions = self.sudo().with_context(active_test=False).search([])
        return tuple(field._contact_definition() for field in definitions)

    def _contact_retired_options(self):
        options = self.with_context(active_test=False).option_ids
        return tuple(options.filtered(lambda o: not o.active).mapped("value"))

    @api.model
    @tools.ormcache()
    def _contact_closed(self):
        """Return ``{field name: ids of groups}`` of the fields with groups."""
        definitions = self._contact_definitions()
        return {
            name: field["groups"]
            for field in definitions
            if field["groups"]
            for name in (field["name"], field["name"] + FILENAME)
        }

    @api.model
    def _contact_closed_to_user(self):
        """Return the names of the fields that the user is in no group of."""
        mine = self.env.user._get_group_ids()
        closed = self._contact_closed().items()
        return frozenset(name for name, groups in closed if groups.isdisjoint(mine))

    @api.model
    @tools.ormcache("code")
    def _contact_placed(self, code):
        """Return the names of the fields that appear in the place ``code``."""
        return frozenset(
            name
            for field in self._contact_definitions()
            if field["active"] and code in field["places"]
            for name in (field["name"], field["name"] + FILENAME)
        )

    def _contact_definition(self):
        try:
            visible = self._contact_visible_expression()
            domain = self._contact_visible_domain()
        except (ValueError, SyntaxError, TypeError, IndexError, KeyError):
            # it names a field that was removed: shown rather than lost
            visible, domain = "", []
        return {
            "name": self.field_name,
            "type": self.field_type,
            "active": self.active,
            "required": self.required,
            "places": frozenset(self.place_ids.mapped("code")),
            "groups": frozenset(self.group_ids.ids),
            "retired": self._contact_retired_options(),
            "visible": visible,
            "domain": domain,
            "has_default": bool(self.default_value),
        }

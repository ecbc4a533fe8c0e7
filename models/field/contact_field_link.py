from odoo import api, fields, models, tools
from odoo.tools import SQL

# Readable by everybody, but of no menu of their own, or of one for developers.
_ALWAYS = ("res.currency", "res.lang")
# Their menus show settings, logs and messages rather than records to link to.
_TECHNICAL = ("base", "contact.", "discuss.", "ir.", "mail.", "spreadsheet.")
_TECHNICAL_MODELS = ("res.role",)

# What a menu opens that is not for developers alone. A menu hides all below it.
_IN_MENUS = """
WITH RECURSIVE hidden(id) AS (
    SELECT menu_id FROM ir_ui_menu_group_rel
     GROUP BY menu_id HAVING bool_and(gid = %(developers)s)
), shown(id) AS (
    SELECT id FROM ir_ui_menu
     WHERE parent_id IS NULL AND active AND id NOT IN (SELECT id FROM hidden)
     UNION ALL
    SELECT menu.id
      FROM ir_ui_menu AS menu
      JOIN shown ON shown.id = menu.parent_id
     WHERE menu.active AND menu.id NOT IN (SELECT id FROM hidden)
)
SELECT DISTINCT action.res_model
  FROM shown
  JOIN ir_ui_menu AS menu ON menu.id = shown.id
  JOIN ir_act_window AS action
    ON menu.action = 'ir.actions.act_window,' || action.id
"""


class ContactField(models.Model):
    """What a field may link to, as far as somebody who sells would look for it."""

    _inherit = "contact.field"

    # No link to a model of Odoo: only administrators of the whole database read those.
    relation_choice = fields.Selection(
        lambda self: self._contact_relation_choices(),
        string="Links to",
        compute="_compute_relation_choice",
        inverse="_inverse_relation_choice",
    )

    @api.depends("relation_model")
    def _compute_relation_choice(self):
        for field in self:
            field.relation_choice = field.relation_model

    def _inverse_relation_choice(self):
        for field in self.filtered("relation_choice"):
            field.relation_model = field.relation_choice

    @api.onchange("relation_choice")
    def _onchange_relation_choice(self):
        self.relation_model = self.relation_choice

    @api.model
    @tools.ormcache("self.env.lang")
    def _contact_relation_choices(self):
        """Return ``[(model, label)]`` in the order of the labels.

        What a definition links to is always there, even when its app is gone.
        """
        used = self.sudo().with_context(active_test=False).search([])
        used = set(used.mapped("relation_model")) - {False}
        names = used | self._contact_linkable_models()
        # Superuser: only the names of models are read.
        found = self.env["ir.model"].sudo().search([("model", "in", list(names))])
        labels = {name: name for name in names} | {m.model: m.name for m in found}
        alike = [label.casefold() for label in labels.values()]
        choices = [
            (name, label if alike.count(label.casefold()) == 1 else f"{label} ({name})")
            for name, label in labels.items()
        ]
        return tuple(sorted(choices, key=lambda choice: choice[1].casefold()))

    @api.model
    def _contact_linkable_models(self):
        """Return the names of models that keep records a salesperson works with.

        He may read them, and a menu shows them or somebody defined them by hand.
        """
        developers = self.env.ref("base.group_no_one").id
        shown = self.env.execute_query(SQL(_IN_MENUS, developers=developers))
        # Superuser: rights and models are looked up for another user than this one.
        made = self.env["ir.model"].sudo().search([("state", "=", "manual")])
        names = {name for [name] in shown} | set(made.mapped("model")) | set(_ALWAYS)
        return {name for name in names if self._contact_is_linkable(name)}

    @api.model
    def _contact_is_linkable(self, name):
        model = self.env.get(name)
        # A view of the database takes no foreign key.
        if model is None or model._transient or model._abstract or not model._auto:
            return False
        if name.startswith(_TECHNICAL) or name in _TECHNICAL_MODELS:
            return False
        seller = self.env.ref("sales_team.group_sale_salesman")
        groups = (seller | seller.all_implied_ids).ids
        readers = self.env["ir.model.access"]._get_access_groups(name, "read")
        return readers.matches(groups)

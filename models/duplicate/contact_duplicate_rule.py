from odoo import api, fields, models, tools

from .conditions import Condition, Rule


class ContactDuplicateRule(models.Model):
    """When two contacts count as one, and what then happens.

    All conditions of a rule must hold; any rule is enough.
    """

    _name = "contact.duplicate.rule"
    _inherit = "contact.cached.mixin"
    _description = "Duplicate Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    on_create = fields.Boolean(default=True, string="When creating")
    on_write = fields.Boolean(default=True, string="When editing")
    on_import = fields.Boolean(default=True, string="When importing")
    action = fields.Selection(
        [("block", "Refuse"), ("warn", "Warn")],
        compute="_compute_action",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="Refuse: the contact can't be saved. Warn: the contact found is shown "
        "beside the form.",
    )
    condition_ids = fields.One2many(
        "contact.duplicate.condition", "rule_id", string="Conditions", copy=True
    )
    revealed_field_ids = fields.Many2many(
        "ir.model.fields",
        string="Shown of hidden contacts",
        domain="[('model', '=', 'res.partner'), ('store', '=', True)]",
        help="What a hit shows of a contact that the user may not read.",
    )

    @api.depends("condition_ids.method")
    def _compute_action(self):
        for rule in self:
            exact = all(c.method == "exact" for c in rule.condition_ids)
            rule.action = "block" if exact and rule.condition_ids else "warn"

    @tools.ormcache("moment")
    def _compiled(self, moment):
        """Return the rules that apply as ``conditions.Rule``, refusing ones first.

        Cached, since every write and every keystroke asks.

        :param str moment: ``on_create``, ``on_write`` or ``on_import``
        """
        rules = self.sudo().search([(moment, "=", True)])
        return tuple(
            Rule(
                rule.id,
                rule.action,
                tuple(
                    Condition(line.field_name, line.method == "exact", line.threshold)
                    for line in rule.condition_ids
                ),
                self._watched(rule.condition_ids.mapped("field_name")),
            )
            for rule in rules.sorted(lambda rule: rule.action != "block")
            if rule.condition_ids
        )

    def _watched(self, field_names):
        """Return the fields by whose change a contact can come under a rule.

        Those that it compares, those they follow, and those that make a contact of
        what was a company or an address before.
        """
        partner = self.env["res.partner"]
        watched, left = set(), {"is_contact_person", *field_names}
        while left:
            name = left.pop()
            watched.add(name)
            if field := partner._fields.get(name):
                depends = self.pool.field_depends[field]
                left.update(dotted.partition(".")[0] for dotted in depends)
            left.update(partner._contact_followed(name))
            left -= watched
        return frozenset(watched)

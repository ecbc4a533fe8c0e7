from odoo import api, fields, models

from . import access_version
from .organisation import Organisation


class ContactSharingRule(models.Model):
    """What some own, others see: rules only widen access."""

    _name = "contact.sharing.rule"
    _inherit = ["contact.access.source"]
    _description = "Sharing Rule for Contacts"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    access = fields.Selection(
        [("read", "May read"), ("write", "May read and edit")],
        required=True,
        default="read",
    )
    source_user_ids = fields.Many2many(
        "res.users",
        "contact_sharing_source_user_rel",
        "rule_id",
        "user_id",
        string="Owners",
    )
    source_department_ids = fields.Many2many(
        "hr.department",
        "contact_sharing_source_department_rel",
        "rule_id",
        "department_id",
        string="Owners in departments",
        help="A department stands for its sub-departments, too.",
    )
    source_team_ids = fields.Many2many(
        "crm.team",
        "contact_sharing_source_team_rel",
        "rule_id",
        "team_id",
        string="Owners in teams",
    )
    target_user_ids = fields.Many2many(
        "res.users",
        "contact_sharing_target_user_rel",
        "rule_id",
        "user_id",
        string="Readers",
    )
    target_department_ids = fields.Many2many(
        "hr.department",
        "contact_sharing_target_department_rel",
        "rule_id",
        "department_id",
        string="Readers in departments",
        help="A department stands for its sub-departments, too.",
    )
    target_team_ids = fields.Many2many(
        "crm.team",
        "contact_sharing_target_team_rel",
        "rule_id",
        "team_id",
        string="Readers in teams",
    )

    preview = fields.Text(compute="_compute_preview", string="What it does")

    def init(self):
        result = super().init()
        for field in self._fields.values():
            if field.type == "many2many" and field.store:
                names = (field.column1, field.column2)
                access_version.watch(self.env.cr, field.relation, names)
        return result

    @api.depends(
        "active",
        "access",
        "source_user_ids",
        "source_department_ids",
        "source_team_ids",
        "target_user_ids",
        "target_department_ids",
        "target_team_ids",
    )
    def _compute_preview(self):
        """Say before a rule is saved what it will change, and for how many."""
        organisation = None
        for rule in self:
            organisation = organisation or Organisation(self.env)
            rule.preview = rule._preview(organisation)

    def _preview(self, organisation):
        sources, readers = organisation.sources(self), organisation.readers(self)
        if not sources or not readers:
            return self.env._("Choose whose contacts are shared, and with whom.")
        # Superuser: the rule counts for all contacts, whoever makes it.
        shared = self.env["res.partner"].sudo()
        domain = [("is_contact_person", "=", True), ("user_id", "in", list(sources))]
        shown = [("contact_visibility", "!=", "creator")]
        contacts = shared.search_count([*domain, *shown])
        new = shared.search_count(
            [*domain, ("contact_visibility", "in", ("private", "selected"))]
        )
        text = self.env._(
            "Contacts: %(contacts)s. Owners: %(owners)s. Colleagues who see them: "
            "%(readers)s. Not visible to everyone, and so added by the rule: %(new)s.",
            contacts=contacts,
            owners=len(sources),
            readers=len(readers),
            new=new,
        )
        if plus := self._preview_change(organisation, sources, readers):
            text += "\n" + plus
        return text

    def _preview_change(self, organisation, sources, readers):
        """Say what an edit of a saved rule gives and takes."""
        saved = self._origin
        if not saved:
            return ""
        old_readers = organisation.readers(saved) if saved.active else set()
        old_sources = organisation.sources(saved) if saved.active else set()
        if not self.active:
            sources, readers = set(), set()
        if (sources, readers) == (old_sources, old_readers):
            return ""
        return self.env._(
            "Compared to now: owners +%(owners_plus)s −%(owners_minus)s, colleagues "
            "+%(readers_plus)s −%(readers_minus)s.",
            owners_plus=len(sources - old_sources),
            owners_minus=len(old_sources - sources),
            readers_plus=len(readers - old_readers),
            readers_minus=len(old_readers - readers),
        )

    def _contact_access_fields(self):
        sides = {
            name for name in self._fields if name.startswith(("source_", "target_"))
        }
        return super()._contact_access_fields() | sides

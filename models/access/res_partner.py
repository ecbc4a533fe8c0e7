from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..linked import linked_id
from . import access_tokens
from .res_company import VISIBILITIES

MANAGER = "contact_person.group_contact_manager"

# By writing one of these a user may take himself the right to the contact.
_DECISIVE = {
    "user_id",
    "contact_visibility",
    "contact_member_ids",
    "contact_visible_user_ids",
    "contact_visible_team_ids",
}

# By these one sees without a query that most contacts are everyone's.
OPENING = ["is_contact_person", "contact_visibility", "company_id"]

# The last condition is true and never run: its cost is that of comparing two lists.
_NEAR = """
((%(key)s = ANY(%(first)s::integer[]) OR %(column)s && %(others)s::integer[])
 AND (%(id)s > 0 OR contact_access_compared(%(column)s)))
"""
# The same in two parts, none of which has a contact of the other.
_FIRST = "(%(key)s = ANY(%(first)s::integer[]))"
_OTHERS = """
((%(key)s = ANY(%(first)s::integer[])) IS NOT TRUE
 AND %(column)s && %(others)s::integer[])
"""
# PostgreSQL takes a subquery for dearer than it is; looking at two places is enough for
# most contacts that have members.
_FAR = """
(%(key)s = ANY(%(first)s::integer[]) OR %(creator)s = %(uid)s
 OR %(column)s[3] = ANY(%(others)s::integer[])
 OR %(column)s[4] = ANY(%(others)s::integer[])
 OR (cardinality(%(column)s) > 4 AND %(column)s[5:] && %(others)s::integer[]))
"""
# What one of several queries for a search asks.
PARTS = {
    "first": _FIRST,
    "others": _OTHERS,
    # everybody sees them
    "no_persons": "%(person)s IS NOT TRUE",
    # of all, where each is looked at
    "each": _FAR,
}


class AccessGrant:
    """Contacts that stay open until the call that gives them away has answered.

    No client can put one into its context.
    """

    __slots__ = ("ids",)

    def __init__(self, ids):
        self.ids = frozenset(ids)


class Created:
    """Collects the partners that a call makes, for who takes them away again."""

    def __init__(self):
        self.ids = []


class ResPartner(models.Model):
    _inherit = "res.partner"

    contact_visibility = fields.Selection(
        VISIBILITIES,
        string="Visibility",
        required=True,
        default=lambda self: self.env.company.contact_default_visibility,
        tracking=True,
        groups="base.group_user",
        help="Who sees this contact, besides administrators of contacts and the one "
        "who created it.",
    )
    contact_visible_user_ids = fields.Many2many(
        "res.users",
        "contact_visible_user_rel",
        "partner_id",
        "user_id",
        string="Visible to",
        domain="[('share', '=', False)]",
        groups="base.group_user",
    )
    contact_visible_team_ids = fields.Many2many(
        "crm.team",
        "contact_visible_team_rel",
        "partner_id",
        "team_id",
        string="Visible to teams",
        groups="base.group_user",
    )
    # Asked by the access rules.
    contact_can_read = fields.Boolean(
        compute="_compute_contact_can_read", search="_search_contact_can_read"
    )
    contact_can_write = fields.Boolean(
        compute="_compute_contact_can_write", search="_search_contact_can_write"
    )

    _contact_access_key_idx = models.Index("(contact_access_key)")
    _contact_access_tokens_idx = models.Index("USING gin (contact_access_tokens)")

    def _auto_init(self):
        access_tokens.add_columns(self.env.cr)
        return super()._auto_init()

    @api.model
    def _init_column(self, column_name):
        # the column has had its value in all rows since it was added
        if column_name == "contact_visibility":
            return None
        return super()._init_column(column_name)

    def init(self):
        result = super().init()
        access_tokens.watch_partners(self.env.cr)
        for name in ("contact_visible_user_ids", "contact_visible_team_ids"):
            access_tokens.watch(self.env.cr, self._fields[name].relation)
        return result

    def _register_hook(self):
        """Have nobody search documents by what he may not see of their customers.

        Projects and analytic accounts are searched so past all rules of contacts.
        """
        result = super()._register_hook()
        for model in self.env.registry.values():
            for field in model._fields.values():
                past = field.type == "many2one" and field.bypass_search_access
                if past and field.comodel_name == self._name and not field.delegate:
                    field.bypass_search_access = False
        return result

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._contact_check_parents(vals_list)
        partners = super().create(vals_list)
        created = self.env.context.get("contact_created")
        if isinstance(created, Created):
            created.ids += partners.ids
        return partners

    def write(self, vals):
        self._contact_check_parents([vals])
        return super(ResPartner, self._contact_keep_access(vals)).write(vals)

    def web_save(self, vals, specification, next_id=None):
        # the form reads back what it wrote, perhaps for the last time
        keeping = self._contact_keep_access(vals)
        return super(ResPartner, keeping).web_save(vals, specification, next_id)

    def _contact_check_parents(self, vals_list):
        """Refuse a parent that the user may not see: its address would be copied."""
        asked = {linked_id(vals.get("parent_id")) for vals in vals_list}
        if not self.env.su:
            self.browse(filter(None, asked)).check_access("read")

    def _contact_keep_access(self, vals):
        """Return the same contacts, open to a user who may be giving them away."""
        if self.env.su or not self or _DECISIVE.isdisjoint(vals):
            return self
        self.check_access("write")
        return self.with_context(contact_grant=AccessGrant(self.ids))

    def action_contact_set_visibility(self):
        """Open the wizard that sets who sees these contacts."""
        return self.filtered("is_contact_person")._contact_open_wizard(
            "contact.visibility.set", self.env._("Set visibility")
        )

    # ------------------------------------------------------------
    # ACCESS
    # ------------------------------------------------------------

    @api.depends(
        "is_contact_person",
        "user_id",
        "contact_visibility",
        "contact_visible_user_ids",
        "contact_visible_team_ids",
        "contact_member_ids.user_id",
        "contact_member_ids.access",
    )
    @api.depends_context("uid", "company", "contact_grant")
    def _compute_contact_can_read(self):
        self.contact_can_read = False
        self._contact_allowed("read").contact_can_read = True

    @api.depends("contact_can_read", "company_id")
    @api.depends_context("uid", "company", "contact_grant")
    def _compute_contact_can_write(self):
        self.contact_can_write = False
        self._contact_allowed("write").contact_can_write = True

    @api.model
    def _search_contact_can_read(self, operator, value):
        return self._contact_search_access("read", operator, value)

    @api.model
    def _search_contact_can_write(self, operator, value):
        return self._contact_search_access("write", operator, value)

    @api.model
    def _contact_search_access(self, operation, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._contact_access_domain(operation)
        return domain if True in value else ~domain

    def _contact_allowed(self, operation):
        """Return those of these contacts that the user may read or write.

        Most are open to everyone, and their own columns say so without a query.
        """
        # Superuser: the rules that ask this are what opens the contacts. Of what is
        # hidden nothing else may come into the cache, where everything could read it.
        partners = self.sudo()
        partners._origin.fetch(OPENING)
        opened = partners.filtered(lambda partner: partner._contact_is_open(operation))
        asked = (partners - opened).with_context(active_test=False)
        if asked:
            domain = Domain("id", "in", asked.ids)
            domain &= self._contact_access_domain(operation)
            opened += partners.browse(asked._search(domain).get_result_ids())
        return opened

    def _contact_is_open(self, operation):
        self.ensure_one()
        if not self.id or not self.is_contact_person:
            return True
        if self.contact_visibility != "everyone":
            return False
        company = self.company_id or self.env.company
        return operation == "read" or company.contact_everyone_write

    @api.model
    def _contact_access_domain(self, operation):
        """Return what opens contacts to the user, as a domain.

        :param str operation: ``read``, else ``write``
        """
        user = self.env.user
        if user.has_group(MANAGER):
            return Domain.TRUE
        # Superuser: nobody may read the field itself.
        reach = user.sudo().contact_reach
        # see res_partner_search.py
        only_persons = self.env.context.get("contact_only_persons")

        def to_sql(model, alias, query):
            if operation == "read":
                return model._contact_match_sql(alias, reach, only_persons)
            return model._contact_write_sql(alias, reach)

        domain = Domain.custom(to_sql=to_sql)
        if operation != "read":
            domain |= self._contact_open_domain()
        grant = self.env.context.get("contact_grant")
        if isinstance(grant, AccessGrant):
            domain |= Domain("id", "in", list(grant.ids))
        return domain

    @api.model
    def _contact_open_domain(self):
        """Return what everybody may edit, by the policies of the companies."""
        # Superuser: the policy of a company holds for who may not read the company.
        companies = self.env["res.company"].sudo().search([])
        generous = companies.filtered("contact_everyone_write").ids
        if self.env.company.contact_everyone_write:
            generous.append(False)
        everyone = Domain("contact_visibility", "=", "everyone")
        everyone &= Domain("company_id", "in", generous)
        return everyone | Domain("is_contact_person", "=", False)

    def _contact_match_sql(self, alias, reach, only_persons):
        """Return the SQL that is true of a contact that is open to a reach.

        Two indexes find a small part of all contacts. For a user who reaches far each
        row is looked at instead: PostgreSQL hashes a list for ``= ANY``, but would walk
        through it for ``&&``.
        """
        parts = {
            "key": SQL.identifier(alias, "contact_access_key"),
            "column": SQL.identifier(alias, "contact_access_tokens"),
            "id": SQL.identifier(alias, "id"),
            "creator": SQL.identifier(alias, "create_uid"),
            "uid": reach.uid,
            "person": SQL.identifier(alias, "is_contact_person"),
            "first": reach.owners if only_persons else reach.owners_or_no_person,
            "others": reach.others,
        }
        part = self.env.context.get("contact_part")
        query = PARTS.get(part) or (_FAR if reach.far else _NEAR)
        return SQL(query, **parts, to_flush=self._contact_access_asked())

    def _contact_write_sql(self, alias, reach):
        """Return the same for writing, which is asked of contacts that are at hand.

        The owner of a contact that is everyone's stands behind its first token.
        """
        column = SQL.identifier(alias, "contact_access_tokens")
        asked = self._contact_access_asked()
        return SQL("%s && %s::integer[]", column, reach.writing, to_flush=asked)

    def _contact_access_asked(self):
        """Return the fields that the tokens are made of, to be flushed first."""
        members = self.env["contact.team.member"]._fields
        return [
            *map(self._fields.get, ("user_id", "contact_visibility")),
            self._fields["is_contact_person"],
            *map(members.get, ("partner_id", "user_id", "access")),
        ]

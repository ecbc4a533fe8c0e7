from odoo import api, fields, models
from odoo.tools import SQL

MASTER_DATA_PARAMETER = "contact_person.master_data"
MASTER_DATA_DEFAULT = "name,email"


class ResPartner(models.Model):
    """What makes a partner a contact person, and how complete its record is."""

    _inherit = "res.partner"

    is_contact_person = fields.Boolean(
        string="Contact Person",
        compute="_compute_is_contact_person",
        store=True,
        readonly=False,
        help="A person: not a company, not a mere address, and not the card of an "
        "internal user.",
    )
    contact_state = fields.Selection(
        [("draft", "Draft"), ("active", "Active"), ("obsolete", "Obsolete")],
        compute="_compute_contact_state",
        store=True,
        help="Draft: some master data or the account is missing. Active: complete.",
    )
    contact_missing_data = fields.Char(
        string="Missing", compute="_compute_contact_missing_data"
    )
    contact_relation_ids = fields.One2many(
        "contact.relation", "contact_id", string="Relations"
    )
    contact_account_relation_ids = fields.One2many(
        "contact.relation", "partner_id", string="Contact Persons"
    )
    contact_account_names = fields.Char(
        string="Customer",
        compute="_compute_contact_account_names",
        store=True,
        help="All accounts and leads that this contact is linked to.",
    )
    contact_mobile = fields.Char(string="Mobile")
    contact_birthdate = fields.Date(string="Date of Birth")

    # The list of contacts in its default order reads this index and nothing else.
    _contact_list_idx = models.Index(
        "(complete_name, id DESC) WHERE is_contact_person AND active"
    )
    # A name search asks these five columns in one OR: one column without a trigram
    # index is enough to make PostgreSQL read the whole table.
    _contact_name_trgm = models.Index(
        lambda registry: _trigram(registry, "complete_name")
    )
    _contact_email_trgm = models.Index(lambda registry: _trigram(registry, "email"))
    _contact_ref_trgm = models.Index(lambda registry: _trigram(registry, "ref"))
    _contact_vat_trgm = models.Index(lambda registry: _trigram(registry, "vat"))
    _contact_registry_trgm = models.Index(
        lambda registry: _trigram(registry, "company_registry")
    )
    _contact_account_trgm = models.Index(
        lambda registry: _trigram(registry, "contact_account_names")
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("is_company", "type", "user_ids.share", "user_ids.active")
    def _compute_is_contact_person(self):
        for partner in self:
            partner.is_contact_person = (
                not partner.is_company
                and partner.type == "contact"
                and all(user.share for user in partner.user_ids)
            )

    @api.depends(
        "is_contact_person",
        "parent_id.name",
        "contact_relation_ids.partner_id.name",
        "contact_relation_ids.lead_id",  # its name: see crm_lead.py
        "contact_relation_ids.date_end",
    )
    def _compute_contact_account_names(self):
        for partner in self:
            names = partner._contact_accounts() if partner.is_contact_person else ()
            partner.contact_account_names = ", ".join(names) or False

    def _contact_refresh_account_names(self):
        """Have the customer column computed anew."""
        # the relations of a lead go with it in the database, unseen by the ORM
        self.invalidate_recordset(["contact_relation_ids"])
        self.env.add_to_compute(self._fields["contact_account_names"], self)

    def _contact_accounts(self):
        """Return the names of the accounts and leads linked today, each once.

        The stock parent is the main employer and counts as an account.
        """
        self.ensure_one()
        relations = self.contact_relation_ids.filtered(lambda r: r._is_current())
        names = [self.parent_id.name]
        # a relation to a private person counts only if its type says "account"
        for relation in relations:
            if relation.type_id.kind != "person":
                names.append(relation.partner_id.name or relation.lead_id.name)
        return tuple(dict.fromkeys(filter(None, names)))

    @api.depends(lambda self: self._contact_state_depends())
    def _compute_contact_state(self):
        master_data = self._contact_master_data()
        for partner in self:
            if not partner.is_contact_person:
                partner.contact_state = False
            elif partner._contact_missing(master_data):
                partner.contact_state = "draft"
            else:
                partner.contact_state = "active"

    @api.depends(lambda self: self._contact_state_depends())
    @api.depends_context("lang")
    def _compute_contact_missing_data(self):
        master_data = self._contact_master_data()
        labels = self.fields_get(master_data, ["string"])
        account = self.env._("a customer or a lead")
        for partner in self:
            missing = (
                partner._contact_missing(master_data)
                if partner.is_contact_person
                else ()
            )
            partner.contact_missing_data = (
                ", ".join(labels[f]["string"] if f else account for f in missing)
                or False
            )

    # ------------------------------------------------------------
    # MASTER DATA
    # ------------------------------------------------------------

    @api.model
    def _contact_master_data(self):
        """Return the names of the fields that a complete contact must have."""
        parameters = self.env["ir.config_parameter"].sudo()
        value = parameters.get_param(MASTER_DATA_PARAMETER, MASTER_DATA_DEFAULT)
        return [name for name in value.split(",") if name in self._fields]

    @api.model
    def _contact_state_depends(self):
        # By SQL: this is asked while the registry is being set up, when the model of
        # the parameters is not there yet.
        rows = self.env.execute_query(
            SQL(
                "SELECT value FROM ir_config_parameter WHERE key = %s",
                MASTER_DATA_PARAMETER,
            )
        )
        master_data = (rows[0][0] if rows else MASTER_DATA_DEFAULT).split(",")
        names = {"contact_first_name", "contact_last_name", *master_data}
        return [
            "is_contact_person",
            "contact_account_names",
            *sorted(names & self._fields.keys()),
        ]

    def _contact_missing(self, master_data):
        """Return the master data without a value; ``False`` stands for the account.

        A name that only repeats the email or the phone has not been typed yet.
        """
        self.ensure_one()
        missing = []
        for field_name in master_data:
            if field_name == "name":
                filled = self.contact_first_name or self.contact_last_name
            else:
                filled = self[field_name]
            if not filled:
                missing.append(field_name)
        if not self.contact_account_names:
            missing.append(False)
        return missing

    @api.model
    def _contact_set_master_data(self, field_names):
        """Change the rule of completeness and bring every contact in line with it.

        :param list[str] field_names: stored fields of ``res.partner``
        """
        value = ",".join(field_names) or "name"
        parameters = self.env["ir.config_parameter"].sudo()
        if parameters.get_param(MASTER_DATA_PARAMETER, MASTER_DATA_DEFAULT) == value:
            return
        parameters.set_param(MASTER_DATA_PARAMETER, value)
        self.env.flush_all()
        # The fields a state depends on are part of the registry.
        self.env.registry._setup_models__(self.env.cr, ["res.partner"])
        partners = self.with_context(active_test=False).sudo()
        self.env.add_to_compute(
            self._fields["contact_state"],
            partners.search([("is_contact_person", "=", True)]),
        )

    # ------------------------------------------------------------
    # ADDRESS
    # ------------------------------------------------------------

    def _fields_sync(self, values):
        """Keep a contact's own address when the caller asks for it.

        Stock writes a person's street and VAT number up to the company and over its
        other people; an import or a new contact from our own form must not.
        """
        if self.env.context.get("contact_keep_address"):
            return None
        return super()._fields_sync(values)

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_contact_save_new(self):
        """The form has been saved by the button; open an empty one like it."""
        return self._contact_new_form({"default_parent_id": self.parent_id.id})

    def action_contact_add(self):
        """Open an empty contact of this account."""
        self.ensure_one()
        return self._contact_new_form({"default_parent_id": self.id})

    def _contact_new_form(self, defaults):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_person.res_partner_action_new"
        )
        context = {
            "default_is_company": False,
            "default_type": "contact",
            "default_user_id": self.env.uid,
            "contact_keep_address": True,
        }
        action["context"] = {**context, **defaults}
        return action


def _trigram(registry, column):
    """Return the definition of an index that serves ``ilike`` on ``column``.

    Odoo wraps the column in ``unaccent`` when the server is told to; the index must
    then have the same expression. Empty (no index) without ``pg_trgm``.
    """
    if not registry.has_trigram:
        return ""
    expression = registry.unaccent(f'"{column}"')
    return f"USING gin (({expression}) gin_trgm_ops) WHERE {column} IS NOT NULL"

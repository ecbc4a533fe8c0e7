from odoo import api, fields, models

# The keys of a context that tell which lead or meeting a contact is made from.
ENTRANCES = ("contact_add_to_lead", "contact_add_to_event")


_NO_PERSON = "is_contact_person IS NOT TRUE"


class ResPartner(models.Model):
    """What makes a partner a contact person, and whom the person belongs to."""

    _inherit = "res.partner"

    is_contact_person = fields.Boolean(
        string="Contact Person",
        compute="_compute_is_contact_person",
        store=True,
        readonly=False,
        help="A person: not a company, not a mere address, and not the card of an "
        "internal user.",
    )
    contact_relation_ids = fields.One2many(
        "contact.relation",
        "contact_id",
        string="Relations",
        groups="base.group_user",
    )
    contact_account_relation_ids = fields.One2many(
        "contact.relation",
        "partner_id",
        string="Contact Persons",
        groups="base.group_user",
    )
    contact_account_names = fields.Char(
        string="Customer",
        compute="_compute_contact_account_names",
        store=True,
        groups="base.group_user",  # leads have names that no customer should read
        help="All accounts and leads that this contact is linked to.",
    )
    contact_mobile = fields.Char(string="Mobile")
    contact_birthdate = fields.Date(string="Date of Birth", groups="base.group_user")

    # The list of contacts in its default order reads this index and nothing else; a
    # drop-down of contacts, in the order of stock, the second.
    _contact_list_idx = models.Index(
        "(name, id DESC) WHERE is_contact_person AND active"
    )
    _contact_complete_idx = models.Index(
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
    # For who sees few contacts: the companies and addresses of a name that many have.
    _contact_no_person_name_trgm = models.Index(
        lambda registry: _trigram(registry, "complete_name", _NO_PERSON)
    )
    _contact_no_person_email_trgm = models.Index(
        lambda registry: _trigram(registry, "email", _NO_PERSON)
    )
    _contact_account_trgm = models.Index(
        lambda registry: _trigram(registry, "contact_account_names")
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("is_company", "type", "user_ids.share", "user_ids.group_ids")
    def _compute_is_contact_person(self):
        # the card of a colleague stays one when his login is archived
        for partner in self.with_context(active_test=False):
            partner.is_contact_person = (
                not partner.is_company
                and partner.type == "contact"
                and not any(map(_is_no_person, partner.user_ids))
            )

    @api.depends(
        "is_contact_person",
        "parent_id.name",
        "contact_relation_ids.partner_id.name",
        "contact_relation_ids.lead_id",  # its name: see crm_lead.py
        "contact_relation_ids.type_id.kind",
        "contact_relation_ids.date_start",
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

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        persons = partners.filtered("is_contact_person")
        persons._contact_add_to_context()
        return partners

    def _contact_add_to_context(self):
        """Link new contacts to the lead or the meeting that they were opened from.

        With the rights of the user, as the context comes from the client.
        """
        context = self.env.context
        if self and (lead_id := context.get("contact_add_to_lead")):
            self.env["contact.relation"].create(
                [{"contact_id": contact.id, "lead_id": lead_id} for contact in self]
            )
        if self and (event_id := context.get("contact_add_to_event")):
            event = self.env["calendar.event"].browse(event_id)
            event.partner_ids += self

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_contact_save_new(self):
        """The form has been saved by the button; open an empty one like it.

        It comes from the same company, and from the same lead or meeting.
        """
        context = self.env.context
        entrance = {name: context[name] for name in ENTRANCES if name in context}
        return self._contact_new_form(
            {"default_parent_id": self.parent_id.id, **entrance}
        )

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
        }
        action["context"] = {**context, **defaults}
        return action


def _is_no_person(user):
    """Whether the login is a colleague's, or one that Odoo has for its own use."""
    template = user.env.ref("base.template_portal_user_id", raise_if_not_found=False)
    return not user.share or user._is_public() or user == template


def _trigram(registry, column, condition=None):
    """Return the definition of an index that serves ``ilike`` on ``column``.

    Odoo wraps the column in ``unaccent`` when the server is told to; the index must
    then have the same expression. Empty (no index) without ``pg_trgm``.

    :param str condition: of the rows in the index; else all that have the column
    """
    if not registry.has_trigram:
        return ""
    expression = registry.unaccent(f'"{column}"')
    condition = condition or f"{column} IS NOT NULL"
    return f"USING gin (({expression}) gin_trgm_ops) WHERE {condition}"

from collections.abc import Collection

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command, Domain

from ..linked import linked_id
from .res_partner import AccessGrant

# Who keeps the books or the stock works for everybody's customers, from documents of
# others; nobody else may make these.
_FOR_ALL = ("account.move", "account.payment", "account.bank.statement", "stock.")
# Their copies are for the same customer.
_COPIED = frozenset(
    "crm.lead sale.order project.project project.task event.registration".split()
)
# The customer of what these fields name may be that of the record, too.
_BELONGS = {
    "project.task": ("project_id", "parent_id"),
    "crm.lead2opportunity.partner": ("lead_id",),
    "crm.quotation.partner": ("lead_id",),
    "sale.order": ("opportunity_id",),
}
_POINTED = ("res.partner", "crm.lead")


class Base(models.AbstractModel):
    """What a user points to, in records of any kind: only what he may see.

    Odoo computes as superuser what is stored. A record that names a hidden contact, or
    no more than the proposal of one, would tell his address.
    """

    _inherit = "base"

    # ------------------------------------------------------------
    # SEARCHED
    # ------------------------------------------------------------

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Find nothing by what hidden contacts have, or by where they work.

        Odoo follows ids upwards, and fields that are shown of a contact, as superuser.
        """
        if not self.env.su:
            domain = Domain(domain)
            if any(map(self._contact_found_by, domain.iter_conditions())):
                domain = domain.map_conditions(self._contact_condition)
        return super()._search(domain, *args, **kwargs)

    def _contact_found_by(self, condition):
        """Return the field of a condition that would tell of hidden contacts."""
        field = self._fields.get(condition.field_expr)
        if not field or self._contact_shown_of(field):
            return field
        if condition.operator == "parent_of":
            pointed = field.comodel_name if field.relational else self._name
            return field if pointed == "res.partner" else None
        below = self._name == "res.partner" and field.name == "child_ids"
        return field if below else None

    def _contact_shown_of(self, field):
        """Return whether a field shows one of the contact that another points to."""
        if not field.related or field.store or field.inherited:
            return False
        end = self._fields[field.related.split(".")[0]]
        return end.type == "many2one" and end.comodel_name == "res.partner"

    def _contact_condition(self, condition):
        """Return a condition that the rules of contacts hold for."""
        field, value = self._contact_found_by(condition), condition.value
        if field and self._contact_shown_of(field):
            return Domain(field.related, condition.operator, value)
        if not field or isinstance(value, bool | str | Domain):
            return condition
        values = value if isinstance(value, Collection) else [value]
        ids = [id_ for id_ in values if isinstance(id_, int) and id_]
        hidden = self.env["res.partner"].browse(ids)._contact_hidden().ids
        kept = [one for one in values if one not in hidden]
        operator = {"=": "in", "!=": "not in"}.get(condition.operator)
        return Domain(condition.field_expr, operator or condition.operator, kept)

    # ------------------------------------------------------------
    # SAVED
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self.browse()._contact_check_named(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._contact_check_named(vals)
        return super().write(vals)

    def copy(self, default=None):
        if self._name not in _COPIED:
            return super().copy(default)
        keeping = self._contact_keeping()
        return super(Base, keeping).copy(default).with_env(self.env)

    def _contact_check_named(self, vals):
        """Refuse contacts in these values whom the user may not see.

        Many a record shows, copies or prints more of a contact than his name. Those
        whom all of these records have already go on.
        """
        if self._name.startswith(_FOR_ALL):
            return
        named = set()
        for name, value in vals.items():
            field = self._fields.get(name)
            kind = field and field.type
            if kind == "many2one" and field.comodel_name != "res.partner":
                continue
            if not value or kind not in ("many2one", "many2one_reference", "reference"):
                continue
            model, id_ = self._contact_target(field, value, vals)
            if model == "res.partner" and id_:
                # Superuser: whether it is the same is no news to who names it.
                same = [_id(record[name]) == id_ for record in self.sudo()]
                named |= set() if same and all(same) else {id_}
        if named:
            partners = self.env["res.partner"].browse(named)
            self._contact_check_shown(partners, [(self, vals)])

    @api.model
    def _contact_check_shown(self, records, lenders):
        """Ask for the right to read what the values of records point to.

        :param records: contacts or leads
        :param lenders: pairs of a record and values of it, whose customers are known
        """
        if records._name == "res.partner":
            # Superuser: a document for an address is one for the person it is of.
            people = records.sudo().with_context(prefetch_fields=False)
            people = people.filtered(lambda one: not one.is_contact_person).parent_id
            records |= people.filtered("is_contact_person").with_env(self.env)
            records -= self.env.user.partner_id
            # most often without a query, as they are in the cache
            if records.has_access("read"):
                return
            # the refusal has brought all of them there, see _fetch_field
            records.invalidate_recordset()
            records = records._contact_hidden()
            for lender, values in lenders if records else ():
                records -= lender._contact_lent(values)
        if records:
            records.check_access("read")

    def _contact_lent(self, values):
        """Return whom a record may name because of what it belongs to.

        :param dict values: of a record that is made or changed
        """
        kept = self.env.context.get("contact_kept_customers")
        partners = self.env["res.partner"]
        if isinstance(kept, AccessGrant):
            partners = partners.browse(kept.ids)
        for name in _BELONGS.get(self._name, ()):
            id_ = linked_id(self._contact_value(name, values))
            owner = self.env[self._fields[name].comodel_name].browse(id_ or ())
            partners |= owner._contact_seen()._contact_customers()
        if self._name == "payment.link.wizard":
            model = self._contact_value("res_model", values)
            id_ = linked_id(self._contact_value("res_id", values))
            document = self.env[model if model in self.env else self._name].browse(id_)
            partners |= document._contact_seen()._contact_customers()
        return partners

    def _contact_value(self, name, values):
        """Return what a field is going to have, as it is written."""
        if name in values:
            return values[name]
        if self:
            return self._fields[name].convert_to_write(self[:1][name], self[:1])
        return self.env.context.get(f"default_{name}")

    def _contact_keeping(self):
        """Return these records, whose customers may pass to what becomes of them."""
        kept = AccessGrant(self._contact_seen()._contact_customers().ids)
        return self.with_context(contact_kept_customers=kept)

    def _contact_seen(self):
        """Return those of these documents that the user may read."""
        return self._filtered_access("read")

    def _contact_customers(self):
        """Return the customers of these documents, hidden from the user or not."""
        # Superuser: Odoo shows the customer of a document by name.
        documents = self.sudo().with_context(prefetch_fields=False)
        found = documents._mail_get_partners().values()
        return self.env["res.partner"].union(*found).with_env(self.env)

    # ------------------------------------------------------------
    # PROPOSED
    # ------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        """Leave hidden contacts out that the context or a user's own default names.

        Also where Odoo asks as superuser, for him.
        """
        defaults = super().default_get(fields)
        if self.env.user._is_superuser():
            return defaults
        own = self.env["ir.default"]._get_model_defaults(self._name)
        for name in fields:
            value = self.env.context.get(f"default_{name}", own.get(name))
            if value and not self._contact_may_default(name, value):
                defaults.pop(name, None)
        return defaults

    def _contact_may_default(self, name, value):
        asking = self.sudo(False)
        if self.env.su:
            # in which companies Odoo acts for him, he may not be able to
            companies = list(self.env.user._get_company_ids())
            asking = asking.with_context(allowed_company_ids=companies)
        try:
            asking._contact_check_form({name: value}, {name: value})
        except AccessError:
            return False
        return True

    def onchange(self, values, field_names, fields_spec):
        """Propose nothing that follows from what the user may not see.

        What stands in a form goes on; what changes is asked for, and every line.
        """
        if not self.env.su:
            changing = self._contact_changing(values, field_names)
            self._contact_check_form(changing, values)
        return super().onchange(values, field_names, fields_spec)

    def _contact_changing(self, values, field_names):
        """Return those values of a form from which others are computed anew."""
        if field_names:
            return {
                name: value
                for name, value in values.items()
                if name in field_names or isinstance(value, list | tuple | dict)
            }
        if not self:
            return values
        # all is computed anew, though Odoo's forms ask so for new records only
        present = {
            name: self[:1][name].id
            for name, field in self._fields.items()
            if field.type == "many2one" and field.comodel_name in _POINTED
        }
        return {**present, **values}

    def _contact_check_form(self, changing, values, lenders=()):
        """Ask for the right to read what some values of a form name, at any depth.

        :param dict changing: what is asked for
        :param dict values: all of the form
        :param lenders: see :meth:`_contact_check_shown`, of the forms around it
        """
        lenders = [*lenders, (self, values)]
        asked = {model: self.env[model] for model in _POINTED}
        for name, value in changing.items():
            field = self._fields.get(name)
            if field is None or not value:
                continue
            model, id_ = self._contact_target(field, value, values)
            if model in asked and id_:
                asked[model] |= asked[model].browse(id_)
            for id_, line in _lines(field, value):
                inner = self.env[field.comodel_name].browse(id_ or ())
                known = list(lenders)
                if field.type == "many2one":
                    # the form around this one, as it stands
                    known.append((inner._contact_keeping(), line))
                elif inner._name.startswith(_FOR_ALL):
                    known.append((self._origin._contact_keeping(), values))
                inner._contact_check_form(line, line, known)
        for records in filter(None, asked.values()):
            self._contact_check_shown(records, lenders)

    def _contact_target(self, field, value, values):
        """Return the model and the id of what the value of a field points to.

        :param dict values: of the whole record
        """
        if field.type == "many2one":
            return field.comodel_name, linked_id(value)
        if field.type == "many2one_reference":
            return self._contact_model_named(field, values), linked_id(value)
        if field.type == "reference" and isinstance(value, str):
            model, _comma, id_ = value.partition(",")
            return model, linked_id(id_)
        return None, False

    def _contact_model_named(self, field, values):
        """Return the model that a reference is to, which may follow from others."""
        if values.get(field.model_field):
            return values[field.model_field]
        plain = {
            key: given
            for key, given in values.items()
            if not isinstance(given, list | tuple | dict)
        }
        return self.new(plain, origin=self._origin[:1])[field.model_field]


def _id(value):
    """Return the id of a record, or of a reference by number."""
    return value if isinstance(value, int) else value.id if value else False


def _lines(field, value):
    """Return ids and values of records that stand in a form for what is not read."""
    if field.type == "many2one":
        # of a line that is edited: the form that it is in
        return [(linked_id(value), value)] if isinstance(value, dict) else []
    if not field.relational or not isinstance(value, list | tuple):
        return []
    lines = []
    for command in value:
        if isinstance(command, dict):
            lines.append((linked_id(command), command))
        elif isinstance(command, list | tuple) and len(command) > 2:
            changed = command[0] == Command.UPDATE and linked_id(command[1])
            if isinstance(command[2], dict):
                lines.append((changed, command[2]))
    return lines

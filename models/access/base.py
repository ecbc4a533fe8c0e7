from odoo import api, models

from ..linked import linked_id
from .res_partner import AccessGrant

# Who keeps the books or the stock works for everybody's customers, from documents of
# others; nobody else may make these.
FOR_ALL = ("account.move", "account.payment", "account.bank.statement", "stock.")
# Their copies are for the same customer.
_COPIED = frozenset(
    "crm.lead sale.order project.project project.task event.registration".split()
)
# The customer of what these fields name may be that of the record, too. Two of them
# are a model and an id.
_BELONGS = {
    "project.task": ("project_id", "parent_id"),
    "crm.lead2opportunity.partner": ("lead_id",),
    "crm.quotation.partner": ("lead_id",),
    "sale.order": ("opportunity_id",),
    "payment.link.wizard": (("res_model", "res_id"),),
}
POINTED = ("res.partner", "crm.lead")


class Base(models.AbstractModel):
    """What a user points to, in records of any kind: only what he may see.

    Odoo computes as superuser what is stored. A record that names a hidden contact, or
    no more than the proposal of one, would tell his address.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self.browse()._contact_check_named(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._contact_check_named([vals])
        return super().write(vals)

    def copy(self, default=None):
        if self._name not in _COPIED:
            return super().copy(default)
        keeping = self._contact_keeping()
        return super(Base, keeping).copy(default).with_env(self.env)

    def _contact_check_named(self, vals_list):
        """Refuse contacts in any of these values whom the user may not see.

        Many a record shows, copies or prints more of a contact than his name. Those
        whom all of these records have already go on.
        """
        if not self._name.startswith(FOR_ALL):
            asked = [(self._contact_named(vals), [(self, vals)]) for vals in vals_list]
            self._contact_check_shown("res.partner", asked)

    def _contact_named(self, vals):
        """Return the ids of contacts in values that these records don't have."""
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
                same = [_points(record, field, model, id_) for record in self.sudo()]
                named |= set() if same and all(same) else {id_}
        return named

    @api.model
    def _contact_check_shown(self, model, asked):
        """Ask for the right to read what the values of records point to.

        :param str model: of contacts or leads
        :param asked: pairs of ids, and of lenders: pairs of a record and values of it,
            whose customers are known
        """
        records = self.env[model].browse(set().union(*(ids for ids, _who in asked)))
        if not records:
            return
        if model != "res.partner":
            records.check_access("read")
            return
        # Superuser: a document for an address is one for the person it is of.
        addresses = records.sudo().with_context(prefetch_fields=False)
        addresses = addresses.filtered(lambda one: not one.is_contact_person)
        persons = {
            address.id: address.parent_id.id
            for address in addresses
            if address.parent_id.is_contact_person
        }
        everyone = records.union(records.browse(persons.values()))
        everyone -= self.env.user.partner_id
        # most often without a query, as they are in the cache
        if everyone.has_access("read"):
            return
        # the refusal has brought all of them there, see _fetch_field
        everyone.invalidate_recordset()
        hidden = everyone._contact_hidden()
        for ids, lenders in asked:
            named = {*ids, *(persons.get(id_) for id_ in ids)}
            left = hidden.browse(named.intersection(hidden.ids))
            for lender, values in lenders if left else ():
                left -= lender._contact_lent(values)
            left.check_access("read")

    def _contact_lent(self, values):
        """Return whom a record may name because of what it belongs to.

        :param dict values: of a record that is made or changed
        """
        kept = self.env.context.get("contact_kept_customers")
        partners = self.env["res.partner"]
        if isinstance(kept, AccessGrant):
            partners = partners.browse(kept.ids)
        for names in _BELONGS.get(self._name, ()):
            if isinstance(names, str):
                model, name = self._fields[names].comodel_name, names
            else:
                model, name = self._contact_value(names[0], values), names[1]
            id_ = linked_id(self._contact_value(name, values))
            owner = self.env[model if model in self.env else self._name]
            partners |= owner.browse(id_ or ())._contact_seen()._contact_customers()
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
        name = field.model_field
        if values.get(name):
            return values[name]
        sources = self.pool.field_depends[self._fields[name]]
        sources = {path.split(".")[0] for path in sources} & set(values)
        given = {source: linked_id(values[source]) for source in sources}
        return self.new(given, origin=self._origin[:1])[name]


def _points(record, field, model, id_):
    """Return whether a field of a record points to the record of a model by its id."""
    value = record[field.name]
    if field.type == "many2one_reference":
        return (record[field.model_field], value) == (model, id_)
    return bool(value) and (value._name, value.id) == (model, id_)

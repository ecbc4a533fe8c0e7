from odoo import api, models, tools

from ..linked import linked_id
from .apps import BELONGS, COPIED, FOR_ALL, SELLERS
from .res_partner import AccessGrant

POINTED = ("res.partner", "crm.lead")
_POINTING = ("many2one", "many2one_reference", "reference")
_TEXTS = ("model", "res_model")


class Base(models.AbstractModel):
    """What a user points to, in records of any kind: only what he may see.

    Odoo computes as superuser what is stored. A record that names a hidden contact, or
    no more than the proposal of one, would tell his address.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        vals_list = self.browse()._contact_checked(vals_list)
        created = super(Base, self._contact_spending()).create(vals_list)
        return created.with_env(self.env)

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        [vals] = self._contact_checked([vals])
        return super(Base, self._contact_spending()).write(vals)

    def copy(self, default=None):
        if self._name not in COPIED:
            return super().copy(default)
        people = self._contact_seen()._contact_people()
        # Superuser: an address is the person's.
        people |= people.sudo().parent_id.with_env(self.env)
        keeping = self._contact_keeping(people)
        return super(Base, keeping).copy(default).with_env(self.env)

    def _contact_spending(self):
        """Return these records, without grants for what is written within them."""
        spent = {"contact_kept_customers": False}
        if self._name != "calendar.event":
            spent["contact_linked"] = False
        held = any(self.env.context.get(name) for name in spent)
        return self.with_context(**spent) if held else self

    def _contact_checked(self, vals_list):
        """Refuse contacts in any of these values whom the user may not see.

        Many a record shows, copies or prints more of a contact than his name.

        :return: the values, without hidden contacts whom these records have already:
            to write one again would have what follows from him computed anew
        """
        if self._name.startswith(FOR_ALL):
            return vals_list
        named = [self._contact_named(vals) for vals in vals_list]
        hidden, persons = self._contact_unseen(set().union(*named))
        if not hidden:
            return vals_list
        kept = []
        for vals, ids in zip(vals_list, named, strict=True):
            closed = {id_ for id_ in ids if {id_, persons.get(id_)} & set(hidden.ids)}
            present = self._contact_repeated(vals, closed)
            closed -= set(present.values())
            closed |= {persons[id_] for id_ in closed if id_ in persons}
            self._contact_check_lent(hidden, closed, [(self, vals)])
            row = {name: vals[name] for name in vals if name not in present}
            if closed and not self and self._name in SELLERS:
                # who looks after a hidden contact is hidden, too
                row[SELLERS[self._name]] = row.get(SELLERS[self._name]) or self.env.uid
            kept.append(row)
        return kept

    def _contact_named(self, vals):
        """Return the ids of contacts that values point to."""
        named = {
            self._contact_target(field, vals[field.name], vals)
            for field in map(self._fields.get, vals)
            if field and field.type in _POINTING and vals[field.name]
        }
        for name, sources in self._contact_numbered() if self else ():
            if name not in vals and not sources.isdisjoint(vals):
                # the same id, of another model
                field = self._fields[name]
                for record in self:
                    named.add(record._contact_target(field, record[name], vals))
        plain = self._contact_plain()
        if not plain.isdisjoint(vals):
            for record in list(self) or [self]:
                named.add(record._contact_plain_target(plain, vals))
        return {id_ for model, id_ in named if model == "res.partner" and id_}

    @tools.ormcache()
    def _contact_plain(self):
        """Return the names of fields that make a reference of a text and a number.

        With the reports that are printed of it, whose model decides as well.
        """
        types = {name: field.type for name, field in self._fields.items()}
        model = next((name for name in _TEXTS if types.get(name) == "char"), None)
        if not model or types.get("res_id") != "integer":
            return frozenset()
        reports = {
            name
            for name, field in self._fields.items()
            if field.type == "many2one" and field.comodel_name == "ir.actions.report"
        }
        return frozenset({model, "res_id"} | reports)

    def _contact_plain_target(self, names, vals):
        """Return the model and the id of what such a reference is to, or a report."""
        values = {name: self._contact_value(name, vals) for name in names}
        id_, models_named = linked_id(values.pop("res_id")), set()
        for name, value in values.items():
            if name in _TEXTS:
                models_named.add(value)
            else:
                report = self.env["ir.actions.report"].browse(linked_id(value) or ())
                # Superuser: everybody may print, few may look at how.
                models_named.add(report.sudo().model)
        return ("res.partner" if "res.partner" in models_named else None), id_

    def _contact_repeated(self, vals, ids):
        """Return by name which of some contacts all of these records have already."""
        present = {}
        fields = map(self._fields.get, vals) if self and ids else ()
        for field in fields:
            if not field or field.type not in _POINTING:
                continue
            target = self._contact_target(field, vals[field.name], vals)
            if target[0] == "res.partner" and target[1] in ids:
                # Superuser: whether it is the same is no news to who names it.
                if all(_points(record, field) == target for record in self.sudo()):
                    present[field.name] = target[1]
        return present

    @tools.ormcache()
    def _contact_numbered(self):
        """Return the references by number, and what their model is taken from."""
        references = []
        for name, field in self._fields.items():
            if field.type == "many2one_reference" and field.store:
                model = self._fields[field.model_field]
                paths = self.pool.field_depends[model]
                sources = {model.name, *(path.split(".")[0] for path in paths)}
                references.append((name, sources))
        return tuple(references)

    @api.model
    def _contact_unseen(self, ids):
        """Return those of some contacts that the user may not read.

        :param set ids: of contacts
        :return: contacts, and the ids of the persons whose addresses are asked for by
            those of the addresses; a document for an address is one for the person
        """
        # Superuser: whose address it is, to ask for him.
        addresses = self.env["res.partner"].browse(ids).sudo()
        addresses = addresses.with_context(prefetch_fields=False)
        persons = {
            address.id: address.parent_id.id
            for address in addresses.filtered(lambda one: not one.is_contact_person)
            if address.parent_id.is_contact_person
        }
        everyone = self.env["res.partner"].browse({*ids, *persons.values()})
        everyone -= self.env.user.partner_id
        # whom somebody may link he may not see
        everyone = everyone.with_context(contact_linked=False)
        # most often without a query, as they are in the cache
        if not everyone or everyone.has_access("read"):
            return everyone.browse(), persons
        # the refusal has brought all of them there, see _fetch_field
        everyone.invalidate_recordset()
        return everyone._contact_hidden(), persons

    @api.model
    def _contact_check_lent(self, hidden, ids, lenders):
        """Ask for the right to read contacts that nothing around them lends.

        :param hidden: contacts that the user may not read
        :param set ids: of those in question
        :param lenders: pairs of a record and values of it, whose customers are known
        """
        left = hidden.browse(ids.intersection(hidden.ids))
        for lender, values in lenders if left else ():
            lent = lender._contact_lent(values)
            # Superuser: who lends an address lends the person.
            addresses = lent.sudo().with_context(prefetch_fields=False)
            left -= lent | addresses.parent_id.with_env(self.env)
        if left:
            left.check_access("read")

    def _contact_lent(self, values):
        """Return whom a record may name because of what it belongs to.

        :param dict values: of a record that is made or changed
        """
        kept = self.env.context.get("contact_kept_customers")
        partners = self.env["res.partner"]
        if isinstance(kept, AccessGrant):
            partners = partners.browse(kept.ids)
        for names in BELONGS.get(self._name, ()):
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

    def _contact_keeping(self, people=None):
        """Return these records, whose customers may pass to what becomes of them.

        :param people: instead of the customers
        """
        if people is None:
            people = self._contact_seen()._contact_customers()
        return self.with_context(contact_kept_customers=AccessGrant(people.ids))

    def _contact_seen(self):
        """Return those of these documents that the user may read."""
        return self._filtered_access("read")

    def _contact_customers(self):
        """Return the customers of these documents, hidden from the user or not."""
        # Superuser: Odoo shows the customer of a document by name.
        documents = self.sudo().with_context(prefetch_fields=False)
        found = documents._mail_get_partners().values()
        return self.env["res.partner"].union(*found).with_env(self.env)

    def _contact_people(self):
        """Return all whom fields of these documents point to, hidden or not."""
        # Superuser: see above.
        documents = self.sudo().with_context(prefetch_fields=False)
        people = self.env["res.partner"].union(
            *(
                documents[name]
                for name, field in self._fields.items()
                if field.store
                and field.type == "many2one"
                and field.comodel_name == "res.partner"
            )
        )
        return people.with_env(self.env)

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


def _points(record, field):
    """Return the model and the id of what a field of a record points to."""
    value = record[field.name]
    if field.type == "many2one_reference":
        return record[field.model_field], value
    return (value._name, value.id) if value else (None, False)

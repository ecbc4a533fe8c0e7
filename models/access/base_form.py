from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from ..linked import linked_id, linked_ids
from .apps import FOR_ALL, SELLERS
from .base import POINTED


class Base(models.AbstractModel):
    """What a form proposes: nothing that follows from contacts the user may not see."""

    _inherit = "base"

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
                kept = self._contact_kept_default(name, value)
                if kept:
                    defaults[name] = kept
                else:
                    defaults.pop(name, None)
        return defaults

    def _contact_kept_default(self, name, value):
        """Return a proposed list of contacts without the hidden ones, or nothing."""
        field = self._fields[name]
        people = field.type == "many2many" and field.comodel_name == "res.partner"
        if not people or not isinstance(value, list | tuple):
            return None
        asked = self.sudo(False).env["res.partner"].browse(linked_ids(value))
        kept, _hidden = asked._contact_hidden()._contact_part(value)
        return linked_ids(kept) and self._contact_may_default(name, kept) and kept

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
        if self.env.su:
            return super().onchange(values, field_names, fields_spec)
        changing = self._contact_changing(values, field_names)
        self._contact_check_form(changing, values)
        answer = super().onchange(values, field_names, fields_spec)
        proposed = answer.get("value", {})
        if seller := {SELLERS.get(self._name)} & set(proposed):
            customer = linked_id({**values, **proposed}.get("partner_id"))
            if self.env["res.partner"].browse(customer or ())._contact_hidden():
                # who looks after a hidden contact is hidden, too
                [name] = seller
                shown = fields_spec[name].get("fields")
                user = self.env.user
                proposed[name] = user.web_read(shown)[0] if shown else user.id
        return answer

    def _contact_changing(self, values, field_names):
        """Return those values of a form from which others are computed anew."""
        if field_names:
            return {
                name: value
                for name, value in values.items()
                if name in field_names
                or isinstance(value, list | tuple | dict)
                or self._contact_turned(name, values)
            }
        if not self:
            return values
        # all is computed anew, though Odoo's forms ask so for new records only
        present = {
            name: self[:1][name].id
            for name, field in self._fields.items()
            if field.type == "many2one" and field.comodel_name in POINTED
        }
        return {**present, **values}

    def _contact_turned(self, name, values):
        """Return whether a reference is to another record than before.

        With the same id, when the model is another.
        """
        field = self._fields.get(name)
        if field is None or field.type != "many2one_reference":
            return False
        before = self._contact_target(field, self._origin[:1][name], {})
        return self._contact_target(field, values[name], values) != before

    def _contact_check_form(self, changing, values, lenders=()):
        """Ask for the right to read what some values of a form name, at any depth.

        :param dict changing: what is asked for
        :param dict values: all of the form
        :param lenders: see :meth:`_contact_check_lent`, of the forms around it
        """
        lenders = [*lenders, (self, values)]
        asked = {model: set() for model in POINTED}
        for name, value in changing.items():
            field = self._fields.get(name)
            if field is None or not value:
                continue
            model, id_ = self._contact_target(field, value, values)
            if model in asked and id_:
                asked[model].add(id_)
            if field.type == "many2many" and field.comodel_name in asked:
                asked[field.comodel_name] |= self._contact_added(field, value, lenders)
            for id_, line in _lines(field, value):
                inner = self.env[field.comodel_name].browse(id_ or ())
                known = list(lenders)
                if field.type == "many2one":
                    # the form around this one, as it stands
                    known.append((inner._contact_keeping(), line))
                elif inner._name.startswith(FOR_ALL):
                    known.append((self._origin._contact_keeping(), values))
                inner._contact_check_form(line, line, known)
        if leads := asked["crm.lead"]:
            self.env["crm.lead"].browse(leads).check_access("read")
        hidden, persons = self._contact_unseen(asked["res.partner"])
        named = {*asked["res.partner"], *persons.values()}
        self._contact_check_lent(hidden, named, lenders)

    def _contact_added(self, field, commands, lenders):
        """Return the ids that commands link anew, but for contacts that are lent."""
        # Superuser: whom the record has already is no news to who names him, and of
        # the others their own columns tell that most are everyone's.
        origin = self._origin.sudo().with_context(active_test=False)
        origin = origin.with_context(prefetch_fields=False)
        added = origin[field.name].browse(linked_ids(commands)) - origin[field.name]
        if field.comodel_name == "res.partner":
            added = added.filtered(lambda one: not one._contact_is_open("read"))
            for lender, values in lenders if added else ():
                added -= lender._contact_lent(values).sudo()
        return set(added.ids)


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

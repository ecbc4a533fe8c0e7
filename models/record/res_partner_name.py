from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ...tools.matching import join_name, split_name

# What a contact without a name is called, in this order.
NAME_FALLBACKS = ("email", "phone", "contact_mobile", "website", "function", "ref")
PARTS = ("contact_first_name", "contact_last_name")
# Fields that say how a record is kept, not who the person is.
NO_DATA = frozenset(
    "type active user_id team_id company_id color partner_share tz"
    " contact_visibility".split()
)


class ResPartner(models.Model):
    """First and last name, in step with ``name`` both ways.

    ``name`` stays the field that the rest of Odoo reads. Whoever writes ``name``
    alone gets it split, whoever writes the parts gets it joined, and whoever writes
    both is believed. A contact whose parts are both empty has no typed name: its
    ``name`` then repeats its email or phone, and follows it.
    """

    _inherit = "res.partner"

    contact_first_name = fields.Char(string="First Name", index="trigram")
    contact_last_name = fields.Char(string="Last Name", index="trigram")

    @api.onchange("name")
    def _onchange_name_contact(self):
        joined = join_name(self.contact_first_name, self.contact_last_name, self.lang)
        if self.is_contact_person and self.name != joined:
            self.contact_first_name, self.contact_last_name = self._contact_split(
                self.name, self.lang, (self.email, self.phone)
            )

    @api.onchange("contact_first_name", "contact_last_name")
    def _onchange_name_parts(self):
        if self.is_contact_person:
            name = join_name(self.contact_first_name, self.contact_last_name, self.lang)
            self.name = name or self.name

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._contact_complete_name(v) for v in vals_list])

    def write(self, vals):
        if not self._contact_name_fields() & vals.keys():
            return super().write(vals)
        result = True
        for partners, partner_vals in self._contact_split_write(vals):
            result = super(ResPartner, partners).write(partner_vals) and result
        return result

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    @api.model
    def _contact_name_fields(self):
        """Return the fields whose change may change a contact's names."""
        return {
            "name",
            "is_company",
            "company_type",
            *PARTS,
            *NAME_FALLBACKS,
        }

    @api.model
    def _contact_split(self, name, lang=None, fallbacks=()):
        """Return ``(first, last)`` of ``name``, both empty if it is a fallback."""
        if not name or name in fallbacks:
            return False, False
        first, last = split_name(name, lang)
        return first or False, last or False

    @api.model
    def _contact_complete_name(self, vals):
        """Return a copy of the values of a new partner with all its names."""
        vals = dict(vals)
        # explicit values win over the defaults that a context brings
        known = {**self._contact_name_defaults(), **vals}
        is_company = known.get("is_company") or known.get("company_type") == "company"
        if is_company or (known.get("type") or "contact") != "contact":
            return vals
        first, last = known.get("contact_first_name"), known.get("contact_last_name")
        fallbacks = self._contact_fallbacks(known)
        if not known.get("name"):
            name = join_name(first, last, known.get("lang")) or (
                fallbacks[0] if fallbacks else False
            )
            vals["name"] = name or self._contact_unnamed(known)
        elif not (first and last):
            parts = self._contact_split(known["name"], known.get("lang"), fallbacks)
            vals.update(_with_known_part(known["name"], parts, first, last))
        return vals

    @api.model
    def _contact_name_defaults(self):
        names = self._contact_name_fields() | {"type", "lang"}
        return {
            key[8:]: value
            for key, value in self.env.context.items()
            if key.startswith("default_") and key[8:] in names
        }

    @api.model
    def _contact_fallbacks(self, vals):
        return [vals[name] for name in NAME_FALLBACKS if vals.get(name)]

    @api.model
    def _contact_unnamed(self, vals):
        """Return the name of a contact that has data but nothing to be called by."""
        # Superuser: only whether the values are the company's own, never which.
        parent = self.sudo().browse(vals.get("parent_id") or ()).exists()
        for name, value in vals.items():
            if self._contact_is_data(name, value, parent):
                return self.env._("Unnamed contact")
        raise ValidationError(
            self.env._(
                "This contact is empty. Fill in at least one field, such as the name, "
                "the email or the phone, and save again."
            )
        )

    @api.model
    def _contact_is_data(self, field_name, value, parent):
        """Whether a value tells something of a person: no default, nor the parent's.

        A form that was opened from a company has its address and language by itself.
        """
        field = self._fields.get(field_name)
        if not value or not field or field.compute or field_name in NO_DATA:
            return False
        if parent and value == field.convert_to_write(parent[field_name], parent):
            return False
        return value != self.default_get([field_name]).get(field_name)

    @tools.ormcache()
    def _contact_placeholders(self):
        """Return what contacts without any name are called, in every language."""
        return frozenset(
            self.with_context(lang=code).env._("Unnamed contact")
            for code, _label in self.env["res.lang"].get_installed()
        )

    def copy_data(self, default=None):
        """What stock adds to the name of a copy is added to its last part, too."""
        vals_list = super().copy_data(default)
        for partner, vals in zip(self, vals_list, strict=True):
            last = partner.contact_last_name
            if last and "name" not in (default or {}) and PARTS[1] in vals:
                vals[PARTS[1]] = last + vals["name"].removeprefix(partner.name)
        return vals_list

    def _contact_split_write(self, vals):
        """Yield ``(partners, values)``: those that end with the same names together."""
        groups = {}
        for partner in self:
            names = partner._contact_names_after(vals)
            groups.setdefault(tuple(sorted(names.items())), []).append(partner.id)
        for names, ids in groups.items():
            yield self.browse(ids), {**vals, **dict(names)}

    def _contact_names_after(self, vals):
        """Return the names that this partner gets when ``vals`` is written to it."""
        is_company = vals.get("is_company", self.is_company)
        if "company_type" in vals:
            is_company = vals["company_type"] == "company"
        if is_company or vals.get("type", self.type) != "contact":
            return {}
        parts = [vals.get(name) for name in PARTS]
        if vals.get("name"):
            known = self._contact_parts_after(vals["name"], vals)
            return _with_known_part(vals["name"], tuple(known.values()), *parts)
        if "name" not in vals and not vals.keys() & set(PARTS):
            return self._contact_follow_fallback(vals)
        if "name" in vals and not any(parts):
            # the name was cleared, and its parts with it
            return {**dict.fromkeys(PARTS, False), "name": self._contact_fallback(vals)}
        first, last = (vals.get(name, self[name]) for name in PARTS)
        name = join_name(first, last, self.lang)
        return {"name": name or self._contact_fallback(vals)}

    def _contact_parts_after(self, name, vals):
        """Return the parts of a ``name`` that is written without them."""
        after = {field: vals.get(field, self[field]) for field in NAME_FALLBACKS}
        parts = self._contact_split(name, self.lang, self._contact_fallbacks(after))
        return dict(zip(PARTS, parts, strict=True))

    def _contact_follow_fallback(self, vals):
        """Return the name of a contact without a typed one, whose email changes."""
        if self.contact_first_name or self.contact_last_name:
            return {}
        before = {name: self[name] for name in NAME_FALLBACKS}
        untyped = {*self._contact_fallbacks(before), *self._contact_placeholders()}
        if self.is_contact_person and (not self.name or self.name in untyped):
            return {"name": self._contact_fallback(vals)}
        return self._contact_parts_after(self.name, vals)

    def _contact_fallback(self, vals):
        """Return what this contact is called when no name is typed."""
        after = {field: vals.get(field, self[field]) for field in NAME_FALLBACKS}
        fallbacks = self._contact_fallbacks(after)
        return fallbacks[0] if fallbacks else self.env._("Unnamed contact")


def _with_known_part(name, parts, first=None, last=None):
    """Return the values of both parts of ``name``, of which one may be known.

    :param tuple parts: what the name falls into when nothing is known
    """
    if first and not last:
        last = _rest(name, first) or parts[1]
    elif last and not first:
        first = _rest(name, last) or parts[0]
    elif not first and not last:
        first, last = parts
    return {PARTS[0]: first, PARTS[1]: last}


def _rest(name, part):
    """Return ``name`` without ``part`` at one of its ends, ``None`` if it has none."""
    if name.startswith(part):
        return name[len(part) :].strip() or False
    return name.removesuffix(part).strip() if name.endswith(part) else None

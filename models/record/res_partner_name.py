from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.matching import join_name, split_name

# What a contact without a name is called, in this order.
NAME_FALLBACKS = ("email", "phone", "contact_mobile", "website", "function", "ref")
PARTS = ("contact_first_name", "contact_last_name")


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
        elif not first and not last:
            parts = self._contact_split(known["name"], known.get("lang"), fallbacks)
            vals.update(zip(PARTS, parts, strict=True))
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
        technical = {"type", "is_company", "company_type", "lang", "tz", "active"}
        technical |= {"user_id", "company_id", "color", "partner_share"}
        if any(value for name, value in vals.items() if name not in technical):
            return self.env._("Unnamed contact")
        raise ValidationError(
            self.env._(
                "This contact is empty. Fill in at least one field, such as the name, "
                "the email or the phone, and save again."
            )
        )

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
            return {} if any(parts) else self._contact_parts_after(vals["name"], vals)
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
        if self.is_contact_person:
            return {"name": self._contact_fallback(vals)}
        return self._contact_parts_after(self.name, vals)

    def _contact_fallback(self, vals):
        """Return what this contact is called when no name is typed."""
        after = {field: vals.get(field, self[field]) for field in NAME_FALLBACKS}
        fallbacks = self._contact_fallbacks(after)
        return fallbacks[0] if fallbacks else self.env._("Unnamed contact")

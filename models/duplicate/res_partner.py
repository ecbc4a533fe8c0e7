from odoo import api, fields, models, tools
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...tools.matching import (
    SHOW,
    WARN,
    as_text,
    compare,
    compare_by_reasons,
    join_name,
    keys,
    prepare,
    split_name,
)
from .reasons import REASON_LABELS
from .res_partner_guard import VALUE_FIELDS

# What changes a contact's match keys when it changes.
MATCH_FIELDS = frozenset(
    "name contact_first_name contact_last_name is_company type parent_id company_name"
    " email phone contact_mobile street zip city country_id function website vat"
    " contact_birthdate".split()
)
HIT_FIELDS = (
    "complete_name",
    "is_company",
    "active",
    "contact_current_id",
    "contact_state",
)
PARTS = ("contact_first_name", "contact_last_name")
COMPANY_ALIASES = ("company", "company_name", "parent_name", "employer_name")


class ResPartner(models.Model):
    """Finding contacts that may be the same person: one engine for every entrance."""

    _inherit = "res.partner"

    # Written with the contact, not after it: the look-up of the email when the next
    # contact is created would else force the first one's update.
    email_normalized = fields.Char(
        compute="_compute_email_normalized", store=True, precompute=True
    )

    # An exact email or phone is looked up here; stock has no index on either.
    _contact_email_normalized_idx = models.Index(
        "(email_normalized) WHERE email_normalized IS NOT NULL"
    )
    _contact_phone_sanitized_idx = models.Index(
        "(phone_sanitized) WHERE phone_sanitized IS NOT NULL"
    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        self.env["contact.match.key"]._mark(partners)
        return partners

    def write(self, vals):
        result = super().write(vals)
        if MATCH_FIELDS & vals.keys():
            self.env["contact.match.key"]._mark(self)
        if "name" in vals:
            # the keys of people hold the name of their company
            companies = self.filtered("is_company").sudo()
            people = companies.with_context(active_test=False).child_ids
            self.env["contact.match.key"]._mark(people)
        return result

    def _update_address(self, vals):
        """Stock hands a company's address on to its people, past :meth:`write`."""
        result = super()._update_address(vals)
        if MATCH_FIELDS & vals.keys():
            self.env["contact.match.key"]._mark(self)
        return result

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    @api.model
    def contact_find_duplicates(self, values, limit=5):
        """Return the contacts that may be the one described by ``values``.

        Archived and voided contacts count too, and contacts that the user may not
        read: of those only the fields that a rule reveals are told.

        :param dict values: field names of ``res.partner`` as a form holds them, e.g.
            ``{"name": "Anna Holm", "email": "anna@holm.example", "parent_id": 7}``;
            ``id`` leaves that contact out, ``company_name`` or ``parent_name`` gives
            the employer by name, ``country_code`` the country by its ISO code
        :param int limit: at most so many hits
        :return: list of dicts, best first: ``id``, ``score`` (0 to 100), ``reasons``
            (list of translated strings), ``display``, ``readable`` (bool), ``action``
            (``"block"``: saving is refused; ``"warn"``: most likely the same;
            ``False``: merely similar), ``status`` (translated: a former, archived or
            voided contact; ``False`` for a present one and one that is not readable).
            A rule that holds gives a score of its own, 100 if all its conditions are
            exact
        :raise AccessError: for users who are no internal users
        """
        if not (self.env.su or self.env.user._is_internal()):
            raise AccessError(self.env._("Only internal users may search duplicates."))
        typed = prepare(self._contact_match_values(values))
        scored = self._contact_score(typed, values.get("id"))
        return self._contact_hits(values, scored, max(0, limit))

    @api.model
    def _contact_match_values(self, values):
        """Return ``values`` of a form or a client as the matching engine reads them."""
        known = {name: value for name, value in values.items() if value}
        # of who is hidden it would be told whether a guess at the name is right
        parent = self.with_context(active_test=False).browse()
        if parent_id := _id(known.get("parent_id")):
            parent = parent.search_fetch([("id", "=", parent_id)], ["name"])
        names = (known.get(alias) for alias in COMPANY_ALIASES)
        return {
            **{name: value for name, value in known.items() if isinstance(value, str)},
            "name": self._contact_typed_name(known),
            "first_name": known.get("contact_first_name") or known.get("first_name"),
            "last_name": known.get("contact_last_name") or known.get("last_name"),
            "mobile": known.get("contact_mobile") or known.get("mobile"),
            "birthdate": str(known.get("contact_birthdate") or ""),
            "company": parent.name or next(filter(None, names), None),
            "country_code": self._contact_country_code(known),
            "is_company": bool(known.get("is_company")),
        }

    @api.model
    def _contact_typed_name(self, known):
        name = known.get("name")
        return name if name not in self._contact_fallbacks(known) else None

    @api.model
    def _contact_score(self, typed, left_out=None):
        """Return ``{id: Match}`` of stored contacts like ``typed``.

        Of a hidden contact no more counts than the reasons say: from the rest of the
        score who guesses would learn what else the contact has.
        """
        [stored] = self.env["contact.match.key"]._compared([typed])
        engine = self.env["contact.match.model"]._engine()
        hidden = set(self.browse(stored)._contact_hidden().ids)
        scored = {}
        for partner_id, features in stored.items():
            comparing = compare_by_reasons if partner_id in hidden else compare
            match = comparing(typed, features, engine)
            if match.score >= SHOW and partner_id != left_out:
                scored[partner_id] = match
        return scored

    @api.model
    def _contact_hits(self, values, scored, limit):
        """Return the answer of :meth:`contact_find_duplicates`, best first."""
        rules = self.env["contact.duplicate.rule"]._compiled(
            "on_write" if values.get("id") else "on_create"
        )
        if values.get("is_company") or (values.get("type") or "contact") != "contact":
            rules = ()  # they hold for contact persons
        ruled = self._contact_ruled(rules, values, sorted(scored), limit)
        readable = self.with_context(active_test=False).search(
            [("id", "in", [partner.id for partner, _rule, _score in ruled])], order="id"
        )
        found = []
        for partner, rule, score in ruled:
            match = scored.get(partner.id)
            if partner not in readable and rule and rule.exact != rule.conditions:
                # it may compare any field, letter by letter
                score = WARN
            score = max(match.score if match else 0.0, score)
            found.append((score, match, rule, partner.id))
        found.sort(key=lambda hit: (-hit[0], hit[1] is None, hit[3]))
        return [self._contact_hit(*hit, readable) for hit in found[:limit]]

    @api.model
    def _contact_ruled(self, rules, values, ids, limit):
        """Return ``[(partner, rule that holds or None, its score)]``.

        Of the partners ``ids`` and at least ``limit`` of those that only a rule finds,
        without the cards of colleagues and of the system and this person's own.
        """
        names = set().union(*(rule.field_names for rule in rules))
        typed = self._contact_rule_typed(values, names)
        left_out = values.get("id") or 0
        # Superuser: contacts that the user may not read are told of, too.
        partners = self.sudo().browse(ids)
        partners.fetch([*HIT_FIELDS, *VALUE_FIELDS, *names])
        asked = {rule: rule.normalise(typed) for rule in rules}
        for rule in rules:
            if rule.exact and asked[rule]:
                hits = self.sudo()._contact_rule_hits(
                    rule, {left_out: typed}, enough=limit
                )
                partners = partners.union(*(two for _one, two, _score in hits))
        found = []
        for partner in partners:
            shown = partner.is_contact_person or partner.is_company
            if shown and not self._contact_is_version(left_out, partner.id):
                held = partner._contact_rule_that_holds(asked, names)
                found.append((partner, *held))
        return found

    def _contact_rule_that_holds(self, asked, names):
        """Return the first rule of ``{rule: values}`` that holds, and its score."""
        if asked and self.is_contact_person:
            stored = self._contact_rule_values(names)
            for rule, normalised in asked.items():
                score = rule.score(normalised, rule.normalise(stored))
                if score is not None:
                    return rule, score
        return None, 0.0

    @api.model
    def _contact_hit(self, score, match, rule, partner_id, readable):
        """Return one hit as :meth:`contact_find_duplicates` describes it."""
        partner = self.browse(partner_id)
        reasons = [
            self.env._(REASON_LABELS[code]) for code in (match.reasons if match else ())
        ]
        likely = match and match.score >= WARN
        if rule and not likely:
            # Superuser: users need not be able to read the rules.
            name = self.env["contact.duplicate.rule"].sudo().browse(rule.id).name
            reasons.append(self.env._("Rule “%(rule)s”", rule=name))
        return {
            "id": partner_id,
            "score": round(score, 1),
            "reasons": reasons,
            "display": self._contact_hit_display(partner, partner in readable),
            "readable": partner in readable,
            "action": rule.action if rule else "warn" if likely else False,
            "status": partner in readable and partner._contact_hit_status(),
        }

    def _contact_hit_status(self):
        """Return what tells this hit from a present contact, such as a former job."""
        if self.contact_state == "obsolete":
            return self.env._("Voided contact")
        if self.contact_current_id:
            return self.env._("Former contact")
        return False if self.active else self.env._("Archived contact")

    @api.model
    def _contact_hit_display(self, partner, readable):
        if readable:
            return partner.complete_name
        # Superuser: a rule names the fields that may be told of a hidden contact.
        rules = self.env["contact.duplicate.rule"].sudo().search([])
        names = rules.revealed_field_ids.mapped("name")
        shown = [partner.sudo()[n] for n in names if isinstance(partner.sudo()[n], str)]
        return ", ".join(shown) or self.env._("A contact that you may not see")

    @api.model
    def _contact_rule_typed(self, values, names):
        """Return typed ``values`` as :meth:`_contact_rule_values` gives stored ones."""
        known = {name: value for name, value in values.items() if value}
        name = self._contact_typed_name(known)
        parts = known.get("contact_first_name"), known.get("contact_last_name")
        if any(parts):
            name = name or join_name(*parts)
        elif name:
            parts = split_name(as_text(name))
        known.update(zip(PARTS, parts, strict=True), name=name)
        known.setdefault("email_normalized", known.get("email"))
        known.setdefault("phone_sanitized", known.get("phone"))
        typed = {
            name: self._contact_typed_value(name, known.get(name)) for name in names
        }
        return {**typed, "country_code": self._contact_country_code(values)}

    def _contact_typed_value(self, name, value):
        """Return what a form or a client gives for a field as the ORM would read it."""
        field = self._fields[name]
        if field.type == "many2one":
            value = _id(value)
        elif field.type in ("char", "text", "selection"):
            return as_text(value)
        try:
            value = field.convert_to_cache(value, self, validate=False)
        except (TypeError, ValueError):
            return None
        # what no column can hold is no one's value
        return None if isinstance(value, int) and abs(value) >= 2**31 else value

    def _contact_own_country_code(self):
        """Return the country of the user's company, read once a transaction.

        In SQL, since Odoo computes it from the whole card of the company.
        """
        known = self.env.cr.cache.setdefault("contact_person.own_country", {})
        company_id = self.env.company.id
        if company_id not in known:
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT res_country.code FROM res_company
                      JOIN res_partner ON res_partner.id = res_company.partner_id
                      JOIN res_country ON res_country.id = res_partner.country_id
                     WHERE res_company.id = %s
                    """,
                    company_id,
                )
            )
            known[company_id] = rows[0][0] if rows else None
        return known[company_id]

    @api.model
    def _contact_country_code(self, values):
        """Return the country by which a phone without a country code is read."""
        code = self._contact_country_codes().get(_id(values.get("country_id")))
        return values.get("country_code") or code or self._contact_own_country_code()

    @tools.ormcache()
    def _contact_country_codes(self):
        countries = self.env["res.country"].sudo().search_fetch([], ["code"])
        return {country.id: country.code for country in countries}

    def _contact_features(self):
        """Return ``{id: Features}`` of these contacts."""
        return self.env["contact.match.key"]._features(self.ids)

    def _contact_keys(self):
        """Return ``{id: match keys}`` of these contacts."""
        features = self._contact_features()
        return {partner_id: keys(found) for partner_id, found in features.items()}


def _id(value):
    """Return the id of a many2one as a form, RPC or the ORM writes it."""
    if isinstance(value, models.BaseModel):
        return value.id
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    return value if isinstance(value, int) else None

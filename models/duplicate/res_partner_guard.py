from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...exceptions import DuplicateContactError
from ...tools.matching import hash_key
from .candidates import candidates_sql, column_of

SHOWN = 3
# Candidates looked at in one go; the first such go finds nearly every duplicate.
CHUNK = 1_000
# What ``_contact_rule_values`` reads beside the fields of the rule.
VALUE_FIELDS = (
    "is_contact_person",
    "contact_first_name",
    "contact_last_name",
    "contact_current_id",
    "country_id",
)
# Values that no client can put into its context, to be handed on in ours.
IMPORTING = object()
LATER = object()
MERGING = object()


class ResPartner(models.Model):
    """Refusing a duplicate at the ORM, so that no entrance goes round a rule.

    What runs as superuser (portal, web shop, mail gateway, demo data) is never
    refused: there is nobody who could correct the entry.
    """

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        if not all("contact_current_id" in vals for vals in vals_list):
            self._contact_check_current([self.default_get(["contact_current_id"])])
        self._contact_check_current(vals_list)
        partners = super().create(vals_list)
        if not self.env.su and self.env.context.get("contact_duplicates") is not LATER:
            # all that is pending at once, or the check has it written in two goes
            partners._recompute_recordset()
            partners._contact_check_duplicates("on_create")
        return partners

    def write(self, vals):
        self._contact_check_current([vals])
        changed = set(vals)  # stock takes names out of it
        result = super().write(vals)
        merging = self.env.context.get("contact_duplicates") is MERGING
        if not (self.env.su or merging):
            self._contact_check_duplicates("on_write", changed)
        return result

    def _contact_check_current(self, vals_list):
        """Refuse a link to a present version, which shows the consents of a person.

        A job change sets it as superuser, and a merge keeps it.
        """
        merging = self.env.context.get("contact_duplicates") is MERGING
        asked = any(vals.get("contact_current_id") for vals in vals_list)
        if asked and not (self.env.su or merging):
            raise AccessError(
                self.env._(
                    "The present contact of a person is set by a job change only. "
                    "Open the contact and choose “Change job”."
                )
            )

    @api.model
    def load(self, fields, data):
        return super(ResPartner, self._contact_importing()).load(fields, data)

    def _contact_importing(self):
        """Return these records under the duplicate rules that hold when importing."""
        return self.with_context(contact_importing=IMPORTING)

    def copy_data(self, default=None):
        """A copy is another person: it does not take what identifies the first."""
        vals_list = super().copy_data(default)
        for partner, vals in zip(self, vals_list, strict=True):
            if partner.is_contact_person and not self.env.su:
                for name in ("email", "phone", "contact_mobile"):
                    if name not in (default or {}):
                        vals.pop(name, None)
        return vals_list

    # ------------------------------------------------------------
    # CHECK
    # ------------------------------------------------------------

    def _contact_check_duplicates(self, moment, changed=None):
        """Refuse contacts for which a blocking rule knows another one.

        :param str moment: ``on_create`` or ``on_write``, a field of the rule
        :param set changed: names of the fields just written; others can't make a
            duplicate
        :raise DuplicateContactError: names up to three of those found
        """
        if self.env.context.get("contact_importing") is IMPORTING:
            moment = "on_import"
        for rule in self.env["contact.duplicate.rule"]._compiled(moment):
            touched = changed is None or rule.watched & changed
            if rule.action == "block" and touched:
                # Superuser: every user's contacts are held against every rule.
                persons = self.sudo().filtered("is_contact_person")
                asked = {
                    person.id: person._contact_rule_values(rule.field_names)
                    for person in persons
                }
                if found := persons._contact_rule_hits(rule, asked, lock=True):
                    self._contact_refuse(rule, found)

    def _contact_check_version(self):
        """A new version is made as superuser, but at the wish of the user."""
        self._contact_check_duplicates("on_create")
        return super()._contact_check_version()

    @api.model
    def _contact_followed(self, field_name):
        """Return the fields whose change this one follows without being computed."""
        if field_name in ("phone", "contact_mobile", "phone_sanitized"):
            return ("country_id",)
        if field_name in ("name", "contact_first_name", "contact_last_name"):
            return ("name", "contact_first_name", "contact_last_name")
        if field_name == "is_company":
            return ("company_type",)
        if field_name in (*self._address_fields(), *self._commercial_fields()):
            return ("parent_id",)
        return ()

    def _contact_rule_values(self, names):
        """Return the values of one contact that duplicate rules compare."""
        self.ensure_one()
        code = self._contact_country_code({"country_id": self.country_id.id})
        values = {**{name: self[name] for name in names}, "country_code": code}
        if not (self.contact_first_name or self.contact_last_name):
            # no name was typed: what stands there repeats the email or so
            values.update(dict.fromkeys({"name", "complete_name"} & values.keys()))
        return values

    def _contact_rule_hits(self, rule, asked, lock=False, enough=1):
        """Return ``[(one, contact that it repeats, score)]`` by this rule.

        Versions of one person do not repeat each other. Called as superuser.

        :param dict asked: ``{one: values}``, where one is an id or 0 for a new contact
        :param bool lock: two users who save the same person at once must not both pass
        :param int enough: the search ends when so many are found; a few more may come
        """
        ones = {one: rule.normalise(values) for one, values in asked.items()}
        hits = []
        for candidates in self._contact_rule_candidates(rule, asked, ones, lock):
            stored = self._contact_rule_stored(rule, {two for _, two in candidates})
            for group, two in candidates:
                for one in group:
                    score = rule.score(ones[one], stored.get(two))
                    if score is not None and not self._contact_is_version(one, two):
                        hits.append((one, self.browse(two), score))
            if len(hits) >= enough:
                break
        return hits

    def _contact_rule_stored(self, rule, ids):
        """Return ``{id: normalised values}`` of those that are contact persons."""
        partners = self.browse(ids)
        partners.fetch([*VALUE_FIELDS, *rule.field_names])
        return {
            partner.id: rule.normalise(partner._contact_rule_values(rule.field_names))
            for partner in partners
            if partner.is_contact_person
        }

    @api.model
    def _contact_is_version(self, one, two):
        """Whether two ids are records of one person; 0 is a person not yet saved."""
        one, two = self.browse(one), self.browse(two)
        return bool(one.id) and one._contact_present() == two._contact_present()

    # ------------------------------------------------------------
    # CANDIDATES
    # ------------------------------------------------------------

    def _contact_rule_candidates(self, rule, asked, ones, lock):
        """Yield lists of ``(ids asked, id of another)`` worth a closer look.

        Those asked who have the same exact values are asked for once.
        """
        if not rule.exact:
            yield self._contact_alike(lock)
            return
        groups = {}
        for one, normalised in ones.items():
            if normalised:
                groups.setdefault(rule.telling(normalised), []).append(one)
        if not groups:
            return
        match_key = self.env["contact.match.key"]
        if rule.keyed:
            match_key._renew()
        self.flush_model([column_of(condition) for condition in rule.exact])
        places = list(groups.values())
        query = candidates_sql(
            rule,
            [(telling, asked[group[0]]) for telling, group in groups.items()],
            self._fields,
        )
        first = SQL("%s LIMIT %s", query, CHUNK)
        if lock:
            locks = [hash_key(str(rule.id), repr(telling)) for telling in groups]
            rows = match_key._locked_query(locks, first)
        else:
            rows = self.env.execute_query(first)
        yield _others(places, rows)
        if len(rows) == CHUNK:
            for rows in self._contact_all_rows(query):
                yield _others(places, rows)

    def _contact_all_rows(self, query):
        """Yield the rows of ``query`` in lists; there may be millions of them."""
        with self.env.cr._cnx.cursor(name="contact_rule_candidates") as reader:
            reader.execute(query.code, query.params)
            while rows := reader.fetchmany(CHUNK):
                yield rows

    def _contact_alike(self, lock):
        """Return ``[([id of self], id of another)]`` that share match keys.

        A rule that compares nothing exactly has no value to be looked up or locked.
        """
        match_key = self.env["contact.match.key"]
        keys = self._contact_keys()
        if lock:
            match_key._locked_query(
                [key for found in keys.values() for key in found], SQL("SELECT 1")
            )
        found = match_key._candidates(list(keys.values()))
        return [
            ([one], two)
            for one, others in zip(keys, found, strict=True)
            for two in others
            if one != two
        ]

    # ------------------------------------------------------------
    # REFUSAL
    # ------------------------------------------------------------

    def _contact_refuse(self, rule, hits):
        """Raise, naming the hits; of a contact that is hidden only what is revealed."""
        first = hits[0][0]
        found = self.browse([two.id for one, two, _score in hits if one == first])
        found = found[:SHOWN]
        readable = found.sudo(False)._filtered_access("read")
        shown = [
            self.sudo(False)._contact_hit_display(partner, partner in readable)
            for partner in found.sudo(False)
        ]
        error = DuplicateContactError(
            self.env._(
                "%(name)s already exists: %(found)s (rule “%(rule)s”). Open that "
                "contact and complete it, or change what is the same and save again.",
                name=self.sudo().browse(first).name,
                found="; ".join(shown),
                rule=self.env["contact.duplicate.rule"].sudo().browse(rule.id).name,
            )
        )
        error.all_hidden = not readable
        raise error


def _others(groups, rows):
    """Return ``[(ids asked, id of another)]`` for ``(place in groups, id)``."""
    found = [(groups[place], two) for place, two in rows]
    return [(group, two) for group, two in found if group != [two]]

from odoo import api, models
from odoo.tools import SQL

from ...exceptions import DuplicateContactError
from ...tools.matching import hash_key

SHOWN = 3
# A value that no client can put into its context, to be handed on in ours.
IMPORTING = object()


class ResPartner(models.Model):
    """Refusing a duplicate at the ORM, so that no entrance goes round a rule.

    What runs as superuser (portal, web shop, mail gateway, demo data) is never
    refused: there is nobody who could correct the entry.
    """

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if not self.env.su:
            partners._contact_check_duplicates("on_create")
        return partners

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su:
            self._contact_check_duplicates("on_write", vals.keys())
        return result

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

    def _contact_check_duplicates(self, moment, changed=None):
        """Refuse contacts for which a blocking rule knows another one.

        :param str moment: ``on_create`` or ``on_write``, a field of the rule
        :param changed: names of the fields just written; others can't make a duplicate
        :raise DuplicateContactError: names up to three of those found
        """
        if self.env.context.get("contact_importing") is IMPORTING:
            moment = "on_import"
        for rule in self.env["contact.duplicate.rule"]._compiled(moment):
            touched = changed is None or rule.field_names & set(changed)
            if rule.action == "block" and touched:
                # Superuser: every user's contacts are held against every rule.
                persons = self.sudo().filtered("is_contact_person")
                if found := persons._contact_rule_pairs(rule):
                    self._contact_refuse(rule, found)

    def _contact_rule_keys(self, rule):
        """Return ``{id: normalised values}`` of the rule's exact conditions."""
        found = {}
        for partner in self:
            values = partner._contact_rule_values(rule.field_names)
            code = values["country_code"]
            key = tuple(c.normalise(values[c.field_name], code) for c in rule.exact)
            if None not in key:
                found[partner.id] = key
        return found

    def _contact_rule_pairs(self, rule):
        """Return ``[(contact of self, the one it repeats)]`` by this rule."""
        pairs = []
        for one_id, two_id in self._contact_rule_candidates(rule):
            one, two = self.browse(one_id), self.browse(two_id)
            values = one._contact_rule_values(rule.field_names)
            if two.is_contact_person and rule.holds(
                values, two._contact_rule_values(rule.field_names)
            ):
                pairs.append((one, two))
        return pairs

    def _contact_rule_candidates(self, rule):
        """Return ``[(id of self, id of another)]`` worth a closer look.

        Two users who save the same person at once must not both pass, so the values
        asked for are locked.
        """
        rule_keys = self._contact_rule_keys(rule)
        if not rule_keys:
            return []
        asked = self.browse(rule_keys)
        match_key = self.env["contact.match.key"]
        locks = [hash_key(str(rule.id), repr(key)) for key in rule_keys.values()]
        told = [condition for condition in rule.exact if condition.column]
        if not told:
            match_key._locked_query(locks, SQL("SELECT 1"))
            keys = asked._contact_keys()
            found = match_key._candidates(list(keys.values()))
            return [
                (one, two)
                for one, others in zip(keys, found, strict=True)
                for two in others
                if one != two
            ]
        self.env["res.partner"].flush_model([condition.column for condition in told])
        query = SQL(
            """
            SELECT one.id, two.id
              FROM res_partner AS one
              JOIN res_partner AS two ON %s AND two.id != one.id
             WHERE one.id = ANY(%s)
             LIMIT 1000
            """,
            SQL(" AND ").join(condition.same_sql(self._fields) for condition in told),
            asked.ids,
        )
        return match_key._locked_query(locks, query)

    def _contact_refuse(self, rule, pairs):
        """Raise, naming the hits; of a contact that is hidden only what is revealed."""
        one, _two = pairs[0]
        found = self.browse([two.id for first, two in pairs if first == one][:SHOWN])
        readable = found.sudo(False)._filtered_access("read")
        shown = [
            self.sudo(False)._contact_hit_display(partner, partner in readable)
            for partner in found.sudo(False)
        ]
        raise DuplicateContactError(
            self.env._(
                "%(name)s already exists: %(found)s (rule “%(rule)s”). Open that "
                "contact and complete it, or change what is the same and save again.",
                name=one.name,
                found="; ".join(shown),
                rule=self.env["contact.duplicate.rule"].sudo().browse(rule.id).name,
            )
        )

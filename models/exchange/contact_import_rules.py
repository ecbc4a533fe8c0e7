from odoo import models
from odoo.exceptions import UserError

from .contact_import_links import Links
from .contact_import_plan import WRITTEN


class ContactImportRules(models.Model):
    """Telling at the check what a duplicate rule would refuse when rows are written."""

    _inherit = "contact.import"

    def _refuse(self, rows):
        """Reject planned rows that a blocking rule would refuse.

        Where the user wants to decide, a new contact is set aside instead.

        Each is held against the contacts and the earlier rows that have the most match
        keys in common with it.

        :param list rows: in the order of the file, planned by ``_plan``
        """
        rules = self._blocking_rules()
        written = [row for row in rows if row["fate"] in WRITTEN]
        if not rules or not written:
            return
        links = self._rule_links(rules, written)
        stored = self._stored_keys(rules, written)
        for row in written:
            try:
                reason = self._refusal(rules, row, stored, links)
            except UserError as error:
                # not a matter of rules, yet it would stop the row as well
                reason = str(error)
            if reason:
                aside = self.on_duplicate == "review" and row["fate"] == "created"
                fate = "review" if aside else "rejected"
                row.update(fate=fate, reason=reason, contact_id=None)

    def _blocking_rules(self):
        """Return the rules that refuse rows; those that compare likeness do it later.

        What runs as superuser is never refused, see ``res_partner_guard.py``.
        """
        rules = self.env["contact.duplicate.rule"]._compiled("on_import")
        return [
            rule
            for rule in (() if self.env.su else rules)
            if rule.action == "block" and all(c.exact for c in rule.conditions)
        ]

    def _refusal(self, rules, row, stored, links):
        """Return why a rule refuses ``row``, ``None`` if none does."""
        contact_id = row["contact_id"]
        contacts = row["others"].keys() - {contact_id}
        earlier = [
            other
            for other in row["earlier"]
            if other["fate"] in WRITTEN
            and not (contact_id and contact_id == other["contact_id"])
        ]
        for rule in rules:
            key = self._keys_after(rules, row, links).get(rule.id)
            if key is None or not _touched(rule, row):
                continue
            for partner_id in contacts:
                if stored[partner_id].get(rule.id) == key:
                    return self._refused_by(rule, self._shown(partner_id))
            for other in earlier:
                if self._keys_after(rules, other, links).get(rule.id) == key:
                    line = self.env._("line %s of the file", other["record"].line)
                    return self._refused_by(rule, line)
        return None

    def _refused_by(self, rule, found):
        return self.env._(
            "The rule “%(rule)s” refuses it beside %(found)s. Change what is the same, "
            "or leave the row out.",
            # Superuser: users need not be able to read the rules
            rule=self.env["contact.duplicate.rule"].sudo().browse(rule.id).name,
            found=found,
        )

    def _shown(self, partner_id):
        """Return what may be told of a contact, be it hidden from the user."""
        partner = self.env["res.partner"].browse(partner_id)
        readable = bool(partner._filtered_access("read"))
        return partner._contact_hit_display(partner, readable)

    # ------------------------------------------------------------
    # WHAT THE RULES COMPARE
    # ------------------------------------------------------------

    def _rule_links(self, rules, rows):
        """Return the companies of rows, where a rule compares the company."""
        if any("parent_id" in rule.field_names for rule in rules):
            return self._links([row["values"] for row in rows])
        return Links({}, {})

    def _stored_keys(self, rules, rows):
        """Return ``{id: {rule id: key}}`` of the contacts that rows are like."""
        names = frozenset().union(*(rule.field_names for rule in rules))
        ids = set().union(*(row["others"] for row in rows))
        # Superuser: every user's contacts are held against every rule
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        found = partners.search_fetch(
            [("id", "in", list(ids))], [*names, "country_id"], order="id"
        )
        return {partner.id: _keys(rules, partner) for partner in found}

    def _keys_after(self, rules, row, links):
        """Return ``{rule id: key}`` of the contact that ``row`` is written to.

        ``{}`` where that is not known any more: an earlier batch has planned it, and
        it only updates a contact.

        :raise UserError: the row has too little for a contact
        """
        if "rule_keys" not in row:
            after = self._contact_after(row, links)
            row["rule_keys"] = _keys(rules, after) if after else {}
        return row["rule_keys"]

    def _contact_after(self, row, links):
        """Return a record in memory, as the contact will be when ``row`` is written."""
        # Superuser: as in ``_stored_keys``
        partners = self.env["res.partner"].sudo()
        if row["fate"] == "created":
            vals = self._linked(self._new_values(row["values"]), links)
            return partners.new(partners._contact_complete_name(vals))
        if "changes" not in row:
            return None
        contact = partners.browse(row["contact_id"])
        return partners.new(self._linked(row["changes"], links), origin=contact)


def _touched(rule, row):
    """Whether a row writes what a rule compares."""
    changes = row["changes"] if row["fate"] == "updated" else rule.field_names
    return not rule.field_names.isdisjoint(changes)


def _keys(rules, partner):
    """Return ``{rule id: normalised values}`` of the rules that can hold for one."""
    names = frozenset().union(*(rule.field_names for rule in rules))
    values = partner._contact_rule_values(names)
    code = values["country_code"]
    found = {}
    for rule in rules:
        key = tuple(c.normalise(values[c.field_name], code) for c in rule.conditions)
        if None not in key:
            found[rule.id] = key
    return found

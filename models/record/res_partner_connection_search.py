from odoo import api, fields, models
from odoo.fields import Domain

# Who gets more hits than this should type more; counting them all would be slow.
CAP = 1_000
PAGE = 200
ENDS = {"res.partner": "partner_id", "crm.lead": "lead_id"}
# Columns with a trigram index, so that a million records are not read one by one.
SEARCHED = {
    "res.partner": ("complete_name", "email", "ref"),
    "crm.lead": ("name", "email_from", "partner_name", "contact_name"),
}
SHOWN = {
    "res.partner": "name parent_id ref email city country_id is_company".split(),
    "crm.lead": "name type stage_id partner_id partner_name".split(),
}


class ResPartner(models.Model):
    """Finding the customers and leads that a contact is or may be connected with."""

    _inherit = "res.partner"

    def contact_search_connections(
        self, query, limit=20, offset=0, kinds=("partners", "leads")
    ):
        """Return the customers and leads that this contact may be connected with.

        Customers are companies and private persons. On an empty recordset (a contact
        not yet saved) nothing counts as connected.

        :param str query: words that name, email or reference contain, all of them
        :return: ``{"partners": {"total": n, "capped": bool, "records": [...]},
            "leads": {...}}``, each only if in ``kinds``. The total stops at 1,000,
            then ``capped`` is true. A record has ``id``, ``name``, ``subtitle``,
            ``main`` (the contact's employer, or the customer of the lead), and
            ``relation_id``, ``type_id``, ``role``, ``editable`` of what connects it
            today, else false.
        """
        if self:
            self.ensure_one()
            self.check_access("read")
        paging = max(1, min(int(limit), PAGE)), max(0, int(offset))
        words = (query or "").split()
        found = {}
        for kind, model in (("partners", "res.partner"), ("leads", "crm.lead")):
            if kind in kinds:
                found[kind] = self._contact_search_ends(model, words, *paging)
        return found

    def _contact_search_ends(self, model, words, limit, offset):
        ends = self.env[model]
        if not words or not ends.has_access("read"):
            return {"total": 0, "capped": False, "records": []}
        ids = self._contact_find_ends(ends, words)
        page = self._contact_rank_ends(ends.browse(ids[:CAP]), " ".join(words))
        page = page[offset : offset + limit]
        page.fetch(SHOWN[model])
        return {
            "total": min(len(ids), CAP),
            "capped": len(ids) > CAP,
            "records": self._contact_end_lines(page),
        }

    def _contact_find_ends(self, ends, words):
        """Return the ids of hits, one more than the cap at most.

        In no order: a sort would make the database read every hit of a common word.
        Those that begin with the words are never among those left out.
        """
        domain = self._contact_end_candidates(ends)
        for word in words:
            domain &= _has_word(SEARCHED[ends._name], word)
        ids = ends._search(domain, limit=CAP + 1).get_result_ids()
        if len(ids) > CAP:
            start = Domain(SEARCHED[ends._name][0], "=ilike", " ".join(words) + "%")
            first = ends._search(domain & start, limit=CAP + 1).get_result_ids()
            ids = tuple(dict.fromkeys((*first, *ids)))
        return ids

    def _contact_end_candidates(self, ends):
        if ends._name != self._name:
            return Domain.TRUE
        private = Domain("is_contact_person", "=", True) & Domain(
            "parent_id", "=", False
        )
        domain = Domain("is_company", "=", True) | private
        if self:
            domain &= Domain("id", "not in", self._contact_versions().ids)
        return domain

    def _contact_rank_ends(self, ends, text):
        """Return the hits by name, those that begin with the text first."""
        name = SEARCHED[ends._name][0]
        ends.fetch([name])
        text = text.casefold()

        def rank(end):
            label = (end[name] or "").casefold()
            return not label.startswith(text), label, end.id

        return ends.sorted(rank)

    def _contact_end_lines(self, ends):
        connected = self._contact_connected(ends)
        subtitles = self._contact_subtitles(ends)
        nothing = dict.fromkeys(("relation_id", "type_id", "role", "editable"), False)
        return [
            {
                "id": end.id,
                "name": end.name or end.display_name,
                "subtitle": subtitles[end],
                "main": self._contact_is_main_end(end),
                **connected.get(end.id, nothing),
            }
            for end in ends
        ]

    def _contact_connected(self, ends):
        """Return what connects this contact with each of these today, by their id."""
        # Superuser: the user may read both ends, which is what the rule asks.
        relations = self.env["contact.relation"].sudo()
        if not self:
            return {}
        name, today = ENDS[ends._name], fields.Date.context_today(self)
        domain = Domain("contact_id", "=", self.id) & Domain(name, "in", ends.ids)
        found = relations.search(domain & relations._domain_at(today))
        lines = {}
        for relation, line in zip(found, found._lines(), strict=True):
            lines.setdefault(relation[name].id, line)
        return lines

    def _contact_is_main_end(self, end):
        if end._name == self._name:
            return bool(self.parent_id) and end == self.parent_id
        return bool(self) and end.partner_id == self

    @api.model
    def _contact_subtitles(self, ends):
        """Return ``{record: what tells it from others of the same name}``."""
        if ends._name == "crm.lead":
            customers = ends.partner_id._filtered_access("read")
            types = dict(ends._fields["type"]._description_selection(self.env))
            parts = {
                lead: (
                    types.get(lead.type),
                    lead.stage_id.name if lead.type == "opportunity" else False,
                    (lead.partner_id & customers).display_name or lead.partner_name,
                )
                for lead in ends
            }
        else:
            parts = {
                end: (end.city, end.country_id.name, end.email, end.ref) for end in ends
            }
        return {end: " · ".join(filter(None, values)) for end, values in parts.items()}


def _has_word(names, word):
    """Return the domain of records with ``word`` in one of the fields.

    Up to two letters give no trigram to look up, unless they begin a word; a Chinese
    name, though, may be two letters long and has no spaces.
    """
    if len(word) > 2 or any(letter >= "\u2e80" for letter in word):
        return Domain.OR(Domain(name, "ilike", word) for name in names)
    starts = (f"{word}%", f"% {word}%")
    return Domain.OR(Domain(n, "=ilike", start) for n in names for start in starts)

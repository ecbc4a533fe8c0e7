from itertools import chain, zip_longest
from typing import NamedTuple

from odoo import models
from odoo.tools import format_date

# The kinds of links, in the order in which they find room in a picture.
GROUPS = ("employer", "person", "account", "lead", "people", "former")
# So many of each kind come before the rest, so that 300 leads don't hide a spouse.
SHARE = 10
# A larger picture can't be read by anyone, nor drawn by a browser in good time.
MOST = 300
PREFIXES = {"res.partner": "p", "crm.lead": "l", "contact.employment": "e"}


class Link(NamedTuple):
    """What leads from the record in the middle of a map to another record.

    Plain ids, for a company may have ten thousands of them.
    """

    model: str  # a key of PREFIXES; an employment stands for a typed employer
    res_id: int
    group: str  # one of GROUPS, not "former"
    label: str  # as read from the middle
    former: bool = False
    rank: int = 0  # the lower, the sooner it finds room
    source: tuple = ()  # model and id of what tells role and dates

    @property
    def key(self):
        return self.model, self.res_id

    @property
    def turn(self):
        """The place of its kind among those that want room, then its own."""
        return GROUPS.index("former" if self.former else self.group), self.rank


class ContactMap(models.AbstractModel):
    """The relation map of a record: what it is linked to, as nodes and edges.

    A model says what its records are linked to and how they look
    (``_contact_map_links``, ``_contact_map_nodes``); who finds room is settled here.
    """

    _name = "contact.map"
    _description = "Relation Map"

    def contact_map(self, limit=60):
        """Return what this record is linked to, for a picture.

        Only what the user may read is drawn, named or counted. The number of queries
        does not depend on the number of links.

        :param int limit: how many nodes find room in the picture, the middle included
        :return: dict with

            - ``nodes``: ``id`` (``p`` or ``l`` and the id of the partner or lead, ``e``
              and the id of an employment whose employer was only typed in), ``kind``
              (``person``, ``company``, ``lead`` or ``former``), ``is_company``,
              ``label``, ``subtitle``, ``model`` and ``res_id`` (both false for a typed
              employer), ``image`` (address of the photo, or false), ``center``
            - ``edges``: ``source``, ``target``, ``label`` (read from source to target),
              ``detail`` (role and dates), ``former``
            - ``hidden``: how many nodes found no room; ``hidden_by_model``: the same
              by model
        :raise AccessError: the user may not read this record
        """
        self.ensure_one()
        center = self._contact_map_center()
        by_key = center._contact_map_by_key()
        room = max(min(limit, MOST) - 1, 0)
        shown = {key: by_key[key] for key in _in_turn(by_key)[:room]}
        left_out = [model for model, _id in by_key.keys() - shown.keys()]
        return {
            "nodes": center._contact_map_draw(shown),
            "edges": center._contact_map_edges(shown),
            "hidden": len(left_out),
            "hidden_by_model": {
                model: left_out.count(model) for model in sorted(set(left_out))
            },
        }

    def contact_map_list(self, model):
        """Return the action that lists all this record is linked to.

        :param str model: ``res.partner`` or ``crm.lead``
        """
        self.ensure_one()
        center = self._contact_map_center()
        ids = [res_id for name, res_id in center._contact_map_by_key() if name == model]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Linked to %s", center.display_name),
            "res_model": model,
            "views": [(self._contact_map_list_view(model), "list"), (False, "form")],
            "domain": [("id", "in", sorted(ids))],
            "context": {"active_test": False, "create": False},
        }

    def _contact_map_list_view(self, model):
        return (
            self.env.ref("contact_person.res_partner_view_list").id
            if model == "res.partner"
            else False
        )

    # ------------------------------------------------------------
    # WHAT A MODEL SAYS
    # ------------------------------------------------------------

    def _contact_map_center(self):
        """Return the record that stands for this one in a map."""
        return self

    def _contact_map_links(self):
        """Override me: return the links of this record, as a list of ``Link``."""
        return []

    def _contact_map_nodes(self):
        """Override me: return the nodes of these records, in their order."""
        return []

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    def _contact_map_by_key(self):
        """Return ``{(model, id): [Link]}`` of all this record is linked to."""
        self.check_access("read")
        links = self.env["res.partner"]._contact_map_present(self._contact_map_links())
        by_key = {}
        for link in links:
            by_key.setdefault(link.key, []).append(link)
        by_key.pop((self._name, self.id), None)
        return by_key

    def _contact_map_draw(self, shown):
        """Return the nodes of the middle and of ``shown``, the middle first."""
        found = {(self._name, self.id): {**self._contact_map_nodes()[0]}}
        for model in PREFIXES:
            ids = [res_id for name, res_id in shown if name == model]
            nodes = self.env[model].browse(ids)._contact_map_nodes()
            found.update(zip(((model, res_id) for res_id in ids), nodes, strict=True))
        for key, node in found.items():
            links = shown.get(key, ())
            node.update(id=_node_id(key), center=not links)
            if links and all(link.former for link in links) and key[0] != "crm.lead":
                node["kind"] = "former"
        return list(found.values())

    def _contact_map_edges(self, shown):
        """Return the edges from the middle to ``shown``; the same word only once."""
        details = self._contact_map_details(chain.from_iterable(shown.values()))
        edges = {}
        for link in chain.from_iterable(shown.values()):
            edge = edges.setdefault(
                (link.key, link.label, link.former),
                {
                    "source": _node_id((self._name, self.id)),
                    "target": _node_id(link.key),
                    "label": link.label,
                    "former": link.former,
                    "detail": "",
                },
            )
            edge["detail"] = edge["detail"] or details.get(link.source, "")
        return list(edges.values())

    def _contact_map_details(self, links):
        """Return ``{source: text}``: the role, and from when until when."""
        ids = {}
        for link in links:
            if link.source:
                ids.setdefault(link.source[0], []).append(link.source[1])
        details = {}
        for model, role in (
            ("contact.relation", "role"),
            ("contact.employment", "function"),
        ):
            for record in self.env[model].browse(ids.get(model, ())):
                texts = filter(None, (record[role], self._contact_map_dates(record)))
                details[model, record.id] = " · ".join(texts)
        return details

    def _contact_map_dates(self, record):
        start, end = (
            format_date(self.env, record[name]) for name in ("date_start", "date_end")
        )
        if start and end:
            return f"{start} – {end}"
        if start:
            return self.env._("since %s", start)
        return self.env._("until %s", end) if end else ""

    def _contact_map_rows(self, model, domain, names):
        """Return the values of stored fields of the records the user may read.

        Rows instead of records, for there may be ten thousands of them.

        :return: list of tuples: the id, then the values in the order of ``names``
        """
        records = self.env[model]
        if not records.has_access("read"):
            return []
        query = records._search(domain)
        columns = (
            records._field_to_sql(query.table, name, query) for name in ("id", *names)
        )
        return self.env.execute_query(query.select(*columns))


def _node_id(key):
    model, res_id = key
    return f"{PREFIXES[model]}{res_id}"


def _in_turn(by_key):
    """Return the keys in the order in which they find room in the picture."""
    groups = [[] for _group in GROUPS]
    for key, links in by_key.items():
        group, rank = min(link.turn for link in links)
        groups[group].append((rank, -key[1], key))  # the newest first
    ordered = [[key for *_rank, key in sorted(group)] for group in groups]
    first = zip_longest(*(keys[:SHARE] for keys in ordered))
    rest = (keys[SHARE:] for keys in ordered)
    return [*filter(None, chain.from_iterable(first)), *chain.from_iterable(rest)]

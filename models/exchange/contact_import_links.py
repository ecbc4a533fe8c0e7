import contextlib
import dataclasses

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

from ...tools.matching import keys, normalise_name, prepare
from ..field.field_types import PREFIX

# Looked at a company name: those with the most telling keys in common.
CANDIDATES = 10


@dataclasses.dataclass
class Links:
    """What the rows of a batch point to, as far as it is there.

    :param dict companies: ``company_key`` → id
    :param dict tags: ``tag_key`` → id
    """

    companies: dict
    tags: dict


def company_key(name):
    """Return what companies are told apart by, ``""`` for no name."""
    return normalise_name(name or "")


def tag_key(name):
    """Return what tags are told apart by."""
    return name.strip().casefold()


class ContactImportLinks(models.Model):
    """The companies and tags of rows: each found, or made once when it is needed."""

    _inherit = "contact.import"

    def _links(self, values_list):
        """Return the ``Links`` of rows to what is there; nothing is made."""
        names = {}
        for values in values_list:
            if key := company_key(values.get("company")):
                names.setdefault(key, values["company"])
        return Links(self._known_companies(names), self._known_tags(values_list))

    def _known_companies(self, names):
        """Return ``{company_key: id}`` of companies.

        :param dict names: ``company_key`` → name as it is in the file
        """
        match_key = self.env["contact.match.key"]
        asked = [
            keys(prepare({"name": name, "is_company": True})) for name in names.values()
        ]
        found = match_key._candidates(asked, CANDIDATES)
        ids = {partner_id for partner_ids in found for partner_id in partner_ids}
        # The rules of the user decide which companies he may link to.
        companies = self.env["res.partner"].search(
            [("id", "in", list(ids)), ("is_company", "=", True)], order="id desc"
        )
        return {
            key: company.id
            for company in companies
            if (key := company_key(company.name)) in names
        }

    def _known_tags(self, values_list):
        """Return ``{tag_key: id}`` of the tags that rows name."""
        names = {name for values in values_list for name in values.get("tags", ())}
        # Superuser: a tag named in a file is no configuration of the database.
        tags = self.env["res.partner.category"].sudo()
        domain = Domain.OR(Domain("name", "=ilike", escape_psql(n)) for n in names)
        found = tags.search_fetch(domain, ["name"], order="id desc")
        return {tag_key(tag.name): tag.id for tag in found}

    # ------------------------------------------------------------
    # WRITING
    # ------------------------------------------------------------

    @contextlib.contextmanager
    def _trial(self, links):
        """Give a copy of ``links`` to a savepoint, and keep it unless that fails.

        What is made for a row that is rejected goes with it.
        """
        trial = Links(dict(links.companies), dict(links.tags))
        with self.env.cr.savepoint():
            yield trial
        links.companies.update(trial.companies)
        links.tags.update(trial.tags)

    def _make_missing(self, values_list, links):
        """Make what ``values_list`` names and ``links`` lacks, and add it there."""
        companies, tags = {}, {}
        for values in values_list:
            key = company_key(values.get("company"))
            if key and key not in links.companies:
                companies.setdefault(key, values["company"])
            for name in values.get("tags", ()):
                if tag_key(name) not in links.tags:
                    tags.setdefault(tag_key(name), name)
        made = self._contacts().create(
            [{"name": name, "is_company": True} for name in companies.values()]
        )
        links.companies.update(zip(companies, made.ids, strict=True))
        # Superuser: as in ``_known_tags``
        category = self.env["res.partner.category"].sudo()
        made = category.create([{"name": name} for name in tags.values()])
        links.tags.update(zip(tags, made.ids, strict=True))

    def _linked(self, values, links):
        """Return values for ``res.partner`` with the names of a row as ids."""
        # Several options of an additional field are the only lists.
        vals = {
            name: [fields.Command.link(id_) for id_ in value]
            if isinstance(value, list) and name.startswith(PREFIX)
            else value
            for name, value in values.items()
        }
        company, tags = vals.pop("company", None), vals.pop("tags", ())
        if parent_id := links.companies.get(company_key(company)):
            vals["parent_id"] = parent_id
        tag_ids = filter(None, (links.tags.get(tag_key(name)) for name in tags))
        if commands := [fields.Command.link(tag_id) for tag_id in tag_ids]:
            vals["category_id"] = commands
        return vals

from odoo import fields, models

from .contact_map import Link

# The rank of a link that no relation type puts before others.
LAST = 1_000


class ResPartner(models.Model):
    """What a person or a company is linked to, for its relation map."""

    _name = "res.partner"
    _inherit = ["res.partner", "contact.map"]

    def _contact_map_center(self):
        """The versions of a person are one node: that of the present job."""
        return self._contact_present()._filtered_access("read") or self

    def _contact_map_links(self):
        versions = self._contact_versions().sudo(False)._filtered_access("read")
        return [
            *self._contact_map_relations(versions),
            *self._contact_map_parent(),
            *self._contact_map_children(versions),
            *self._contact_map_jobs(versions),
            *self._contact_map_leads(versions),
        ]

    def _contact_map_parent(self):
        """Return the link to the stock parent: the employer, or the parent company."""
        works = not self.is_company and self.parent_id.is_company
        label = self.env._("Works at") if works else self.env._("Part of")
        return [
            Link("res.partner", parent.id, "employer", label)
            for parent in self.parent_id._filtered_access("read")
        ]

    def _contact_map_children(self, versions):
        """Return the links to those whose stock parent this is, former ones too."""
        rows = self.with_context(active_test=False)._contact_map_rows(
            "res.partner",
            [
                ("parent_id", "in", versions.ids),
                *("|", ("is_contact_person", "=", True), ("is_company", "=", True)),
                *("|", ("active", "=", True), ("contact_current_id", "!=", False)),
            ],
            ["is_company", "contact_current_id"],
        )
        labels = self._contact_map_job_labels()
        includes = self.env._("Includes")
        links = []
        for child, is_company, current in rows:
            works = self.is_company and not is_company
            label = labels[False, bool(current)] if works else includes
            links.append(
                Link("res.partner", child, "people", label, bool(current), LAST)
            )
        return links

    def _contact_map_relations(self, versions):
        """Return the links by relations, each with the label of this end."""
        ids = versions.ids
        rows = self._contact_map_rows(
            "contact.relation",
            ["|", ("contact_id", "in", ids), ("partner_id", "in", ids)],
            ["contact_id", "partner_id", "lead_id", "type_id", "date_end"],
        )
        types = self._contact_map_types()
        today = fields.Date.context_today(self)
        links = []
        for id_, contact, partner, lead, type_id, end in rows:
            kind, label, inverse, rank = types[type_id]
            if contact not in ids:
                other = ("res.partner", contact)
                group = "person" if kind == "person" else "people"
                label = inverse
            elif lead:
                other, group = ("crm.lead", lead), "lead"
            else:
                other, group = ("res.partner", partner), kind
            former = bool(end and end <= today)
            source = ("contact.relation", id_)
            links.append(Link(*other, group, label, former, rank, source))
        return links

    def _contact_map_types(self):
        """Return ``{type id: (kind, label, label of the other end, rank)}``."""
        linked = self.env._("Linked to")
        types = {None: ("account", linked, linked, LAST)}
        found = self.env["contact.relation.type"].with_context(active_test=False)
        for rank, type_ in enumerate(found.search([])):
            types[type_.id] = (
                "person" if type_.kind == "person" else "account",
                type_.name,
                type_.inverse_name or type_.name,
                rank,
            )
        return types

    def _contact_map_jobs(self, versions):
        """Return the links by present and past jobs, typed in employers too."""
        ids = versions.ids
        rows = self._contact_map_rows(
            "contact.employment",
            ["|", ("partner_id", "in", ids), ("employer_id", "in", ids)],
            ["partner_id", "employer_id", "date_end"],
        )
        labels = self._contact_map_job_labels()
        today = fields.Date.context_today(self)
        links = []
        for id_, person, employer, end in rows:
            source = ("contact.employment", id_)
            own, former = person in ids, bool(end and end <= today)
            other, group = ("res.partner", person), "people"
            if own:
                group = "employer"
                other = ("res.partner", employer) if employer else source
            label = labels[own, former]
            links.append(Link(*other, group, label, former, LAST, source))
        return links

    def _contact_map_job_labels(self):
        """Return ``{(read from the person, former): label}``."""
        return {
            (True, False): self.env._("Works at"),
            (True, True): self.env._("Worked at"),
            (False, False): self.env._("Works here"),
            (False, True): self.env._("Worked here"),
        }

    def _contact_map_leads(self, versions):
        """Return the links to the leads of which this is the customer; no lost ones."""
        rows = self._contact_map_rows(
            "crm.lead", [("partner_id", "in", versions.ids)], ["type"]
        )
        labels = {
            "lead": self.env._("Lead"),
            "opportunity": self.env._("Opportunity"),
        }
        return [Link("crm.lead", id_, "lead", labels[type_]) for id_, type_ in rows]

    def _contact_map_present(self, links):
        """Return ``links`` with every former version replaced by its present one.

        A present version that the user may not read leaves the former one in its place.
        """
        ids = {link.res_id for link in links if link.model == "res.partner"}
        archived = self.with_context(active_test=False)
        present = dict(
            archived._contact_map_rows(
                "res.partner",
                [("id", "in", list(ids)), ("contact_current_id", "!=", False)],
                ["contact_current_id"],
            )
        )
        readable = set(self.browse(present.values())._filtered_access("read").ids)
        return [
            link._replace(res_id=present[link.res_id])
            if link.model == "res.partner" and present.get(link.res_id) in readable
            else link
            for link in links
        ]

    def _contact_map_nodes(self):
        self.fetch(["name", "function", "city", "is_company", "write_date"])
        # only whether there is a photo: its size instead of its content
        photos = self.with_context(bin_size=True)
        return [
            {
                "kind": "company" if partner.is_company else "person",
                "is_company": partner.is_company,
                "label": partner.name or partner.display_name,
                "subtitle": (partner.city if partner.is_company else partner.function)
                or "",
                "model": "res.partner",
                "res_id": partner.id,
                "image": photo.image_128 and partner._contact_map_photo(),
            }
            for partner, photo in zip(self, photos, strict=True)
        ]

    def _contact_map_photo(self):
        stamp = int(self.write_date.timestamp())
        return f"/web/image/res.partner/{self.id}/avatar_128?unique={stamp}"

from odoo import fields, models

from .contact_map import Link


class CrmLead(models.Model):
    """What a lead is linked to, for its relation map: its customer and its contacts."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "contact.map"]

    def _contact_map_links(self):
        customer = self.partner_id._filtered_access("read")
        rows = self._contact_map_rows(
            "contact.relation",
            [("lead_id", "=", self.id)],
            ["contact_id", "type_id", "date_end"],
        )
        types = self.env["res.partner"]._contact_map_types()
        today = fields.Date.context_today(self)
        links = [
            Link("res.partner", partner.id, "employer", self.env._("Customer"))
            for partner in customer
        ]
        for id_, contact, type_id, end in rows:
            _kind, _label, inverse, rank = types[type_id]
            former = bool(end and end <= today)
            source = ("contact.relation", id_)
            links.append(
                Link("res.partner", contact, "people", inverse, former, rank, source)
            )
        return links

    def _contact_map_nodes(self):
        return [
            {
                "kind": "lead",
                "is_company": False,
                "label": lead.name,
                "subtitle": lead.stage_id.name or "",
                "model": "crm.lead",
                "res_id": lead.id,
                "image": False,
            }
            for lead in self
        ]

from odoo import models


class ContactEmployment(models.Model):
    """An employer that was only typed in is a node of the relation map, too."""

    _inherit = "contact.employment"

    def _contact_map_nodes(self):
        return [
            {
                "kind": "company",
                "is_company": True,
                "label": job.employer_name,
                "subtitle": "",
                "model": False,
                "res_id": False,
                "image": False,
            }
            for job in self
        ]

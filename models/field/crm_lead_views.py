from lxml import etree

from odoo import api, models

from .res_partner_views import INJECTING, add_to_form


class CrmLead(models.Model):
    """Additional fields in the form of a lead; see ``res_partner_views.py``."""

    _inherit = "crm.lead"

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return key + (tuple(field["name"] for field in self._contact_view_fields()),)

    @api.model
    def _get_view_cache(self, view_id=None, view_type="form", **options):
        injecting = self.with_context(contact_injecting=INJECTING)
        return super(CrmLead, injecting)._get_view_cache(view_id, view_type, **options)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        notebook = arch.find(".//notebook")
        injecting = self.env.context.get("contact_injecting") is INJECTING
        if not injecting or arch.tag != "form" or notebook is None:
            return arch, view
        present = set(arch.xpath(".//field/@name"))
        fields = [f for f in self._contact_view_fields() if f["name"] not in present]
        if fields:
            page = etree.SubElement(notebook, "page", name="contact_fields")
            page.set("string", self.env._("Additional"))
            group = etree.SubElement(page, "group", name="contact_fields_group")
            sides = [etree.SubElement(group, "group") for _side in range(2)]
            half = -(-len(fields) // 2)
            for index, field in enumerate(fields):
                # The condition asks for fields of the contact, which a lead lacks; what
                # is required is asked for when the contact is made.
                free = {**field, "visible": "", "required": False}
                add_to_form(sides[index // half], free)
        return arch, view

    @api.model
    def _contact_view_fields(self):
        """Return the definitions that the user may see on a lead."""
        carried = self._contact_carried()
        fields = self.env["res.partner"]._contact_view_fields()
        return [field for field in fields if field["name"] in carried]

from odoo import models

from ..models.duplicate.res_partner_guard import MERGING

# What belongs to one record and says nothing of the person.
OWN_FIELDS = ("contact_current_id", "contact_job_change")


class MergePartnerAutomatic(models.TransientModel):
    """Odoo's own merge knows neither versions, voided contacts, consents nor teams."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        partners = self.env["res.partner"].browse(partner_ids)
        partners._contact_check_right("merge")
        partners._contact_check_not_frozen()
        return super()._merge(partner_ids, dst_partner, extra_checks)

    def _update_foreign_keys(self, src_partners, dst_partner):
        # Before Odoo: the ledger refuses whoever rewrites its rows.
        src_partners._contact_merge_consents(dst_partner)
        src_partners._contact_merge_members(dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_values(self, src_partners, dst_partner):
        """Keep the survivor from taking over what its source was in a job change."""
        kept = {name: dst_partner.sudo()[name] for name in OWN_FIELDS}
        self._contact_fill_closed(src_partners, dst_partner)
        # until its sources are gone the survivor is a double of them
        survivor = dst_partner.with_context(contact_duplicates=MERGING)
        result = super()._update_values(src_partners, survivor)
        if kept["contact_current_id"] in src_partners:
            kept["contact_current_id"] = False
        dst_partner.sudo().write(kept)
        return result

    def _contact_fill_closed(self, src_partners, dst_partner):
        """Fill the gaps in fields that are closed to the user, whom Odoo obeys."""
        partners = self.env["res.partner"]
        values = {}
        for name in self.env["contact.field"]._contact_closed():
            field = partners._fields.get(name)
            if (
                field is None
                or partners._contact_sees_field(name)
                or field.type == "many2many"
            ):
                continue
            # Superuser: a merge loses nothing, whoever may see it.
            holders = src_partners.sudo().filtered(name)
            if holders and not dst_partner.sudo()[name]:
                value = holders[-1][name]
                values[name] = value.id if field.relational else value
        dst_partner.sudo().write(values)

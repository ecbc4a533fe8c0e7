from odoo import models

# What belongs to one record and says nothing of the person.
OWN_FIELDS = ("contact_current_id", "contact_job_change")


class MergePartnerAutomatic(models.TransientModel):
    """Odoo's own merge knows neither versions, voided contacts, consents nor teams."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        partners = self.env["res.partner"].browse(partner_ids)
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
        result = super()._update_values(src_partners, dst_partner)
        if kept["contact_current_id"] in src_partners:
            kept["contact_current_id"] = False
        dst_partner.sudo().write(kept)
        return result

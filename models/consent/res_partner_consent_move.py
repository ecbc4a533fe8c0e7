from odoo import api, fields, models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    """Consents stay with the person: through job changes, merges and deletions."""

    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_consents(self):
        consents = self.env["contact.consent"].sudo()
        if kept := consents.search([("partner_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "%s can't be deleted, since decisions on consents have been "
                    "recorded. Void the contact instead.",
                    kept.partner_id.display_name,
                )
            )

    def _contact_move_consents(self, target):
        """Hand the consents of these contacts to another record of the same person.

        :return: the rows that were moved, each of them noted in the journal
        """
        # Superuser: nobody may write to the ledger, and all of it has to go along.
        consents = self.env["contact.consent"].sudo()
        rows = consents.search([("partner_id", "in", (self - target).ids)])
        if rows:
            rows._contact_hand_over(target)
        return rows

    def _contact_move_personal(self, new, employer):
        moved = super()._contact_move_personal(new, employer)
        self._contact_move_consents(new)
        return moved

    def _contact_move_back(self, old, change):
        result = super()._contact_move_back(old, change)
        self._contact_move_consents(old)
        return result

    def _contact_references(self):
        """Consents do not make a new version used: they go back with the person."""
        references = super()._contact_references()
        return [place for place in references if place[0] != "contact_consent"]

    def _contact_merge_consents(self, target):
        """Hand over the consents of contacts that ``target`` takes in.

        The strictest wins: what one of them withdrew is withdrawn for the survivor.
        """
        present = target._contact_present()
        keeper = target if present in self else present
        purposes = self.env["contact.consent.purpose"].sudo()
        purposes = purposes.with_context(active_test=False).search([])
        ledger, now = self.env["contact.consent"].sudo(), fields.Datetime.now()
        before = ledger._contact_last((self | keeper).ids, purposes.ids, now)
        self._contact_move_consents(keeper)
        after = ledger._contact_last(keeper.ids, purposes.ids, now)
        withdrawn = {
            purpose
            for (_partner, purpose), row in before.items()
            if row["decision"] == "withdrawn"
        }
        ledger.create(
            [
                {
                    **{k: row[k] for k in ("partner_id", "purpose_id", "text_id")},
                    "decision": "withdrawn",
                    "source": "merge",
                    "lang": row["lang"],
                }
                for (_partner, purpose), row in after.items()
                if purpose in withdrawn and row["decision"] == "given"
            ]
        )

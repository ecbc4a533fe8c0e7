from odoo import fields, models


class ContactConsentMove(models.Model):
    """The journal of decisions that were handed to another record of the person."""

    _name = "contact.consent.move"
    _inherit = "contact.ledger.mixin"
    _description = "Consent handed over"
    _order = "id desc"
    _log_access = False

    consent_id = fields.Many2one(
        "contact.consent", required=True, index=True, ondelete="restrict"
    )
    # Numbers and no links: the record that is left may be merged away.
    source_id = fields.Integer(string="From Contact", required=True)
    target_id = fields.Integer(string="To Contact", required=True)
    date = fields.Datetime(required=True)
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict")

    def _contact_ledger_row(self, vals):
        return {"date": fields.Datetime.now(), "user_id": self.env.uid, **vals}

    def _contact_ledger_facts(self, rows):
        names = ("consent_id", "source_id", "target_id", "user_id")
        return [
            {
                **{name: row[name] for name in names},
                "date": fields.Datetime.to_string(row["date"]),
            }
            for row in rows
        ]

    def _contact_ledger_erased(self):
        return self.env["contact.consent.erasure"]._contact_links(self._name)

import json

from odoo import api, fields, models
from odoo.tools import SQL


class ContactConsentErasure(models.Model):
    """The journal of erasure requests: who erased how much and when, not of whom.

    It keeps the hashes of the rows that are gone: with them the chain of the ledger
    closes over the gap, and every row that is left can be verified as before.
    """

    _name = "contact.consent.erasure"
    _inherit = "contact.ledger.mixin"
    _description = "Erasure of Consents"
    _order = "id desc"
    _log_access = False

    date = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Erased by",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    count = fields.Integer(string="Decisions", required=True, readonly=True)
    links = fields.Text(string="Hashes of the Erased Rows", readonly=True)

    def _contact_ledger_row(self, vals):
        return {"date": fields.Datetime.now(), "user_id": self.env.uid, **vals}

    def _contact_ledger_facts(self, rows):
        names = ("user_id", "count", "links")
        return [
            {
                **{name: row[name] for name in names},
                "date": fields.Datetime.to_string(row["date"]),
            }
            for row in rows
        ]

    @api.model
    def _contact_links(self, model_name):
        """Return ``[(id, hash before, hash)]`` of the erased rows of a model."""
        found = self.sudo().search_fetch([], ["links"])
        links = [json.loads(one.links)[model_name] for one in found]
        return sorted(tuple(link) for part in links for link in part)


class ContactConsent(models.Model):
    _inherit = "contact.consent"

    def _contact_erase(self):
        """Erase these rows, their proof and the journal of where they were.

        The one way round the guard of the database, open while this runs.
        """
        moves = self.env["contact.consent.move"].sudo()
        moves = moves.search([("consent_id", "in", self.ids)])
        self.env["contact.consent.erasure"].sudo().create(
            {
                "count": len(self),
                "links": json.dumps(
                    {
                        rows._name: [
                            [row.id, row.previous_hash, row.hash]
                            for row in rows.sorted("id")
                        ]
                        for rows in (self, moves)
                    }
                ),
            }
        )
        proof = self.proof
        self.env.flush_all()
        switch = "SELECT set_config('contact_person.consent_erase', %s, TRUE)"
        self.env.cr.execute(SQL(switch, "on"))
        for table, column, ids in (
            ("contact_consent_proof_rel", "consent_id", self.ids),
            ("contact_consent_move", "id", moves.ids),
            ("contact_consent", "id", self.ids),
        ):
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE %s = ANY(%s)",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    ids,
                )
            )
        self.env.cr.execute(SQL(switch, ""))
        self.env.invalidate_all()
        proof.unlink()

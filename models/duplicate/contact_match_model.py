from odoo import api, fields, models, tools

from ...tools.matching import Model, prepare

SAMPLE = 20_000


class ContactMatchModel(models.Model):
    """The weights of the scorer, learnt from the contacts of this database.

    Which agreement is telling differs from one address book to the next (a database
    full of Nielsens, of one firm, of private people); weights learnt elsewhere find
    less. The newest row is in force; without one, the shipped weights are.
    """

    _name = "contact.match.model"
    _inherit = "contact.cached.mixin"
    _description = "Duplicate Matching Weights"
    _order = "id desc"

    data = fields.Text(required=True, help="Weights and frequencies, as JSON.")
    contact_count = fields.Integer(string="Contacts in the Sample")

    @tools.ormcache()
    def _engine(self):
        """Return the ``tools.matching.Model`` in force."""
        newest = self.sudo().search([], limit=1)
        return Model.from_json(newest.data) if newest else Model.default()

    @api.model
    def _learn(self):
        """Learn from a sample of the contacts; a small database keeps the default."""
        self.env["contact.match.key"]._renew()
        ids = self.env.execute_query(
            tools.SQL(
                "SELECT partner_id FROM contact_match_key"
                " GROUP BY partner_id ORDER BY hashint4(partner_id) LIMIT %s",
                SAMPLE,
            )
        )
        if len(ids) < 1_000:
            return self.browse()
        values = self.env["contact.match.key"]._values([row[0] for row in ids])
        model = Model.learn([prepare(record) for _id, record in values])
        self.search([]).unlink()
        return self.create({"data": model.to_json(), "contact_count": len(values)})

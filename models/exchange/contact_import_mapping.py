from odoo import api, fields, models

from .texts import TARGET_LABELS


class ContactImportMapping(models.Model):
    """What one column of a file means."""

    _name = "contact.import.mapping"
    _description = "Import Column"
    _order = "sequence, id"
    _rec_name = "header"

    import_id = fields.Many2one(
        "contact.import", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer()
    header = fields.Char(string="Column of the File", readonly=True)
    sample = fields.Char(string="Examples", readonly=True)
    target = fields.Selection(
        lambda self: [
            *((code, self.env._(label)) for code, label in TARGET_LABELS.items()),
            *self.env["contact.import"]._additional_labels().items(),
        ],
        string="Goes to",
        help="Leave empty to leave the column out.",
    )
    chosen = fields.Boolean(
        help="Set by hand; the next file with this header is matched the same way."
    )

    @api.onchange("target")
    def _onchange_target(self):
        self.chosen = True

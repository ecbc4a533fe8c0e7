from odoo import fields, models


class ContactTransferLogLine(models.Model):
    """One record that a transfer gave to another owner, and what it was before."""

    _name = "contact.transfer.log.line"
    _description = "Transferred Record"
    _order = "log_id, id"
    _rec_name = "partner_id"

    log_id = fields.Many2one(
        "contact.transfer.log", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Contact", index="btree_not_null", ondelete="cascade"
    )
    lead_id = fields.Many2one(
        "crm.lead", string="Opportunity", index="btree_not_null", ondelete="cascade"
    )
    activity_id = fields.Many2one(
        "mail.activity", index="btree_not_null", ondelete="cascade"
    )
    old_user_id = fields.Many2one("res.users", string="Former Owner")
    old_team_id = fields.Many2one("crm.team", string="Former Sales Team")
    old_access = fields.Char(help="What the former owner had as a member before.")
    new_access = fields.Char(help="What the new owner had as a member before.")

    _one_record = models.Constraint(
        "CHECK (num_nonnulls(partner_id, lead_id, activity_id) = 1)",
        "A line names one record.",
    )

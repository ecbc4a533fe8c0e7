from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .access_tokens import CREATOR
from .res_company import VISIBILITIES
from .res_partner import MANAGER
from .res_users import SMALL

BATCH = 5_000
# Users whose loss is shown before the change; more would not be read.
SHOWN = 40


class ContactVisibilityChange(models.Model):
    """All contacts of a company change from one visibility to another.

    It may be a million: who orders it sees first who would lose what; the work is done
    in the background, in batches that are kept.
    """

    _name = "contact.visibility.change"
    _description = "Change of Visibility for All Contacts"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    visibility_from = fields.Selection(
        VISIBILITIES[:2],
        string="All contacts that are visible to",
        required=True,
        default="everyone",
    )
    visibility = fields.Selection(
        [choice for choice in VISIBILITIES if choice[0] != "selected"],
        string="become visible to",
        required=True,
        default="private",
    )
    state = fields.Selection(
        [("draft", "To be confirmed"), ("running", "Running"), ("done", "Done")],
        required=True,
        default="draft",
        readonly=True,
    )
    contact_count = fields.Integer(compute="_compute_contact_count", string="Contacts")
    done_count = fields.Integer(string="Changed", readonly=True)
    last_partner = fields.Integer(readonly=True)
    loss_ids = fields.One2many(
        "contact.visibility.loss",
        "change_id",
        compute="_compute_loss_ids",
        string="What colleagues see",
    )

    @api.depends("company_id", "visibility_from", "state")
    def _compute_contact_count(self):
        for change in self:
            count = change.done_count
            if change.state != "done":
                count += change._contacts().search_count(change._domain())
            change.contact_count = count

    @api.depends("company_id", "visibility_from", "visibility", "state")
    def _compute_loss_ids(self):
        losses = self.env["contact.visibility.loss"]
        for change in self:
            rows = change._losses() if change.state == "draft" else ()
            change.loss_ids = losses.browse()
            for row in rows:
                change.loss_ids |= losses.new(row)

    @api.depends("visibility_from", "visibility")
    def _compute_display_name(self):
        names = dict(self._fields["visibility_from"]._description_selection(self.env))
        names |= dict(self._fields["visibility"]._description_selection(self.env))
        for change in self:
            before, after = names[change.visibility_from], names[change.visibility]
            change.display_name = f"{before} → {after}"

    def action_apply(self):
        """Start the change in the background.

        :raise UserError: nothing would change
        """
        for change in self:
            if change.visibility == change.visibility_from:
                raise UserError(self.env._("Choose two different visibilities."))
        self.filtered(lambda change: change.state == "draft").state = "running"
        self.env.ref("contact_person.ir_cron_visibility")._trigger()
        return {"type": "ir.actions.act_window_close"}

    @api.model
    def _cron_run(self):
        """Change the contacts, a committed batch at a time."""
        running = self.search([("state", "=", "running")], order="id")
        for change in running:
            remaining = change.contact_count - change.done_count
            while change._run_batch():
                remaining = max(remaining - BATCH, 1)
                progress = self.env["ir.cron"]._commit_progress
                if not progress(BATCH, remaining=remaining):
                    return
        self.env["ir.cron"]._commit_progress(remaining=0)

    def _run_batch(self):
        """Change the next contacts; return whether any may be left."""
        self.ensure_one()
        domain = [*self._domain(), ("id", ">", self.last_partner)]
        batch = self._contacts().search(domain, order="id", limit=BATCH)
        # no note in a million chatters: the record of the change tells it once
        batch.with_context(tracking_disable=True).write(
            {"contact_visibility": self.visibility}
        )
        self.done_count += len(batch)
        if len(batch) < BATCH:
            self.state = "done"
            return False
        self.last_partner = batch[-1].id
        return True

    def _contacts(self):
        # Superuser: the change is for all contacts, whoever of the company orders it.
        return self.env["res.partner"].sudo().with_context(active_test=False)

    def _domain(self):
        return [
            ("is_contact_person", "=", True),
            ("contact_state", "!=", "obsolete"),
            ("contact_visibility", "=", self.visibility_from),
            ("company_id", "in", (self.company_id.id, False)),
            # the card of a colleague without a login stays everyone's
            ("employee_ids", "=", False),
        ]

    def _losses(self):
        """Return what colleagues see of these contacts now and would see then.

        Those with the greatest loss first; who sees the same is left out.
        """
        self.ensure_one()
        # Superuser: what colleagues see is counted, none of it is shown.
        users = self.company_id.sudo().user_ids.filtered(
            lambda user: not user.share and not user.has_group(MANAGER)
        )
        contacts = self._contacts()
        query = contacts._search(self._domain(), order="id")
        rows = []
        total = self.contact_count
        for user in self._most_concerned(users) if total > SMALL else users:
            seen = self._seen(query, user, self.visibility_from, total)
            then = self._seen(query, user, self.visibility, total)
            if seen != then:
                rows.append({"user_id": user.id, "seen": seen, "seen_then": then})
        rows.sort(key=lambda row: row["seen_then"] - row["seen"])
        return rows[:SHOWN]

    def _most_concerned(self, users):
        """Return those who would see least by their own right, as many as are shown.

        By an estimate of PostgreSQL: counting for thousands would take minutes.
        """

        def expected(user):
            reach = user.sudo().contact_reach  # nobody may read the field itself
            return user._contact_expected(reach.private)

        return users.sorted(expected)[:SHOWN]

    def _seen(self, query, user, visibility, total):
        """Count the contacts that a user would see at a visibility."""
        if visibility == "everyone":
            return total
        # Superuser: nobody may read the field itself.
        tokens = user.sudo().contact_reach.private
        if visibility == "creator":
            tokens = [token for token in tokens if token % 8 == CREATOR]
        [[count]] = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM res_partner"
                " WHERE contact_access_tokens && %s::integer[] AND id IN %s",
                tokens,
                query.subselect(),
            )
        )
        return count


class ContactVisibilityLoss(models.TransientModel):
    _name = "contact.visibility.loss"
    _description = "What a Colleague Sees before and after"

    change_id = fields.Many2one("contact.visibility.change")
    user_id = fields.Many2one("res.users", string="Colleague")
    seen = fields.Integer(string="Sees now")
    seen_then = fields.Integer(string="Would see")

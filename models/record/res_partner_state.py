from odoo import api, fields, models
from odoo.tools import SQL

MASTER_DATA_PARAMETER = "contact_person.master_data"
MASTER_DATA_DEFAULT = "name,email"
# The id of the last contact that a change of the rule has reached; unset when done.
PROGRESS_PARAMETER = "contact_person.state_progress"
# So many contacts are brought in line while the administrator waits.
INLINE = 2_000
BATCH = 5_000


class ResPartner(models.Model):
    """How complete the record of a contact person is: one rule for every entrance."""

    _inherit = "res.partner"

    contact_state = fields.Selection(
        [("draft", "Draft"), ("active", "Active"), ("obsolete", "Obsolete")],
        compute="_compute_contact_state",
        store=True,
        help="Draft: some master data or the account is missing. Active: complete. "
        "Obsolete: voided.",
    )
    contact_missing_data = fields.Char(
        string="Missing",
        compute="_compute_contact_missing_data",
        groups="base.group_user",
    )

    @api.depends(lambda self: self._contact_state_depends())
    def _compute_contact_state(self):
        master_data = self._contact_master_data()
        for partner in self:
            if not partner.is_contact_person:
                partner.contact_state = False
            elif partner.contact_void_date:
                partner.contact_state = "obsolete"
            elif partner._contact_missing(master_data):
                partner.contact_state = "draft"
            else:
                partner.contact_state = "active"

    @api.depends(lambda self: self._contact_state_depends())
    @api.depends_context("lang")
    def _compute_contact_missing_data(self):
        master_data = self._contact_master_data()
        labels = {
            name: self._fields[name].get_description(self.env, ["string"])["string"]
            for name in master_data
        }
        labels[False] = self.env._("a customer or a lead")
        for partner in self:
            missing = (
                partner._contact_missing(master_data)
                if partner.is_contact_person
                else ()
            )
            partner.contact_missing_data = ", ".join(map(labels.get, missing)) or False

    def _contact_missing(self, master_data):
        """Return the master data without a value; ``False`` stands for the account.

        A name that only repeats the email or the phone has not been typed yet.
        """
        self.ensure_one()
        missing = []
        for field_name in master_data:
            if field_name == "name":
                filled = self.contact_first_name or self.contact_last_name
            else:
                # Superuser: the field may be closed to who sees the state.
                filled = self.sudo()[field_name]
            if not filled:
                missing.append(field_name)
        if not self.contact_account_names:
            missing.append(False)
        return missing

    # ------------------------------------------------------------
    # MASTER DATA
    # ------------------------------------------------------------

    @api.model
    def _contact_master_data(self):
        """Return the names of the fields that a complete contact must have."""
        parameters = self.env["ir.config_parameter"].sudo()
        value = parameters.get_param(MASTER_DATA_PARAMETER, MASTER_DATA_DEFAULT)
        return [name for name in value.split(",") if name in self._fields]

    @api.model
    def _contact_state_depends(self):
        # By SQL: this is asked while the registry is being set up, when the model of
        # the parameters is not there yet.
        rows = self.env.execute_query(
            SQL(
                "SELECT value FROM ir_config_parameter WHERE key = %s",
                MASTER_DATA_PARAMETER,
            )
        )
        master_data = (rows[0][0] if rows else MASTER_DATA_DEFAULT).split(",")
        names = {"contact_first_name", "contact_last_name", *master_data}
        return [
            "is_contact_person",
            "contact_void_date",
            "contact_account_names",
            *sorted(names & self._fields.keys()),
        ]

    @api.model
    def _contact_set_master_data(self, field_names):
        """Change the rule of completeness and bring every contact in line with it.

        A large database is gone through in the background, batch by batch, so that
        nobody has to wait; a contact that is edited meanwhile obeys the new rule.

        :param list[str] field_names: stored fields of ``res.partner``
        """
        value = ",".join(field_names) or "name"
        parameters = self.env["ir.config_parameter"].sudo()
        if parameters.get_param(MASTER_DATA_PARAMETER, MASTER_DATA_DEFAULT) == value:
            return
        parameters.set_param(MASTER_DATA_PARAMETER, value)
        self.env.flush_all()
        # The fields a state depends on are part of the registry.
        self.env.registry._setup_models__(self.env.cr, ["res.partner"])
        parameters.set_param(PROGRESS_PARAMETER, "0")
        if len(self._contact_next_states(0, INLINE + 1)) > INLINE:
            self.env.ref("contact_person.ir_cron_states")._trigger()
        else:
            self._contact_renew_states(INLINE)

    @api.model
    def _contact_cron_states(self):
        """Bring the states in line with the rule, a committed batch at a time."""
        # counted once: counting a million contacts takes as long as a batch of them
        remaining = self._contact_states_progress()["remaining"]
        while self._contact_renew_states(BATCH):
            # what is left is never none, for the last batch alone ends the work
            remaining = max(remaining - BATCH, 1)
            if not self.env["ir.cron"]._commit_progress(BATCH, remaining=remaining):
                return
        self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _contact_renew_states(self, limit):
        """Renew the states of the next contacts; return whether any may be left."""
        parameters = self.env["ir.config_parameter"].sudo()
        last = parameters.get_param(PROGRESS_PARAMETER)
        if last is False:
            return False
        batch = self._contact_next_states(int(last), limit)
        # fetched first, so that a state that stays as it was is not written
        batch.fetch(["contact_state", *self._contact_state_depends()])
        self.env.add_to_compute(self._fields["contact_state"], batch)
        batch.flush_recordset(["contact_state"])
        batch.invalidate_recordset()
        done = len(batch) < limit
        parameters.set_param(PROGRESS_PARAMETER, False if done else str(batch[-1].id))
        return not done

    @api.model
    def _contact_next_states(self, last, limit):
        # Superuser: the rule holds for every contact of the database.
        partners = self.sudo().with_context(active_test=False, prefetch_fields=False)
        domain = [("is_contact_person", "=", True), ("id", ">", last)]
        return partners.search(domain, order="id", limit=limit)

    @api.model
    def _contact_states_progress(self):
        """Return how far a change of the rule has got.

        :return: ``{"total": contacts, "remaining": contacts}``; remaining is 0 when
            no change is under way
        """
        parameters = self.env["ir.config_parameter"].sudo()
        last = parameters.get_param(PROGRESS_PARAMETER)
        partners = self.sudo().with_context(active_test=False)
        persons = [("is_contact_person", "=", True)]
        total = partners.search_count(persons)
        left = 0
        if last is not False:
            left = partners.search_count([*persons, ("id", ">", int(last))])
        return {"total": total, "remaining": left}

from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """Versions of a person: one record a job, all of them showing the whole history."""

    _inherit = "res.partner"

    contact_current_id = fields.Many2one(
        "res.partner",
        string="Present Contact",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Set on the record of a former job: the record of the present one.",
    )
    contact_former_ids = fields.One2many(
        "res.partner",
        "contact_current_id",
        string="Former Contacts",
        context={"active_test": False},
        readonly=True,
        copy=False,
    )
    contact_employment_ids = fields.One2many(
        "contact.employment",
        string="Employment",
        compute="_compute_contact_employment_ids",
        inverse="_inverse_contact_employment_ids",
        search="_search_contact_employment_ids",
        groups="base.group_user",
    )

    @api.depends("contact_current_id")
    def _compute_contact_employment_ids(self):
        origins = self._origin
        present = {origin: origin._contact_present() for origin in origins}
        jobs = self.env["contact.employment"].search(
            [("partner_id", "in", [partner.id for partner in present.values()])]
        )
        groups = jobs.grouped("partner_id")
        for partner in self:
            found = groups.get(present.get(partner._origin))
            partner.contact_employment_ids = found or jobs.browse()

    def _inverse_contact_employment_ids(self):
        jobs = self.env["contact.employment"]
        for partner in self:
            present = partner._contact_present()
            kept = partner.contact_employment_ids.filtered("id")
            new = partner.contact_employment_ids - kept
            (jobs.search([("partner_id", "=", present.id)]) - kept).unlink()
            jobs.create(
                [
                    {**job._convert_to_write(job._cache), "partner_id": present.id}
                    for job in new
                ]
            )
        self.invalidate_recordset(["contact_employment_ids"])

    @api.model
    def _search_contact_employment_ids(self, operator, value):
        if operator not in ("any", "in", "any!"):
            return NotImplemented
        if operator == "in":
            jobs = Domain("id", "in", value) if value else Domain.FALSE
        else:
            jobs = value
        found = self.env["contact.employment"].search(jobs).partner_id.ids
        return Domain("id", "in", found) | Domain("contact_current_id", "in", found)

    def contact_worked_here(self, date):
        """Return the contacts that worked at this company on a day, as far as known.

        :param date: a date, or its ISO text; the first day of a new job and the last
            of the old one are the same day
        :return: records of ``res.partner``: the version of that time where there is
            one. A contact without any history counts from the day it was created.
        """
        self.ensure_one()
        partners = self.with_context(active_test=False)
        found = partners.search(self._contact_worked_here_domain(date))
        return found.with_env(self.env)

    def _contact_worked_here_domain(self, date):
        """Return the domain of who worked at this company on a day."""
        day = fields.Date.to_date(date)
        # Superuser: the people are asked for as the user when the domain is used.
        jobs = self.env["contact.employment"].sudo()
        here = Domain("employer_id", "=", self.id)
        held = jobs._search(here & Domain("at_date", "=", day))
        known = jobs._search(here)
        undated = self._contact_children() & Domain(
            [
                ("create_date", "<", fields.Date.add(day, days=1)),
                ("contact_current_id", "=", False),
            ]
        )
        for column in ("partner_id", "version_id"):
            undated &= ~self._contact_persons_in(known, column)
        return self._contact_persons_in(held, "version_id", "partner_id") | undated

    def _contact_versions(self):
        """Return all versions of this person, this one among them."""
        self.ensure_one()
        present = self._contact_present().sudo()
        return present | present.contact_former_ids

    def _contact_present(self):
        """Return the present version of this person."""
        self.ensure_one()
        # Superuser: a former version belongs to its person, whoever may see that.
        present = self.sudo().contact_current_id or self
        return self.browse(present.id)

    def action_contact_undo_job_change(self):
        """Undo the job change, and show the former record in place of this form."""
        action = self.contact_undo_job_change()
        return {
            "type": "ir.actions.client",
            "tag": "contact_person.open_instead",
            "params": {"res_id": action["res_id"]},
        }

    def _contact_open(self):
        """Return the action that opens this contact."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

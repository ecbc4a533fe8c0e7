from odoo import fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """The people of a customer: under it in the address book, related, or employed."""

    _name = "res.partner"
    _inherit = ["res.partner", "contact.account.mixin"]

    _contact_relation_end = "partner_id"

    def _contact_persons_present(self):
        children = self._contact_children() & Domain("active", "=", True)
        return children | super()._contact_persons_present()

    def _contact_persons_former(self):
        versions = self._contact_children() & Domain("active", "=", False)
        versions &= Domain("contact_current_id", "!=", False)
        today = fields.Date.context_today(self)
        # Superuser: as with relations, the contacts are asked for as the user.
        jobs = self.env["contact.employment"].sudo()
        query = jobs._search([("employer_id", "=", self.id), ("date_end", "<=", today)])
        workers = self._contact_persons_in(query, "version_id", "partner_id")
        return versions | workers | super()._contact_persons_former()

    def _contact_persons_on(self, day):
        workers = self._contact_worked_here_domain(day)
        return workers | super()._contact_persons_on(day)

    def _contact_children(self):
        """Return the domain of the people under this company in the address book."""
        return Domain("parent_id", "=", self.id) & Domain(
            "is_contact_person", "=", True
        )

    def _contact_jobs_of(self, persons, former):
        domain = Domain("employer_id", "=", self.id)
        who = Domain("version_id", "in", persons.ids)
        domain &= who | Domain("partner_id", "in", persons.ids)
        # Superuser: the rule asks for the employer, which is this one, and the person.
        jobs = self.env["contact.employment"].sudo().search(domain)
        readable = jobs.partner_id.sudo(False)._filtered_access("read")
        found = {}
        for job in jobs:
            if job.partner_id in readable and bool(job.date_end) == former:
                found.setdefault(job.version_id or job.partner_id, job)
        return found

    def _contact_is_main(self, person):
        return person.parent_id == self and person.active

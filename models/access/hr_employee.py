from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _create_work_contacts(self):
        """A colleague's card is everyone's, as those of users are.

        The policy of the company is for the contacts of its customers.
        """
        everyone = self.with_context(default_contact_visibility="everyone")
        return super(HrEmployee, everyone)._create_work_contacts()

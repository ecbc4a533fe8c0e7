"""What decides over access besides the contact: the organisation, teams and rules."""

from odoo import api, models

from . import access_version

# The stored fields that are asked, by model.
SOURCES = {
    "hr.employee": ("user_id", "parent_id", "active", "company_id")
    + ("current_version_id",),
    "hr.version": ("department_id",),
    "hr.department": ("manager_id", "parent_id"),
    "crm.team.member": ("user_id", "crm_team_id", "active"),
    "contact.sharing.rule": ("active", "access"),
    "res.company": ("contact_superior_scope", "contact_everyone_write"),
    "res.users": ("company_id",),
}


class ContactAccessSource(models.AbstractModel):
    """A model whose records decide who sees which contacts.

    What was found out about a user is kept until PostgreSQL notices a change. A
    transaction looks once, and so a change within it makes that old.
    """

    _name = "contact.access.source"
    _description = "Decides over Access to Contacts"

    def init(self):
        result = super().init()
        if self._name in SOURCES:
            self._contact_access_watch()
        return result

    def _contact_access_watch(self):
        access_version.watch(self.env.cr, self._table, SOURCES[self._name])

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self._contact_access_changed()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._contact_access_changed(vals)
        return result

    def unlink(self):
        result = super().unlink()
        self._contact_access_changed()
        return result

    def _contact_access_changed(self, vals=None):
        if vals is not None and not self._contact_access_fields() & vals.keys():
            return
        self.env["res.users"].invalidate_model(["contact_reach"], flush=False)
        self.env["res.partner"].invalidate_model(
            ["contact_can_read", "contact_can_write"], flush=False
        )

    def _contact_access_fields(self):
        return set(SOURCES[self._name])


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "contact.access.source"]

    def _contact_access_fields(self):
        return super()._contact_access_fields() | {"department_id"}


class HrVersion(models.Model):
    _name = "hr.version"
    _inherit = ["hr.version", "contact.access.source"]


class HrDepartment(models.Model):
    _name = "hr.department"
    _inherit = ["hr.department", "contact.access.source"]


class CrmTeamMember(models.Model):
    _name = "crm.team.member"
    _inherit = ["crm.team.member", "contact.access.source"]


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "contact.access.source"]


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["res.users", "contact.access.source"]

    def init(self):
        result = super().init()
        # Odoo's own ``init`` of users asks nobody after it
        self._contact_access_watch()
        return result

"""The organisation of the oracle, built in Odoo."""

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from .access_random import COMPANIES, EMPLOYERS, USERS
from .common import CONTACT, MANAGER

EXPORT = "base.group_allow_export,contact_person.group_contact_export"
TYPE = "contact_person.contact_relation_type_"
QUIET = {
    "tracking_disable": True,
    "no_reset_password": True,
    "mail_create_nosubscribe": True,
    "active_test": False,
}


class World:
    """Records for the numbers of an organisation.

    Companies, users, employees, departments, teams and rules are made once and turned
    into the next organisation by ``sync``; contacts are made anew by ``load``, since
    nobody can change who created one.
    """

    def __init__(self, env):
        self.env = env(context={**env.context, **QUIET}, su=True)
        self.env["ir.config_parameter"].set_param("sales_team.membership_multi", "1")
        self.companies = self._companies()
        self.users = [self._user(number, user) for number, user in enumerate(USERS)]
        for user, record in zip(USERS, self.users, strict=True):
            record.active = user.active
        self.departments = self._named("hr.department", 5, company_id=False)
        self.teams = self._named("crm.team", 3, company_id=False)
        self.rules = self._named("contact.sharing.rule", 3)
        self.employees = self.env["hr.employee"].create(
            [
                {"name": f"Employee {number}", "company_id": self.companies[place].id}
                for number, place in enumerate(EMPLOYERS)
            ]
        )
        self.account = self.env["res.partner"].create(
            {"name": "Oracle Account", "is_company": True}
        )
        self.lead = self.env["crm.lead"].create({"name": "Oracle lead"})
        self.contacts = self.env["res.partner"]

    def _companies(self):
        made = self.env["res.company"]
        for number, parent in enumerate(COMPANIES):
            values = {"name": f"Oracle company {number}"}
            if parent is not None:
                values["parent_id"] = made[parent].id
            made += made.create(values)
        return made

    def _user(self, number, user):
        role = (
            MANAGER if user.manager else CONTACT if user.editor else "base.group_user"
        )
        return new_test_user(
            self.env,
            f"cp_oracle_{number}",
            groups=f"{role},{EXPORT}",
            company_id=self.companies[user.company].id,
            company_ids=[Command.set([self.companies[i].id for i in user.companies])],
        ).with_context(**QUIET)

    def _named(self, model, count, **values):
        return self.env[model].create(
            [{"name": f"{model} {number}", **values} for number in range(count)]
        )

    # ------------------------------------------------------------
    # CHANGES
    # ------------------------------------------------------------

    def load(self, org):
        """Make the organisation and new contacts."""
        self.sync(org, contacts=False)
        self.contacts = self._create_contacts(org)
        self._link(org)
        voided = [number for number, one in enumerate(org.contacts) if one.voided]
        if voided:
            chosen = self.contacts.browse(self.contacts[number].id for number in voided)
            chosen.contact_void("Oracle")

    def sync(self, org, contacts=True):
        """Turn the records into the organisation, writing only what differs."""
        self._sync_companies(org)
        # Writing a head makes him the boss of his people: the bosses come after.
        for record, department in zip(self.departments, org.departments, strict=True):
            self._write(
                record,
                parent_id=self._id(self.departments, department.parent),
                manager_id=self._id(self.employees, department.head),
            )
        self._sync_employees(org)
        self._sync_teams(org)
        for record, rule in zip(self.rules, org.rules, strict=True):
            self._sync_rule(record, rule)
        if contacts:
            for record, contact in zip(self.contacts, org.contacts, strict=True):
                if not contact.voided:
                    self._sync_contact(record, contact)

    def _sync_companies(self, org):
        for record, company in zip(self.companies, org.companies, strict=True):
            self._write(
                record,
                contact_default_visibility=company.default_visibility,
                contact_everyone_write=company.everyone_write,
                contact_superior_scope=company.superior_scope,
            )

    def _sync_employees(self, org):
        pairs = list(zip(self.employees, org.employees, strict=True))
        # One user can't be two employees of one company, not even for a moment.
        for record, employee in pairs:
            if record.user_id.id != self._user_id(employee.user):
                self._write(record, user_id=False)
        self.employees.flush_recordset()
        for record, employee in pairs:
            self._write(
                record,
                user_id=self._user_id(employee.user),
                parent_id=self._id(self.employees, employee.boss),
                department_id=self._id(self.departments, employee.department),
                active=employee.active,
            )

    def _sync_teams(self, org):
        wanted = {
            (self.teams[number].id, self.users[user].id)
            for number, team in enumerate(org.teams)
            for user in team.members
        }
        found = self.env["crm.team.member"].search(
            [("crm_team_id", "in", self.teams.ids)]
        )
        there = {(one.crm_team_id.id, one.user_id.id): one for one in found}
        gone = [one.id for pair, one in there.items() if pair not in wanted]
        found.browse(gone).unlink()
        found.create(
            [
                {"crm_team_id": team, "user_id": user}
                for team, user in sorted(wanted - set(there))
            ]
        )

    def _sync_rule(self, record, rule):
        values = {"active": rule.active, "access": rule.access}
        for side in ("source", "target"):
            for name, records in (
                ("user", self.users),
                ("department", self.departments),
                ("team", self.teams),
            ):
                numbers = getattr(rule, f"{side}_{name}s")
                values[f"{side}_{name}_ids"] = {records[i].id for i in numbers}
        self._write(record, **values)

    def _sync_contact(self, record, contact):
        values = self._contact_values(contact)
        self._write(record, **values)
        wanted = {self.users[i].id: access for i, access in contact.members.items()}
        for member in record.contact_member_ids:
            access = wanted.pop(member.user_id.id, None)
            if access is None:
                member.unlink()
            elif access != member.access:
                member.access = access
        for user, access in wanted.items():
            record.contact_member_ids.create(
                {"partner_id": record.id, "user_id": user, "access": access}
            )

    # ------------------------------------------------------------
    # CONTACTS
    # ------------------------------------------------------------

    def _contact_values(self, contact):
        values = {
            "user_id": self._user_id(contact.owner),
            "contact_visible_user_ids": {
                self.users[i].id for i in contact.visible_users
            },
            "contact_visible_team_ids": {
                self.teams[i].id for i in contact.visible_teams
            },
        }
        if contact.visibility:
            values["contact_visibility"] = contact.visibility
        return values

    def _create_contacts(self, org):
        made = {}
        for creator in sorted({contact.creator for contact in org.contacts}):
            user = self.users[creator]
            numbers = [
                number
                for number, contact in enumerate(org.contacts)
                if contact.creator == creator
            ]
            records = (
                self.env["res.partner"]
                .with_user(user)
                .sudo()
                .create([self._create_values(org, number) for number in numbers])
            )
            made.update(zip(numbers, records, strict=True))
        ids = [made[number].id for number in range(len(org.contacts))]
        return self.env["res.partner"].browse(ids)

    def _create_values(self, org, number):
        contact = org.contacts[number]
        values = self._contact_values(contact)
        for name in ("contact_visible_user_ids", "contact_visible_team_ids"):
            values[name] = [Command.set(list(values[name]))]
        members = [
            Command.create({"user_id": self.users[user].id, "access": access})
            for user, access in contact.members.items()
        ]
        return {
            **values,
            "name": f"Oracle Person{number}",
            "is_company": not contact.person,
            "company_id": self._id(self.companies, contact.company),
            "contact_member_ids": members,
        }

    def _link(self, org):
        """Connect the contacts with an account or a lead, some of them until today."""
        today = fields.Date.today()
        rows = []
        for record, contact in zip(self.contacts, org.contacts, strict=True):
            if not contact.person or not contact.link:
                continue
            lead = contact.link == "lead"
            row = {"contact_id": record.id, "date_start": "2020-01-01"}
            kind = "lead" if lead else "contact"
            row["type_id"] = self.env.ref(TYPE + kind).id
            row["lead_id" if lead else "partner_id"] = (
                self.lead.id if lead else self.account.id
            )
            if contact.link == "former":
                row["date_end"] = fields.Date.subtract(today, days=1)
            rows.append(row)
        self.env["contact.relation"].create(rows)

    # ------------------------------------------------------------
    # HELPERS
    # ------------------------------------------------------------

    def _id(self, records, number):
        return records[number].id if number is not None else False

    def _user_id(self, number):
        return self._id(self.users, number)

    def _write(self, record, **values):
        """Write the values that differ."""
        changed = {}
        for name, value in values.items():
            kind = record._fields[name].type
            if kind == "many2many":
                if set(record[name].ids) != value:
                    changed[name] = [Command.set(list(value))]
            elif (record[name].id if kind == "many2one" else record[name]) != value:
                changed[name] = value
        if changed:
            record.write(changed)

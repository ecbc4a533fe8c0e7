"""The organisation in memory: who sees a contact, and why, in words.

Access itself is decided in the database, see ``access_tokens.py``. This says why; the
tests hold one against the other.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache


@dataclass(frozen=True)
class Facts:
    """What decides over access on the contact; users and teams are ids."""

    person: bool
    void: bool
    visibility: str
    creator: int
    owner: int
    # whether all may edit it if all see it; None: as the reader's company has it
    open_to_edit: bool | None
    members: dict = field(default_factory=dict)
    named: frozenset = frozenset()
    teams: frozenset = frozenset()


@dataclass(frozen=True)
class Reason:
    """Why a user may read a contact.

    ``via`` is the id of the user, team, department or rule that makes the connection.
    """

    kind: str
    edit: bool
    via: int = 0


class Organisation:
    """A snapshot of employees, departments, teams, sharing rules and administrators."""

    def __init__(self, env):
        # Superuser: an explanation names only what opens the contact at hand.
        env = env(su=True, context={**env.context, "active_test": False})
        manager = env.ref("contact_person.group_contact_manager")
        self.managers = set(manager.all_user_ids.ids)
        editors = env.ref("contact_person.group_contact_user").all_user_ids
        editors |= env.ref("base.group_partner_manager").all_user_ids
        self.editors = set(editors.ids)
        self.generous = set(editors.filtered("company_id.contact_everyone_write").ids)
        self._load_employees(env)
        self._load_departments(env)
        self._load_teams(env)
        self.rules = env["contact.sharing.rule"].search([("active", "=", True)])
        self.below = cache(self._below)
        self.headed = cache(self._headed)
        self.sources = cache(self._sources)
        self.readers = cache(self._readers)
        self.targeted = cache(self._targeted)

    def _load_employees(self, env):
        self.reports, self.employees, self.desk = defaultdict(list), {}, {}
        self.jobs = defaultdict(list)
        employees = env["hr.employee"].search([], order="id")
        for employee in employees:
            self.employees[employee.id] = employee
            self.reports[employee.parent_id.id].append(employee.id)
        for employee in employees.filtered("user_id"):
            user = employee.user_id
            self.jobs[user.id].append(employee.id)
            at_home = employee.company_id == user.company_id
            rank = (not employee.active, not at_home, employee.id)
            department = employee.current_version_id.department_id.id
            self.desk[user.id] = min(
                self.desk.get(user.id, (rank, department)), (rank, department)
            )

    def _load_departments(self, env):
        self.parents, self.parts = {}, defaultdict(list)
        self.heads = defaultdict(list)
        for department in env["hr.department"].search([]):
            self.parents[department.id] = department.parent_id.id
            self.parts[department.parent_id.id].append(department.id)
            self.heads[department.manager_id.id].append(department.id)

    def _load_teams(self, env):
        self.teams, self.members = defaultdict(set), defaultdict(set)
        for member in env["crm.team.member"].search([("active", "=", True)]):
            self.teams[member.user_id.id].add(member.crm_team_id.id)
            self.members[member.crm_team_id.id].add(member.user_id.id)

    def department(self, user):
        """Id of the user's main department, or False."""
        return self.desk[user][1] if user in self.desk else False

    def staff(self, department):
        """Ids of the users whose main department this is."""
        return sorted(u for u in self.desk if self.department(u) == department)

    def _own_jobs(self, user):
        """Pairs of an active employee of the user and whether he sees all levels."""
        for job in self.jobs.get(user, ()):
            employee = self.employees[job]
            if employee.active:
                yield job, employee.company_id.contact_superior_scope == "all"

    def _below(self, user):
        found = set()
        for job, deep in self._own_jobs(user):
            found |= _closure(job, self.reports, deep)
        users = {self.employees[job].user_id.id for job in found}
        return frozenset(users - {user, False})

    def _headed(self, user):
        found = set()
        for job, deep in self._own_jobs(user):
            for department in self.heads.get(job, ()):
                found.add(department)
                if deep:
                    found |= _closure(department, self.parts, True)
        return frozenset(found)

    def _sources(self, rule):
        """Users whose contacts a rule shares."""
        return self._side(rule, "source")

    def _readers(self, rule):
        """Users with whom a rule shares."""
        return self._side(rule, "target")

    def _side(self, rule, side):
        users = set(rule[f"{side}_user_ids"]._origin.ids)
        for team in rule[f"{side}_team_ids"]._origin.ids:
            users |= self.members[team]
        departments = self._with_parts(rule[f"{side}_department_ids"]._origin.ids)
        return users | {u for u in self.desk if self.department(u) in departments}

    def _targeted(self, user):
        """Rules that share something with a user."""
        return [rule for rule in self.rules if user in self.readers(rule)]

    def _with_parts(self, departments):
        found = set(departments)
        for department in departments:
            found |= _closure(department, self.parts, True)
        return found - {False}

    def reasons(self, user, contact):
        """Why a user may read a contact, the most telling first.

        :param int user: id of an internal user
        :param Facts contact: the contact
        :return: list of ``Reason``, empty if he may not
        """
        reasons = self._reading(user, contact)
        if user in self.editors:
            return reasons
        return [replace(reason, edit=False) for reason in reasons]

    def _reading(self, user, contact):
        if user in self.managers:
            return [Reason("manager", True)]
        if contact.void:
            return []
        if not contact.person:
            return [Reason("no_person", True)]
        found = []
        if contact.visibility == "everyone":
            edit = contact.open_to_edit
            if edit is None:
                edit = user in self.generous
            found.append(Reason("everyone", edit))
        if contact.creator == user:
            found.append(Reason("creator", True))
        if contact.visibility != "creator":
            found += self._shared(user, contact)
        return found

    def _shared(self, user, contact):
        """Yield the reasons that hold unless a contact is its creator's alone."""
        yield from self._line(user, contact)
        owner = contact.owner
        for rule in self.targeted(user) if owner else ():
            if owner in self.sources(rule):
                yield Reason("rule", rule.access == "write", rule.id)
        if contact.visibility == "selected":
            if user in contact.named:
                yield Reason("named", False)
            for team in contact.teams & self.teams[user]:
                yield Reason("team", False, team)
        for colleague in dict.fromkeys((owner, *contact.members)):
            if self.department(colleague) in self.headed(user):
                yield Reason("department", False, self.department(colleague))

    def _line(self, user, contact):
        """Yield what he and those below him have to do with a contact."""
        below = self.below(user)
        if contact.owner == user:
            yield Reason("owner", True)
        if contact.owner in below:
            yield Reason("owner_below", True, contact.owner)
        for member, access in contact.members.items():
            if member == user:
                yield Reason("member", access == "write")
            if member in below:
                yield Reason("member_below", access == "write", member)


def _closure(start, children, deep):
    """Return what is below ``start``; a loop ends where it meets itself."""
    found, waiting = set(), list(children.get(start, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            if deep:
                waiting += children.get(one, ())
    return found

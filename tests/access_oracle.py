"""Who may read and write what, said a second time and in plain Python.

The oracle is written from the words of the design, not from the models: it knows no
SQL, no tokens and no Odoo. It goes through all nine ways for every user and contact,
slowly, and the models must say the same.

People and things are numbers: the place in the list of the organisation.
"""

from dataclasses import dataclass, field

SCENES = (
    "all",
    "mine",
    "involved",
    "no_account",
    "subordinates",
    "subordinates_involved",
    "shared",
    "department",
)


@dataclass
class Company:
    parent: int | None = None
    default_visibility: str = "everyone"
    everyone_write: bool = True
    superior_scope: str = "all"


@dataclass
class User:
    companies: tuple
    company: int  # the one that he works in unless he says otherwise
    manager: bool = False
    editor: bool = True  # has the role that edits contacts at all
    active: bool = True


@dataclass
class Employee:
    company: int
    user: int | None = None
    boss: int | None = None
    department: int | None = None
    active: bool = True


@dataclass
class Department:
    parent: int | None = None
    head: int | None = None  # an employee


@dataclass
class Team:
    members: set = field(default_factory=set)


@dataclass
class Rule:
    access: str = "read"
    active: bool = True
    source_users: set = field(default_factory=set)
    source_departments: set = field(default_factory=set)
    source_teams: set = field(default_factory=set)
    target_users: set = field(default_factory=set)
    target_departments: set = field(default_factory=set)
    target_teams: set = field(default_factory=set)


@dataclass
class Contact:
    creator: int
    visibility: str | None = "private"  # None: what the creator's company sets
    owner: int | None = None
    company: int | None = None
    person: bool = True
    voided: bool = False
    link: str | None = None  # "account", "lead", "former" (ended) or nothing
    members: dict = field(default_factory=dict)  # user: "read" or "write"
    visible_users: set = field(default_factory=set)
    visible_teams: set = field(default_factory=set)


@dataclass
class Organisation:
    companies: list
    users: list
    employees: list
    departments: list
    teams: list
    rules: list
    contacts: list


class Oracle:
    """Answers over one organisation; ask a new one after a change."""

    def __init__(self, organisation):
        self.org = organisation
        users = range(len(organisation.users))
        self.below = {user: self._subordinates(user) for user in users}
        self.headed = {user: self._headed(user) for user in users}
        self.shared = {user: self._shared(user) for user in users}

    # ------------------------------------------------------------
    # THE ORGANISATION
    # ------------------------------------------------------------

    def _leading(self, user):
        """Yield the employees that a user leads as: an archived one leads nobody."""
        for number, employee in enumerate(self.org.employees):
            if employee.user == user and employee.active:
                yield number, employee

    def _subordinates(self, user):
        """Return the users below a user in the reporting line, himself never."""
        found = set()
        for number, employee in self._leading(user):
            scope = self.org.companies[employee.company].superior_scope
            found |= self._line_below(number, scope)
        below = {self.org.employees[number].user for number in found}
        return below - {None, user}

    def _line_below(self, boss, scope):
        """Return the employees below one; archived ones keep their place."""
        below, edge = set(), {boss}
        while edge:
            edge = {
                number
                for number, employee in enumerate(self.org.employees)
                if employee.boss in edge and number not in below and number != boss
            }
            below |= edge
            if scope == "direct":
                break
        return below

    def _with_children(self, departments):
        found = set(departments)
        while True:
            more = {
                number
                for number, department in enumerate(self.org.departments)
                if department.parent in found and number not in found
            }
            if not more:
                return found
            found |= more

    def _headed(self, user):
        """Return the departments that a user heads."""
        found = set()
        for number, employee in self._leading(user):
            own = {
                place
                for place, department in enumerate(self.org.departments)
                if department.head == number
            }
            if self.org.companies[employee.company].superior_scope == "all":
                own = self._with_children(own)
            found |= own
        return found

    def main_department(self, user):
        """Return the department of the job in his own company, else of the first.

        A job that ended (an archived employee) counts where the user has no other.
        """
        jobs = [job for job in self.org.employees if job.user == user]
        jobs = [job for job in jobs if job.active] or jobs
        company = self.org.users[user].company
        main = [job for job in jobs if job.company == company]
        return (main or jobs)[0].department if jobs else None

    # ------------------------------------------------------------
    # SHARING RULES
    # ------------------------------------------------------------

    def _people(self, users, departments, teams):
        """Return the users named, those of departments and below, and of teams."""
        departments = self._with_children(departments)
        found = set(users)
        for user in range(len(self.org.users)):
            if self.main_department(user) in departments:
                found.add(user)
        for team in teams:
            found |= self.org.teams[team].members
        return found

    def _shared(self, user):
        """Return the owners that rules share with a user: ``{owner: accesses}``."""
        shared = {}
        for rule in self.org.rules:
            targets = self._people(
                rule.target_users, rule.target_departments, rule.target_teams
            )
            if not rule.active or user not in targets:
                continue
            sources = self._people(
                rule.source_users, rule.source_departments, rule.source_teams
            )
            for owner in sources:
                shared.setdefault(owner, set()).add(rule.access)
        return shared

    # ------------------------------------------------------------
    # ONE CONTACT
    # ------------------------------------------------------------

    def visibility(self, contact):
        if contact.visibility:
            return contact.visibility
        company = self.org.users[contact.creator].company
        return self.org.companies[company].default_visibility

    def _in_company(self, user, contact):
        """Odoo's own rule: no company, one of the user's, or one above these."""
        if contact.company is None:
            return True
        for company in self.org.users[user].companies:
            while company is not None:
                if company == contact.company:
                    return True
                company = self.org.companies[company].parent
        return False

    def _departments(self, contact):
        people = {contact.owner, *contact.members} - {None}
        return {self.main_department(person) for person in people} - {None}

    def _ways(self, user, contact):
        """Yield the numbers of the ways that open a contact, as in the design."""
        visibility = self.visibility(contact)
        if self.org.users[user].manager:
            yield 1
        elif contact.voided:
            return
        if not contact.person:
            yield 2
        if visibility == "everyone":
            yield 3
        if contact.creator == user:
            yield 4
        if visibility != "creator":
            yield from self._ways_of_others(user, contact, visibility)

    def _ways_of_others(self, user, contact, visibility):
        """Yield the ways that ``creator`` shuts."""
        below = self.below[user] | {user}
        if contact.owner in below:
            yield 5
        if below & set(contact.members):
            yield 6
        if contact.owner in self.shared[user]:
            yield 7
        if visibility == "selected" and self._named(user, contact):
            yield 8
        if self._departments(contact) & self.headed[user]:
            yield 9

    def _named(self, user, contact):
        teams = (self.org.teams[team].members for team in contact.visible_teams)
        return user in contact.visible_users or any(user in team for team in teams)

    def ways(self, user, number):
        """Return the ways that open a contact to a user, a set of 1 to 9."""
        contact = self.org.contacts[number]
        if not self._in_company(user, contact):
            return set()
        return set(self._ways(user, contact))

    def may_read(self, user, number):
        return bool(self.ways(user, number))

    def may_write(self, user, number):
        ways = self.ways(user, number)
        if not ways or not self.org.users[user].editor:
            return False
        return bool(ways & {1, 2, 4}) or self._writes(user, number, ways)

    def _writes(self, user, number, ways):
        contact, below = self.org.contacts[number], self.below[user] | {user}
        if 3 in ways and self._everyone_writes(user, contact):
            return True
        if 5 in ways:
            return True
        writers = {who for who, access in contact.members.items() if access == "write"}
        if 6 in ways and below & writers:
            return True
        return 7 in ways and "write" in self.shared[user][contact.owner]

    def _everyone_writes(self, user, contact):
        company = contact.company
        if company is None:
            company = self.org.users[user].company
        return self.org.companies[company].everyone_write

    # ------------------------------------------------------------
    # SCENES
    # ------------------------------------------------------------

    def scene(self, user, scene):
        """Return the contacts (numbers) that a scene shows to a user."""
        return {
            number
            for number, contact in enumerate(self.org.contacts)
            if contact.person
            and self.may_read(user, number)
            and self._in_scene(user, number, contact, scene)
        }

    def _in_scene(self, user, number, contact, scene):
        if scene == "mine":
            return contact.owner == user
        if scene == "no_account":
            return contact.owner == user and contact.link in (None, "former")
        if scene == "involved":
            return user in contact.members
        if scene == "subordinates":
            return contact.owner in self.below[user]
        if scene == "subordinates_involved":
            return bool(self.below[user] & set(contact.members))
        if scene == "shared":
            return 7 in self.ways(user, number)
        if scene == "department":
            return 9 in self.ways(user, number)
        return True

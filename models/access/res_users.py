import time
from array import array

from odoo import api, fields, models
from odoo.tools import SQL, ormcache

from . import access_version
from .access_sources import SOURCES
from .access_tokens import EVERYONE, NO_PERSON
from .reach import Reach, ReachField, expected_rows

# The share of all contacts from which looking at each is quicker than the index, and
# how many there must be before that is asked.
FAR = 0.1
SMALL = 20_000

# Everything that opens contacts to one user besides himself, as arrays of ids. Who
# leads archived employees goes on seeing what they left. ``UNION`` ends loops. The
# desks of all users are read for who heads a department, and for rules that name one.
_REACH = """
WITH RECURSIVE
me (id, deep) AS (
    SELECT employee.id, company.contact_superior_scope = 'all'
      FROM hr_employee employee
      JOIN res_company company ON company.id = employee.company_id
     WHERE employee.user_id = %(uid)s AND employee.active
),
below (id, user_id, deep) AS (
    SELECT employee.id, employee.user_id, me.deep
      FROM hr_employee employee JOIN me ON employee.parent_id = me.id
    UNION
    SELECT employee.id, employee.user_id, TRUE
      FROM hr_employee employee JOIN below ON employee.parent_id = below.id
     WHERE below.deep
),
headed (id, deep) AS (
    SELECT department.id, me.deep
      FROM hr_department department JOIN me ON department.manager_id = me.id
    UNION
    SELECT department.id, TRUE
      FROM hr_department department JOIN headed ON department.parent_id = headed.id
     WHERE headed.deep
),
my_desk (department_id) AS (
    SELECT version.department_id
      FROM hr_employee employee
      JOIN hr_version version ON version.id = employee.current_version_id
      JOIN res_users users ON users.id = employee.user_id
     WHERE employee.user_id = %(uid)s
     ORDER BY employee.active DESC, employee.company_id = users.company_id DESC,
              employee.id
     LIMIT 1
),
desk (user_id, department_id) AS (
    SELECT DISTINCT ON (employee.user_id) employee.user_id, version.department_id
      FROM hr_employee employee
      JOIN hr_version version ON version.id = employee.current_version_id
      JOIN res_users users ON users.id = employee.user_id
     ORDER BY employee.user_id, employee.active DESC,
              employee.company_id = users.company_id DESC, employee.id
),
team (id) AS (
    SELECT crm_team_id FROM crm_team_member WHERE user_id = %(uid)s AND active
),
department (id) AS (
    SELECT department_id FROM my_desk
    UNION
    SELECT above.parent_id
      FROM hr_department above JOIN department ON above.id = department.id
),
rule (id, access) AS (
    SELECT id, access FROM contact_sharing_rule
     WHERE active AND id IN (
        SELECT rule_id FROM contact_sharing_target_user_rel WHERE user_id = %(uid)s
         UNION ALL
        SELECT rule_id FROM contact_sharing_target_department_rel
         WHERE department_id IN (SELECT id FROM department)
         UNION ALL
        SELECT rule_id FROM contact_sharing_target_team_rel
         WHERE team_id IN (SELECT id FROM team))
),
source_department (access, id) AS (
    SELECT rule.access, source.department_id
      FROM rule JOIN contact_sharing_source_department_rel source
        ON source.rule_id = rule.id
    UNION
    SELECT source.access, department.id
      FROM hr_department department
      JOIN source_department source ON department.parent_id = source.id
),
source (access, user_id) AS (
    SELECT rule.access, source.user_id
      FROM rule JOIN contact_sharing_source_user_rel source ON source.rule_id = rule.id
    UNION
    SELECT source.access, desk.user_id
      FROM source_department source JOIN desk ON desk.department_id = source.id
     WHERE EXISTS (SELECT FROM source_department)
    UNION
    SELECT rule.access, member.user_id
      FROM rule
      JOIN contact_sharing_source_team_rel source ON source.rule_id = rule.id
      JOIN crm_team_member member
        ON member.crm_team_id = source.team_id AND member.active
)
SELECT ARRAY(SELECT DISTINCT user_id FROM below WHERE user_id IS NOT NULL),
       ARRAY(SELECT DISTINCT user_id FROM desk
              WHERE EXISTS (SELECT FROM headed)
                AND department_id IN (SELECT id FROM headed)),
       ARRAY(SELECT DISTINCT user_id FROM source),
       ARRAY(SELECT DISTINCT user_id FROM source WHERE access = 'write'),
       ARRAY(SELECT id FROM team),
       (SELECT reltuples FROM pg_class WHERE oid = 'res_partner'::regclass)
"""


class ResUsers(models.Model):
    _inherit = "res.users"

    contact_reach = ReachField(
        compute="_compute_contact_reach",
        compute_sudo=True,
        groups=fields.NO_ACCESS,
        help="Whose contacts a user sees besides his own; never sent to a client.",
    )

    def _compute_contact_reach(self):
        """A ``Reach`` for each user, of the state that this transaction sees.

        Found out once until the organisation, a team or a rule changes: a change
        counts at the next request of every worker, and ``access_sources.py`` forgets
        what was found out within the transaction.
        """
        sources = [
            self.env[model]._fields[name]
            for model, names in SOURCES.items()
            for name in names
        ]
        number = access_version.current(self.env, to_flush=sources)
        hour = time.time() // 3600
        for user in self:
            uid = user._origin.id
            if number is None:
                user.contact_reach = self._contact_find_reach(uid)
            else:
                user.contact_reach = self._contact_kept_reach(uid, number, hour)

    @ormcache("uid", "number", "hour")
    def _contact_kept_reach(self, uid, number, hour):
        """Find out the reach once for a state of the organisation.

        And once an hour, since PostgreSQL's estimate may change; only speed depends on
        it.
        """
        return self._contact_find_reach(uid)

    def _contact_find_reach(self, uid):
        [[*found, size]] = self.env.execute_query(SQL(_REACH, uid=uid))
        below, *others = (array("i", ids) for ids in found)
        # a loop in the reporting line makes nobody his own subordinate
        below = array("i", [id_ for id_ in below if id_ != uid])
        reach = Reach(uid, below, *others)
        if size > SMALL:
            reach.size = size
            reach.persons = self._contact_expected([EVERYONE, *reach.private])
            reach.no_persons = self._contact_expected([NO_PERSON])
            reach.far = reach.persons > FAR * size
        return reach

    def _contact_expected(self, tokens):
        """Return how many contacts PostgreSQL expects to have one of these tokens."""
        asked = SQL(
            "SELECT FROM res_partner WHERE contact_access_tokens && %s::integer[]",
            tokens,
        )
        return expected_rows(self.env, asked)

    @api.autovacuum
    def _gc_contact_access_changes(self):
        access_version.condense(self.env.cr)

    def action_contact_sight(self):
        """Show what this user sees, and why."""
        self.ensure_one()
        return self.env["contact.access.explanation"]._open_user(self)

"""Changing the rule of completeness for all contacts."""

from odoo.api import SUPERUSER_ID, Environment

from ..registry import Figure, measurement
from ..timing import seconds

RULE = ["name", "email", "country_id"]


@measurement("master_data", "Changing the master data", order=85)
def master_data(bench):
    """The administrator's own wait, then the scheduled action until it is through."""
    with bench.ours.registry.cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        partners = env["res.partner"]
        waited, _none = seconds(partners._contact_set_master_data, RULE)
        cr.commit()
        through, _none = seconds(partners._contact_cron_states)
        cr.commit()
    yield Figure("the administrator waits", "s", ours=waited)
    yield Figure("in the background", "s", ours=through)

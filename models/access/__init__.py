from . import (
    contact_team_member,
    contact_transfer_log,
    contact_transfer_log_line,
    res_partner_member,
    res_partner_transfer,
    res_users_transfer,
)

from odoo import api, fields, models
from odoo.fields import Domain

# The database keeps the table itself: whatever adds, hands over or erases rows of the
# ledger changes it in the same statement, and a new term of a purpose at once for all.
_KEEPER = """
CREATE OR REPLACE FUNCTION contact_consent_standing_set(partner int, purpose int)
RETURNS void AS $$
BEGIN
    DELETE FROM contact_consent_standing
     WHERE partner_id = partner AND purpose_id = purpose;
    INSERT INTO contact_consent_standing
           (partner_id, purpose_id, consent_id, decision, date, expires)
    SELECT row.partner_id, row.purpose_id, row.id, row.decision, row.date,
           CASE WHEN row.decision = 'given' AND term.validity_months > 0
                THEN row.date + make_interval(months => term.validity_months) END
      FROM contact_consent AS row
      JOIN contact_consent_purpose AS term ON term.id = row.purpose_id
     WHERE row.partner_id = partner AND row.purpose_id = purpose
     ORDER BY row.date DESC, row.id DESC
     LIMIT 1;
END
$$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION contact_consent_standing_keep() RETURNS trigger AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM contact_consent_standing_set(OLD.partner_id, OLD.purpose_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM contact_consent_standing_set(NEW.partner_id, NEW.purpose_id);
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION contact_consent_standing_term() RETURNS trigger AS $$
BEGIN
    UPDATE contact_consent_standing
       SET expires = CASE WHEN decision = 'given' AND NEW.validity_months > 0
           THEN date + make_interval(months => NEW.validity_months) END
     WHERE purpose_id = NEW.id;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;
DROP TRIGGER IF EXISTS contact_consent_standing_rows ON contact_consent;
CREATE TRIGGER contact_consent_standing_rows
    AFTER INSERT OR UPDATE OR DELETE ON contact_consent
    FOR EACH ROW EXECUTE FUNCTION contact_consent_standing_keep();
DROP TRIGGER IF EXISTS contact_consent_standing_rows ON contact_consent_purpose;
CREATE TRIGGER contact_consent_standing_rows
    AFTER UPDATE OF validity_months ON contact_consent_purpose
    FOR EACH ROW EXECUTE FUNCTION contact_consent_standing_term()
"""
# For a ledger that is older than this table.
_FILL = """
INSERT INTO contact_consent_standing
       (partner_id, purpose_id, consent_id, decision, date, expires)
SELECT DISTINCT ON (row.partner_id, row.purpose_id)
       row.partner_id, row.purpose_id, row.id, row.decision, row.date,
       CASE WHEN row.decision = 'given' AND term.validity_months > 0
            THEN row.date + make_interval(months => term.validity_months) END
  FROM contact_consent AS row
  JOIN contact_consent_purpose AS term ON term.id = row.purpose_id
 ORDER BY row.partner_id, row.purpose_id, row.date DESC, row.id DESC
"""


class ContactConsentStanding(models.Model):
    """What each contact says on each purpose at present: the last row of the ledger.

    Derived, to search and group a million contacts; what counts is the ledger.
    """

    _name = "contact.consent.standing"
    _inherit = "contact.dependent.mixin"
    _description = "Present Consent"
    _order = "expires, id"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    purpose_id = fields.Many2one(
        "contact.consent.purpose", required=True, readonly=True, ondelete="cascade"
    )
    consent_id = fields.Many2one(
        "contact.consent", required=True, readonly=True, ondelete="cascade"
    )
    decision = fields.Selection(
        [("given", "Given"), ("withdrawn", "Withdrawn")], required=True, readonly=True
    )
    date = fields.Datetime(string="Decided on", required=True, readonly=True)
    expires = fields.Datetime(string="Expires on", readonly=True)
    state = fields.Selection(
        [("given", "Given"), ("withdrawn", "Withdrawn"), ("expired", "Expired")],
        compute="_compute_state",
        search="_search_state",
    )
    days_left = fields.Integer(
        compute="_compute_state",
        search="_search_days_left",
        help="Days until the consent expires; below 0 it has expired.",
    )
    email = fields.Char(related="partner_id.email")
    user_id = fields.Many2one(related="partner_id.user_id", string="Owner")

    _one_a_purpose = models.Constraint(
        "UNIQUE (partner_id, purpose_id)", "A contact has one state on each purpose."
    )
    _state_idx = models.Index("(purpose_id, decision, expires)")
    _consent_idx = models.Index("(consent_id)")

    def init(self):
        self.env.cr.execute(_KEEPER)
        if not self.search_count([], limit=1):
            self.env.cr.execute(_FILL)

    @api.depends("decision", "expires")
    def _compute_state(self):
        now = fields.Datetime.now()
        for line in self:
            line.state = line.decision
            line.days_left = 0
            if line.decision == "given" and line.expires:
                line.days_left = (line.expires - now).days
                if line.expires <= now:
                    line.state = "expired"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(_state_domain(state) for state in value)

    def _search_days_left(self, operator, value):
        if operator not in ("<", "<=", ">", ">="):
            return NotImplemented
        end = fields.Datetime.add(fields.Datetime.now(), days=value)
        return Domain("decision", "=", "given") & Domain("expires", operator, end)

    def action_open_contact(self):
        """Open the contact of a line."""
        return self.partner_id._contact_open()


def _state_domain(state):
    """Return the domain of the lines that are in a state now."""
    now = fields.Datetime.now()
    if state == "expired":
        return Domain("decision", "=", "given") & Domain("expires", "<=", now)
    if state == "given":
        valid = Domain("expires", "=", False) | Domain("expires", ">", now)
        return Domain("decision", "=", "given") & valid
    return Domain("decision", "=", state)

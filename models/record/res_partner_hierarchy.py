"""What stock counts over a company and all below it, asked in the database.

Stock fetches every contact of a company three times to open its form, which is most of
the wait where a company has 20,000 of them. The counts are the same here; what comes
over the wire are the contacts that matter.
"""

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.base.models.res_partner import EU_EXTRA_VAT_CODES


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _contact_tree(self):
        """SQL of two columns: ``root``, one of these, and ``id``, it or one below it.

        ``UNION`` ends a loop of parents, should a table hold one.
        """
        return SQL(
            """
            WITH RECURSIVE tree (root, id) AS (
                SELECT id, id FROM res_partner WHERE id = ANY(%s)
                UNION
                SELECT tree.root, child.id
                  FROM res_partner child
                  JOIN tree ON child.parent_id = tree.id
            )
            SELECT root, id FROM tree
            """,
            self.ids,
            to_flush=self._fields["parent_id"],
        )

    def _compute_opportunity_count(self):
        return super(
            ResPartner, self.with_context(contact_named_by_leads=True)
        )._compute_opportunity_count()

    def _fetch_children_partners_for_hierarchy(self):
        """For a count of leads those that a lead names are enough."""
        if not self.env.context.get("contact_named_by_leads"):
            return super()._fetch_children_partners_for_hierarchy()
        Lead = self.env["crm.lead"]
        named = SQL(" UNION ALL ").join(
            SQL("SELECT %s FROM crm_lead", SQL.identifier(field.name, to_flush=field))
            for field in Lead._fields.values()
            if field.type == "many2one" and field.store
            if field.comodel_name == "res.partner"
        )
        below = SQL("(SELECT id FROM (%s) below)", self._contact_tree())
        return self.with_context(active_test=False).search_fetch(
            [("id", "in", below), ("id", "in", SQL("(%s)", named))], ["parent_id"]
        )

    def _compute_meeting(self):
        """Ids of the meetings by id of the partner: its own, and of those below it."""
        if not self.ids:
            return {}
        partners = self.with_context(active_test=False)._search([])
        events = self.env["calendar.event"]._search([])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT tree.root, array_agg(DISTINCT attends.calendar_event_id)
                  FROM (%s) tree
                  JOIN calendar_event_res_partner_rel attends
                    ON attends.res_partner_id = tree.id
                 WHERE attends.calendar_event_id IN %s
                   AND attends.res_partner_id IN %s
                 GROUP BY tree.root
                """,
                self._contact_tree(),
                events.subselect(),
                partners.subselect(),
            )
        )
        return dict.fromkeys(self.ids, []) | dict(rows)

    @api.depends("vat", "company_id", "company_registry", "country_id")
    def _compute_same_vat_partner_id(self):
        """Stock lists all below a company to leave them out; seldom is anybody left."""
        alone = self.filtered(lambda partner: not partner._contact_shares_number())
        alone.same_vat_partner_id = False
        alone.same_company_registry_partner_id = False
        return super(ResPartner, self - alone)._compute_same_vat_partner_id()

    def _contact_shares_number(self):
        """Whether a partner outside this company may carry its tax or registry number.

        Wider than what stock looks for, in every spelling of a tax number that it
        knows: who is below a company and no company has it as commercial entity.
        """
        self.ensure_one()
        if self.parent_id or not (self.vat or self.company_registry):
            return False
        country = self.country_id.code or ""
        prefixes = ("", country, EU_EXTRA_VAT_CODES.get(country, ""))
        tax_numbers = [prefix + (self.vat or "") for prefix in prefixes]
        tax_numbers.append((self.vat or "")[2:])
        numbers = [
            ("vat", "in", list(filter(None, tax_numbers))),
            ("company_registry", "in", list(filter(None, [self.company_registry]))),
        ]
        everybody = self.sudo().with_context(active_test=False)
        outside = [
            ("id", "!=", self._origin.id),
            ("commercial_partner_id", "!=", self._origin.id),
        ]
        return any(
            everybody.search_count([number, *outside], limit=1) for number in numbers
        )

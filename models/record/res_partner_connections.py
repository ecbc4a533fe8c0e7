from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .res_partner_connection_search import ENDS, PAGE


class ResPartner(models.Model):
    """Connecting a contact with customers, leads and people, from either side.

    A connection is a row of ``contact.relation``. Neither the parent nor the address
    nor the VAT number of anybody is written.
    """

    _inherit = "res.partner"

    # ------------------------------------------------------------
    # CONNECT
    # ------------------------------------------------------------

    def contact_connect(self, model, res_id, type_id=False, role=False):
        """Connect this contact with a customer, a person or a lead from today.

        What is connected by this type already stays one connection, and takes the
        role. One that had ended stays as history, and a new one begins.

        :param str model: ``res.partner`` or ``crm.lead``
        :param int type_id: ``contact.relation.type``; none: any present connection of
            the two counts
        :return: the id of the ``contact.relation``
        :raise UserError: this is no contact person, or the other end is gone
        :raise ValidationError: the type is not for such an end
        :raise AccessError: the contact may not be edited, or the end not be read
        """
        self.ensure_one()
        self.check_access("write")
        if not self.is_contact_person:
            raise UserError(
                self.env._(
                    "%s is a company, an address or a colleague. Only contact persons "
                    "can be connected. Open the contact and connect it there.",
                    self.display_name,
                )
            )
        end = self._contact_end(model, res_id)
        self._contact_lock_connections()
        relation_type = self.env["contact.relation.type"].browse(type_id or [])
        relation = self._contact_connection(end, relation_type)
        values = {"type_id": relation_type.id, "role": (role or "").strip()}
        values = {name: value for name, value in values.items() if value}
        today = fields.Date.context_today(self)
        if not relation:
            values |= {"contact_id": self.id, ENDS[model]: end.id, "date_start": today}
            return relation.create(values).id
        if relation.date_start and relation.date_start > today:
            values["date_start"] = today
        relation.write(values)
        return relation.id

    def contact_disconnect(self, relation_id):
        """End a connection of this contact, account or person today; it stays history.

        :param int relation_id: ``contact.relation``, of either end; ended ones stay
            as they are
        :raise UserError: this is no connection of this record
        :raise AccessError: the contact of the connection may not be edited
        """
        self.ensure_one()
        relation = self.env["contact.relation"].browse(relation_id).exists()
        relation.check_access("write")
        if self not in relation.contact_id | relation.partner_id:
            raise UserError(
                self.env._("The connection is not there any more. Reload the page.")
            )
        relation._end()
        return True

    def _contact_end(self, model, res_id):
        if model not in ENDS:
            raise UserError(
                self.env._("A contact is connected with customers, people and leads.")
            )
        end = self.env[model].browse(res_id).exists()
        if not end:
            raise UserError(
                self.env._("What you want to connect is gone. Search again.")
            )
        end.check_access("read")
        return end

    def _contact_connection(self, end, relation_type):
        """Return the present connection with ``end`` that this type would repeat."""
        relations = self.env["contact.relation"]
        here = Domain("contact_id", "=", self.id)
        here &= Domain(ENDS[end._name], "=", end.id)
        if relation_type._is_mutual():
            # spouses are connected, whichever of them was the first
            there = Domain("contact_id", "=", end.id) & Domain(
                "partner_id", "=", self.id
            )
            here |= there & Domain("type_id", "=", relation_type.id)
        today = fields.Date.context_today(self)
        # Superuser: the user may read both ends, which is what the rule asks.
        found = relations.sudo().search(here & relations._domain_not_ended(today))
        if relation_type:
            same = found.filtered(lambda relation: relation.type_id == relation_type)
            found = same or found.filtered(lambda relation: not relation.type_id)
        return found[:1].sudo(False)

    def _contact_lock_connections(self):
        """Of two users who connect the contact at once, the second is tried again.

        A row that is only locked would let the second go on with what it saw before.
        """
        self.env.cr.execute(
            SQL("UPDATE res_partner SET id = id WHERE id = %s", self.id),
            log_exceptions=False,
        )

    # ------------------------------------------------------------
    # THE CONTACT'S OWN SIDE
    # ------------------------------------------------------------

    def contact_connections(self, scope, former=False, limit=20, offset=0):
        """Return what this contact is connected with, as far as the user may read it.

        :param str scope: ``customers``, ``leads``, or ``people``: relations between
            people, in both directions, and people whose customer this person is
        :param bool former: those that ended, instead of the present ones
        :return: ``{"total": n, "former": how many have ended, "editable": bool,
            "employer": the main employer, with customers only, "records": [...]}``; a
            record has ``model``, ``id``, ``name``, ``subtitle``, ``inverse`` (seen
            from the other end), ``main`` (the employer) and what
            ``contact.relation._lines`` gives
        """
        self.ensure_one()
        self.check_access("read")
        domain = self._contact_connections_domain(scope)
        today = fields.Date.context_today(self)
        relations = self.env["contact.relation"]
        ended = Domain("date_end", "<=", today)
        present = relations._domain_not_ended(today)
        count = {True: relations.search_count(domain & ended)}
        if not former:
            count[False] = relations.search_count(domain & present)
        found = relations.search(
            domain & (ended if former else present),
            limit=max(1, min(int(limit), PAGE)),
            offset=max(0, int(offset)),
        )
        return {
            "total": count[bool(former)],
            "former": count[True],
            "editable": self._contact_connectable(),
            "employer": self._contact_employer() if scope == "customers" else False,
            "records": self._contact_connection_lines(found),
        }

    def _contact_connections_domain(self, scope):
        """Return the domain of the relations of a scope."""
        person = Domain("type_id.kind", "=", "person")
        mine = Domain("contact_id", "=", self.id)
        if scope == "people":
            return (mine & person) | Domain("partner_id", "=", self.id)
        if scope == "customers":
            accounts = Domain("partner_id", "!=", False)
            return mine & accounts & (Domain("type_id", "=", False) | ~person)
        if scope == "leads":
            return mine & Domain("lead_id", "!=", False)
        raise UserError(self.env._("There are customers, leads and people."))

    def _contact_connectable(self):
        """Whether the user may connect this contact with others."""
        return (
            self.contact_state != "obsolete"
            and self.has_access("write")
            and self.env["contact.relation"].has_access("create")
        )

    def _contact_employer(self):
        """Return the main employer, unless a connection shows it already."""
        employer = self.parent_id._filtered_access("read")
        if not employer:
            return False
        # Superuser: the user may read both ends.
        relations = self.env["contact.relation"].sudo()
        shown = Domain("contact_id", "=", self.id)
        shown &= Domain("partner_id", "=", employer.id)
        today = fields.Date.context_today(self)
        if relations.search_count(shown & relations._domain_not_ended(today), limit=1):
            return False
        subtitle = self._contact_subtitles(employer)[employer]
        return {"id": employer.id, "name": employer.name, "subtitle": subtitle}

    def _contact_connection_lines(self, relations):
        """Return a line for each; ``relations`` hold only what the user may read."""
        incoming = relations.filtered(lambda r: r.partner_id == self)
        lines = {
            **dict(zip(incoming, incoming._lines(other_side=True), strict=True)),
            **dict(
                zip(relations - incoming, (relations - incoming)._lines(), strict=True)
            ),
        }
        leads = relations.lead_id.sudo(False)
        partners = (relations.partner_id | incoming.contact_id).sudo(False)
        subtitles = {
            **self._contact_subtitles(leads),
            **self._contact_subtitles(partners),
        }
        records = []
        for relation in relations:
            end = relation.lead_id or relation.partner_id
            end = relation.contact_id if relation in incoming else end
            end = end.sudo(False)
            records.append(
                {
                    **lines[relation],
                    "model": end._name,
                    "id": end.id,
                    "name": end.name or end.display_name,
                    "subtitle": subtitles[end],
                    "inverse": relation in incoming,
                    "main": end == self.parent_id,
                }
            )
        return records

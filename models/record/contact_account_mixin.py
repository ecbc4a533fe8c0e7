from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

PAGE = 200
PERSON_FIELDS = (
    "name function email phone parent_id commercial_company_name active"
    " contact_current_id"
).split()


class ContactAccountMixin(models.AbstractModel):
    """A record that people belong to: a customer or a lead.

    Main API: ``contact_account_persons``. A customer may have tens of thousands of
    people: they are counted in the database, and only a page of them is read.
    """

    _name = "contact.account.mixin"
    _description = "Has Contact Persons"

    # The field of ``contact.relation`` that names a record of this model.
    _contact_relation_end = None

    def contact_account_persons(
        self, former=False, date=None, query="", limit=40, offset=0
    ):
        """Return the contact persons of this record, as far as the user may read them.

        :param bool former: those who were it and are no more, instead of the present
        :param date: a date or its ISO text: those who were it on that day, instead
        :param str query: part of a name, email or job position
        :return: ``{"total": n, "records": [...]}``; a record has ``id``, ``name``,
            ``function``, ``email``, ``phone``, ``employer`` (of another company),
            ``main`` (by the record itself, not by a relation), ``present_id`` (the
            present version, ``False`` if it may not be read), ``since``, ``until``
            (ISO dates or ``False``), ``label`` and ``role`` of the first relation, and
            all ``relations`` (see ``contact.relation._lines``)
        """
        self.ensure_one()
        self.check_access("read")
        day = fields.Date.to_date(date) if date else None
        domain = self._contact_persons_domain(bool(former), day)
        domain &= Domain.AND(
            Domain.OR(Domain(n, "ilike", word) for n in ("name", "email", "function"))
            for word in (query or "").split()
        )
        partners = self.env["res.partner"].with_context(active_test=False)
        query = partners._search(domain)
        # In lower case as people sort, and lest the database walk through the names
        # of all partners in their order to find the first forty of these.
        name, id_ = (SQL.identifier(query.table, column) for column in ("name", "id"))
        query.order = SQL("LOWER(%s), %s", name, id_)
        query.limit = max(1, min(int(limit), PAGE))
        query.offset = max(0, int(offset))
        persons = partners.browse(query)
        persons.fetch(PERSON_FIELDS)
        return {
            "total": partners.search_count(domain),
            "records": self._contact_person_lines(persons, bool(former), day),
        }

    # ------------------------------------------------------------
    # WHO
    # ------------------------------------------------------------

    def _contact_persons_domain(self, former, day):
        if day:
            domain = self._contact_persons_on(day)
        elif former:
            domain = self._contact_persons_former() & ~self._contact_persons_present()
        else:
            domain = self._contact_persons_present() & Domain("active", "=", True)
        return domain & Domain("contact_state", "!=", "obsolete")

    def _contact_persons_present(self):
        """Return the domain of those who belong here today.

        Override to add people who belong here by something else than a relation.
        """
        today = fields.Date.context_today(self)
        relations = self.env["contact.relation"]
        return self._contact_persons_related(relations._domain_at(today))

    def _contact_persons_former(self):
        """Return the domain of those who once belonged here."""
        today = fields.Date.context_today(self)
        return self._contact_persons_related(Domain("date_end", "<=", today))

    def _contact_persons_on(self, day):
        """Return the domain of those who belonged here on a day.

        A relation that nobody dated counts from the day it was noted.
        """
        relations = self.env["contact.relation"]
        noted = Domain("date_start", "!=", False) | Domain(
            "create_date", "<", fields.Date.add(day, days=1)
        )
        return self._contact_persons_related(relations._domain_at(day) & noted)

    def _contact_persons_related(self, domain):
        # Superuser: the user may read this end, and the contacts are asked for as
        # the user when the domain is used; the rule on relations asks for both again.
        relations = self.env["contact.relation"].sudo()
        query = relations._search(self._contact_end_domain() & domain)
        return self._contact_persons_in(query, "contact_id")

    def _contact_persons_in(self, query, *columns):
        """Return the domain of the partners in the first filled column of a query.

        Ids and no subquery: the database then looks them up one by one, where it
        would otherwise read all partners to join them with twenty thousand.
        """
        names = [SQL.identifier(query.table, column) for column in columns]
        column = SQL("COALESCE(%s)", SQL(", ").join(names))
        rows = self.env.execute_query(query.select(column))
        return Domain("id", "in", list({row[0] for row in rows} - {None}))

    def _contact_end_domain(self):
        return Domain(self._contact_relation_end, "=", self.id)

    # ------------------------------------------------------------
    # WHAT OF THEM
    # ------------------------------------------------------------

    def _contact_person_lines(self, persons, former, day):
        relations = self._contact_relations_of(persons, former, day)
        jobs = self._contact_jobs_of(persons, former)
        present = persons.contact_current_id._filtered_access("read")
        lines = dict(zip(relations, relations._lines(other_side=True), strict=True))
        by_contact = relations.grouped("contact_id")
        records = []
        for person in persons:
            mine = [lines[relation] for relation in by_contact.get(person, ())]
            current = person.contact_current_id or person
            records.append(
                {
                    **self._contact_person_values(person, jobs.get(person), mine),
                    "present_id": (current & (present | person)).id,
                    "main": self._contact_is_main(person),
                    "relations": mine,
                }
            )
        return records

    def _contact_person_values(self, person, job, lines):
        """Return the texts and dates of a line; the job is dated best, if known."""
        first = lines[0] if lines else {}
        dated = first
        if job:
            dated = {
                "since": fields.Date.to_string(job.date_start),
                "until": fields.Date.to_string(job.date_end),
            }
        elsewhere = person.parent_id.id != self.id or self._name != person._name
        return {
            "id": person.id,
            "name": person.name or person.display_name,
            "function": (job and job.function) or person.function,
            "email": person.email,
            "phone": person.phone,
            "employer": elsewhere and person.commercial_company_name,
            "label": first.get("label", ""),
            "role": first.get("role", False),
            "since": dated.get("since", False),
            "until": dated.get("until", False),
        }

    def _contact_relations_of(self, persons, former, day):
        relations = self.env["contact.relation"].sudo()  # as _contact_ids_related
        today = fields.Date.context_today(self)
        if former:
            when = Domain("date_end", "<=", today)
        else:
            when = relations._domain_at(day or today)
        who = Domain("contact_id", "in", persons.ids)
        return relations.search(self._contact_end_domain() & who & when)

    def _contact_jobs_of(self, persons, former):
        """Return ``{person: contact.employment}``. Override for employers."""
        return {}

    def _contact_is_main(self, person):
        """Whether a person belongs here by the record itself, not by a relation."""
        return False

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date

# What belongs to the job and does not go with the person.
BUSINESS_FIELDS = ("function", "email", "phone", "website", "vat", "company_name")
# Rows in these tables do not make a new version "used": they come with the record.
OWN_TABLES = frozenset(
    "res_partner mail_followers mail_notification contact_relation contact_employment"
    " contact_match_key contact_tag_mark crm_lead res_partner_res_partner_category_rel"
    " mail_message_res_partner_rel mail_message_res_partner_starred_rel".split()
)


class ResPartner(models.Model):
    """A job change makes a new version of the person; the old one stays behind."""

    _inherit = "res.partner"

    contact_job_change = fields.Json(
        copy=False,
        readonly=True,
        groups="base.group_system",
        help="What the job change moved that made this version, to undo it: "
        "{previous, leads, activities, relations, children, closed, opened}.",
    )
    contact_can_undo_job_change = fields.Boolean(
        compute="_compute_contact_can_undo_job_change"
    )

    def _compute_contact_can_undo_job_change(self):
        for partner in self:
            change = partner.sudo().contact_job_change
            partner.contact_can_undo_job_change = bool(change)

    # ------------------------------------------------------------
    # CHANGE
    # ------------------------------------------------------------

    def _contact_change_job(self, values, date, department, move_documents):
        """Make the version of this person in a new job; return it.

        :param dict values: ``parent_id``, ``function``, ``email``, ``phone`` of the job
        :param date date: first day of the new job, last day of the old one
        :param str department: of the new job, for the history
        :param bool move_documents: open opportunities and activities go along
        """
        self.ensure_one()
        self._contact_lock_job_change()
        self._contact_check_job_change(values, date)
        # Superuser: the new version is the same person to whom the user has the right,
        # and moving what hangs on it must not depend on the rights to each piece.
        old = self.sudo().with_context(
            mail_create_nosubscribe=True,
            tracking_disable=True,
            active_test=False,
            contact_keep_address=True,
        )
        new = old.copy(old._contact_new_version_values(values))
        employer = old.parent_id
        change = {
            "previous": old.id,
            **old._contact_move_personal(new, employer),
            **(old._contact_move_documents(new) if move_documents else {}),
            **old._contact_write_history(new, date, department),
        }
        (old | old.contact_former_ids).write({"contact_current_id": new.id})
        old.active = False
        new.contact_job_change = change
        new.sudo(False)._contact_check_version()
        old._contact_note_job_change(new, employer, date)
        return self.browse(new.id)

    def _contact_check_version(self):
        """Hook: refuse a new version that is a contact which is there already."""

    def _contact_lock_job_change(self):
        """The second of two users who change one person's job waits and then fails."""
        self.env.cr.execute(
            SQL("SELECT id FROM res_partner WHERE id = %s FOR UPDATE", self.id),
            log_exceptions=False,
        )
        self.invalidate_recordset(["contact_current_id"])

    def _contact_check_job_change(self, values, date):
        self.check_access("write")
        name = self.display_name
        if not self.is_contact_person:
            raise UserError(
                self.env._("%s is no contact person and so has no job to change.", name)
            )
        if self.contact_current_id:
            raise UserError(
                self.env._(
                    "%s is the record of a former job. Open the present contact and "
                    "change the job there.",
                    name,
                )
            )
        if values["parent_id"] and values["parent_id"] == self.parent_id.id:
            raise UserError(
                self.env._(
                    "%(name)s works at %(employer)s already. Edit the contact instead, "
                    "or choose another employer.",
                    name=name,
                    employer=self.parent_id.display_name,
                )
            )
        if self.sudo().user_ids:
            raise UserError(
                self.env._(
                    "%s has a login of the old job. Have an administrator archive the "
                    "login first.",
                    name,
                )
            )
        open_job = self.contact_employment_ids.filtered(lambda job: not job.date_end)
        starts = [job.date_start for job in open_job if job.date_start]
        if starts and date < max(starts):
            raise UserError(
                self.env._(
                    "The present job began on %s. Choose a later day.", max(starts)
                )
            )

    def _contact_new_version_values(self, values):
        """Return what the copy of this person gets in place of its own values."""
        address = {}
        names = self._address_fields()
        if all(self[name] == self.parent_id[name] for name in names):
            # the address of the old employer; the new one's is taken over
            address = dict.fromkeys(names, False)
        return {
            **dict.fromkeys(BUSINESS_FIELDS, False),
            **address,
            "name": self.name,
            "contact_first_name": self.contact_first_name,
            "contact_last_name": self.contact_last_name,
            "contact_mobile": self.contact_mobile,
            "is_contact_person": True,
            "active": True,
            **values,
        }

    def _contact_move_personal(self, new, employer):
        """Move what belongs to the person; return the ids by kind."""
        relations = self.env["contact.relation"].search(
            [
                "|",
                ("contact_id", "=", self.id),
                ("partner_id", "=", self.id),
            ]
        )
        going = relations.filtered(
            lambda r: (
                r.type_id.kind == "person"
                or r.partner_id == self
                or (r.partner_id and r.partner_id != employer and r._is_current())
            )
        )
        for relation in going:
            name = "contact_id" if relation.contact_id == self else "partner_id"
            relation[name] = new
        children = self.child_ids
        children.write({"parent_id": new.id})
        return {"relations": going.ids, "children": children.ids}

    def _contact_move_documents(self, new):
        """Move open opportunities and activities; return their ids by kind."""
        leads = self.env["crm.lead"].search(
            [
                ("partner_id", "=", self.id),
                ("active", "=", True),
                ("stage_id.is_won", "=", False),
            ]
        )
        leads.write({"partner_id": new.id})
        linked = self.env["contact.relation"].search(
            [("contact_id", "=", self.id), ("lead_id", "!=", False)]
        )
        linked = linked.filtered(
            lambda r: r.lead_id.active and not r.lead_id.stage_id.is_won
        )
        linked.contact_id = new
        activities = self.env["mail.activity"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", self.id)]
        )
        activities.write({"res_id": new.id})
        return {
            "leads": leads.ids,
            "activities": activities.ids,
            "lead_relations": linked.ids,
        }

    def _contact_write_history(self, new, date, department):
        """Close the old job and open the new one; return the ids of both rows."""
        jobs = self.env["contact.employment"].search([("partner_id", "=", self.id)])
        jobs.partner_id = new
        closed = jobs.filtered(lambda job: not job.date_end)[:1]
        made = False
        if not closed and (self.parent_id or self.function):
            made = True
            closed = jobs.create(
                {
                    "partner_id": new.id,
                    "employer_id": self.parent_id.id,
                    "employer_name": self.parent_id.name or self.env._("Unknown"),
                    "function": self.function,
                }
            )
        closed.write({"date_end": date, "version_id": self.id})
        opened = jobs.browse()
        if new.parent_id or new.function:
            opened = jobs.create(
                {
                    "partner_id": new.id,
                    "version_id": new.id,
                    "employer_id": new.parent_id.id,
                    "employer_name": new.parent_id.name or self.env._("Unknown"),
                    "function": new.function,
                    "department": department,
                    "date_start": date,
                }
            )
        return {"closed": closed.ids, "made": made, "opened": opened.ids}

    def _contact_note_job_change(self, new, employer, date):
        texts = {
            "name": self.name,
            "old": employer.name,
            "new": new.parent_id.name,
            "date": format_date(self.env, date),
        }
        if employer and new.parent_id:
            body = self.env._(
                "%(name)s went from %(old)s to %(new)s on %(date)s.", **texts
            )
        elif employer:
            body = self.env._("%(name)s left %(old)s on %(date)s.", **texts)
        elif new.parent_id:
            body = self.env._("%(name)s went to %(new)s on %(date)s.", **texts)
        else:
            body = self.env._("%(name)s changed jobs on %(date)s.", **texts)
        for partner in (self, new):
            partner.message_post(body=body, author_id=self.env.user.partner_id.id)

    # ------------------------------------------------------------
    # UNDO
    # ------------------------------------------------------------

    def contact_undo_job_change(self):
        """Take a fresh job change back: the version goes, the former one returns.

        :return: the action that opens the contact as it was
        :raise UserError: something has been linked to the new version, or there was
            no job change
        """
        self.ensure_one()
        self.check_access("write")
        self._contact_lock_job_change()
        new = self.sudo().with_context(active_test=False, tracking_disable=True)
        change = new.contact_job_change
        old = new.browse((change or {}).get("previous")).exists()
        if not old:
            raise UserError(
                self.env._("There is no job change of %s to undo.", self.display_name)
            )
        if not old.sudo(False).has_access("write"):
            raise AccessError(
                self.env._("You may not edit the former contact. Ask its owner.")
            )
        if used := new._contact_used_by(change):
            raise UserError(
                self.env._(
                    "The job change can't be undone any more: the new contact is used "
                    "by %s. Change the job back instead.",
                    ", ".join(used),
                )
            )
        new._contact_move_back(old, change)
        (new.contact_former_ids - old).contact_current_id = old
        old.write({"contact_current_id": False, "active": True})
        new.unlink()
        old.message_post(
            body=self.env._("The job change was undone."),
            author_id=self.env.user.partner_id.id,
        )
        return old.sudo(False)._contact_open()

    def _contact_move_back(self, old, change):
        relations = self.env["contact.relation"]
        for relation in relations.browse(change["relations"]).exists():
            name = "contact_id" if relation.contact_id == self else "partner_id"
            relation[name] = old
        relations.browse(change.get("lead_relations")).exists().contact_id = old
        self.browse(change["children"]).exists().write({"parent_id": old.id})
        self.env["crm.lead"].browse(change.get("leads")).exists().partner_id = old
        activities = self.env["mail.activity"].browse(change.get("activities"))
        activities.exists().res_id = old.id
        jobs = self.env["contact.employment"]
        jobs.browse(change["opened"]).exists().unlink()
        closed = jobs.browse(change["closed"]).exists()
        if change["made"]:
            closed.unlink()
        else:
            closed.write({"date_end": False})
        jobs.search([("partner_id", "=", self.id)]).partner_id = old

    def _contact_used_by(self, change):
        """Return the labels of what has been linked to this version since it is there.

        Every table that can name a partner is asked, those of other addons too.
        """
        used = []
        for table, column in self._contact_references():
            found = self.env.execute_query(
                SQL(
                    "SELECT 1 FROM %s WHERE %s = %s LIMIT 1",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    self.id,
                )
            )
            if found:
                used.append(self._contact_table_label(table))
        for model, domain in self._contact_documents(change):
            if self.env[model].search_count(domain, limit=1):
                used.append(self.env["ir.model"]._get(model).name)
        return list(dict.fromkeys(used))

    def _contact_references(self):
        """Return ``[(table, column)]`` of the foreign keys to partners."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT source.relname, attribute.attname
                  FROM pg_constraint
                  JOIN pg_class AS source ON source.oid = conrelid
                  JOIN pg_attribute AS attribute
                    ON attribute.attrelid = conrelid AND attribute.attnum = conkey[1]
                 WHERE confrelid = 'res_partner'::regclass AND contype = 'f'
                   AND cardinality(conkey) = 1
                 ORDER BY 1, 2
                """
            )
        )
        return [row for row in rows if row[0] not in OWN_TABLES]

    def _contact_documents(self, change):
        """Return ``[(model, domain)]`` of what names this version in another way."""
        here = [("res_id", "=", self.id)]
        leads, activities = change.get("leads") or [], change.get("activities") or []
        relations = change["relations"] + (change.get("lead_relations") or [])
        return [
            ("crm.lead", [("partner_id", "=", self.id), ("id", "not in", leads)]),
            (
                "mail.activity",
                [("res_model", "=", self._name), *here, ("id", "not in", activities)],
            ),
            (
                "mail.message",
                [
                    ("model", "=", self._name),
                    *here,
                    ("message_type", "not in", ("notification", "user_notification")),
                ],
            ),
            (
                "ir.attachment",
                [("res_model", "=", self._name), *here, ("res_field", "=", False)],
            ),
            (
                "contact.relation",
                [
                    "|",
                    ("contact_id", "=", self.id),
                    ("partner_id", "=", self.id),
                    ("id", "not in", relations),
                ],
            ),
            (
                self._name,
                [("parent_id", "=", self.id), ("id", "not in", change["children"])],
            ),
        ]

    def _contact_table_label(self, table):
        for name, model in self.env.registry.items():
            if model._table == table and not model._abstract:
                return self.env["ir.model"]._get(name).name
        return table

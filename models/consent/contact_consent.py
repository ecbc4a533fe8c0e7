from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from ...tools.ledger import text_digest

# What the hash of a row covers as it stands in the table.
COLUMNS = "origin_id purpose_id text_id decision source user_id lang note".split()


class ContactConsent(models.Model):
    """The ledger of what people agreed to: who, what, when, to which wording."""

    _name = "contact.consent"
    _inherit = ("contact.dependent.mixin", "contact.ledger.mixin")
    _description = "Consent"
    _order = "date desc, id desc"
    _rec_name = "purpose_id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    # A number and no link: where a job change or a merge took the row from is proven
    # by the journal of moves, and the record that was left may be gone.
    origin_id = fields.Integer(
        string="Recorded Contact",
        required=True,
        readonly=True,
        help="The number of the contact when the decision was recorded.",
    )
    purpose_id = fields.Many2one(
        "contact.consent.purpose", required=True, readonly=True, ondelete="restrict"
    )
    text_id = fields.Many2one(
        "contact.consent.text",
        string="Wording",
        index="btree_not_null",
        readonly=True,
        ondelete="restrict",
    )
    decision = fields.Selection(
        [("given", "Given"), ("withdrawn", "Withdrawn")], required=True, readonly=True
    )
    date = fields.Datetime(required=True, readonly=True)
    source = fields.Selection(
        [
            ("form", "Form of the contact"),
            ("paper", "Paper"),
            ("phone", "Telephone"),
            ("email", "Email"),
            ("meeting", "Meeting"),
            ("web", "Web page"),
            ("import", "Import"),
            ("merge", "Merge"),
        ],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        required=True,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    lang = fields.Char(string="Language", readonly=True)
    proof = fields.Many2many(
        "ir.attachment",
        "contact_consent_proof_rel",
        "consent_id",
        "attachment_id",
        readonly=True,
        ondelete="restrict",
        bypass_search_access=True,
    )
    note = fields.Text(readonly=True)

    _last_idx = models.Index("(partner_id, purpose_id, date DESC, id DESC)")
    _given_to_a_wording = models.Constraint(
        "CHECK (decision != 'given' OR text_id IS NOT NULL)",
        "Nobody can agree to nothing: write a wording of the purpose first.",
    )

    @api.depends("purpose_id.name", "decision")
    def _compute_display_name(self):
        decisions = dict(self._fields["decision"]._description_selection(self.env))
        for consent in self:
            purpose = consent.purpose_id.sudo().name or ""
            consent.display_name = f"{purpose}: {decisions.get(consent.decision, '')}"

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        ids = [vals.get("partner_id") for vals in vals_list]
        self.env["res.partner"].browse(filter(None, ids))._contact_check_not_frozen()
        consents = super().create(vals_list)
        consents._contact_check_text()
        for consent in consents:
            # The proof is as hidden as the row.
            consent.proof.write({"res_model": self._name, "res_id": consent.id})
        # A trigger of the database has changed them.
        self.env["contact.consent.standing"].invalidate_model()
        return consents

    def _contact_check_text(self):
        for consent in self:
            if consent.text_id and consent.text_id.purpose_id != consent.purpose_id:
                raise ValidationError(
                    self.env._("The wording belongs to another purpose. Choose again.")
                )

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_verify(self):
        """Read the whole ledger and say whether it is as it was written.

        :return: the action that shows a message, with the first row that is not
        :raise AccessError: the user is no administrator of contacts
        """
        if not self.env.user.has_group("contact_person.group_contact_manager"):
            raise AccessError(
                self.env._(
                    "Only administrators of contacts verify the ledger. Ask one of "
                    "them."
                )
            )
        read, broken = self.sudo()._contact_ledger_broken()
        if broken is None:
            kind = "success"
            message = self.env._("All %s decisions are as they were recorded.", read)
        else:
            kind, message = "danger", self._contact_broken_message(broken)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": kind, "message": message, "sticky": kind == "danger"},
        }

    def _contact_broken_message(self, broken):
        consent = self.sudo().browse(broken)
        if not broken or not consent.exists():
            return self.env._(
                "The last decisions are missing from the ledger, or the journal of "
                "erasures is not as it was recorded."
            )
        return self.env._(
            "Decision %(number)s is not as it was recorded, or the one before it is "
            "missing: %(decision)s, %(contact)s, %(date)s.",
            number=consent.id,
            decision=consent.display_name,
            contact=consent.partner_id.display_name,
            date=fields.Datetime.to_string(consent.date),
        )

    # ------------------------------------------------------------
    # THE CHAIN
    # ------------------------------------------------------------

    def _contact_ledger_row(self, vals):
        row = {
            "date": fields.Datetime.now(),
            "user_id": self.env.uid,
            "lang": self.env.lang,
            **vals,
        }
        row["origin_id"] = row.get("partner_id")
        row["date"] = fields.Datetime.to_datetime(row["date"]).replace(microsecond=0)
        row["proof"] = [Command.set(self._contact_proof_ids(row.get("proof")))]
        return row

    def _contact_proof_ids(self, commands):
        """Return the ids of the attachments that a new row names."""
        found = self.new({"proof": commands or []}).proof
        return found._origin.ids

    def _contact_ledger_facts(self, rows):
        proofs = self._contact_proofs(rows)
        wordings = self._contact_wordings(rows)
        return [
            {
                **{name: row.get(name) or None for name in COLUMNS},
                "date": fields.Datetime.to_string(row["date"]),
                "wording": wordings.get((row.get("text_id"), row.get("lang"))),
                "proof": proof,
            }
            for row, proof in zip(rows, proofs, strict=True)
        ]

    def _contact_wordings(self, rows):
        """Return the digest of the wording by text and language, as it is stored."""
        texts = self.env["contact.consent.text"]
        texts.flush_model(["body"])
        asked = {row["text_id"] for row in rows if row.get("text_id")}
        bodies = dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, body FROM %s WHERE id = ANY(%s)",
                    SQL.identifier(texts._table),
                    list(asked),
                )
            )
        )
        digests = {}
        for row in rows:
            body = bodies.get(row.get("text_id")) or {}
            lang = row.get("lang")
            text = body.get(lang) or body.get("en_US")
            digests[row.get("text_id"), lang] = text_digest(text)
        return digests

    def _contact_proofs(self, rows):
        """Return the sorted checksums of the proof, one list for each row."""
        attachments = self.env["ir.attachment"]
        attachments.flush_model(["checksum"])
        if rows and "id" not in rows[0]:
            named = [attachments.browse(row["proof"][0][2]) for row in rows]
            return [sorted(a.checksum or "" for a in files) for files in named]
        found = self.env.execute_query(
            SQL(
                """
                SELECT consent_id, array_agg(COALESCE(checksum, ''))
                  FROM contact_consent_proof_rel
                  JOIN ir_attachment ON ir_attachment.id = attachment_id
                 WHERE consent_id = ANY(%s)
                 GROUP BY consent_id
                """,
                [row["id"] for row in rows],
            )
        )
        sums = dict(found)
        return [sorted(sums.get(row["id"], [])) for row in rows]

    def _contact_ledger_broken(self):
        """Read the rows and the journal of who they were handed to."""
        read, broken = super()._contact_ledger_broken()
        _moves, move = self.env["contact.consent.move"]._contact_ledger_broken()
        if move:
            move = self.env["contact.consent.move"].browse(move).consent_id.id
        found = [row for row in (broken, move, self._contact_misplaced()) if row]
        if found:
            return read, min(found)
        erasures = self.env["contact.consent.erasure"]
        _erasures, erasure = erasures._contact_ledger_broken()
        return read, broken if move is None and erasure is None else 0

    def _contact_ledger_erased(self):
        return self.env["contact.consent.erasure"]._contact_links(self._name)

    def _contact_misplaced(self):
        """Return the first row that is with a contact nobody handed it to, or None."""
        found = self.env.execute_query(
            SQL(
                """
                SELECT consent.id
                  FROM contact_consent AS consent
                  LEFT JOIN LATERAL (
                       SELECT target_id FROM contact_consent_move
                        WHERE consent_id = consent.id ORDER BY id DESC LIMIT 1
                  ) AS move ON TRUE
                 WHERE consent.partner_id
                       != COALESCE(move.target_id, consent.origin_id)
                 ORDER BY consent.id LIMIT 1
                """
            )
        )
        return found[0][0] if found else None

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    def _contact_hand_over(self, target):
        """Put these rows under another contact; the one change the database allows."""
        moves = self.env["contact.consent.move"].sudo()
        moves.create(
            [
                {
                    "consent_id": consent.id,
                    "source_id": consent.partner_id.id,
                    "target_id": target.id,
                }
                for consent in self
            ]
        )
        switch = "SELECT set_config('contact_person.consent_move', %s, TRUE)"
        self.env.cr.execute(SQL(switch, "on"))
        self.env.cr.execute(
            SQL(
                "UPDATE contact_consent SET partner_id = %s WHERE id = ANY(%s)",
                target.id,
                self.ids,
            )
        )
        self.env.cr.execute(SQL(switch, ""))
        self.env["contact.consent"].invalidate_model()
        self.env["contact.consent.standing"].invalidate_model()

    @api.model
    def _contact_last(self, partner_ids, purpose_ids, at):
        """Return the last decision of each contact on each purpose, in one query.

        :param datetime at: what was decided later does not count
        :return: ``{(partner id, purpose id): row}`` with the keys id, decision, date,
            text_id, source, user_id, lang
        """
        self.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT ON (partner_id, purpose_id) id, partner_id, purpose_id,
                       decision, date, text_id, source, user_id, lang
                  FROM contact_consent
                 WHERE partner_id = ANY(%s) AND purpose_id = ANY(%s) AND date <= %s
                 ORDER BY partner_id, purpose_id, date DESC, id DESC
                """,
                list(partner_ids),
                list(purpose_ids),
                at,
            )
        )
        rows = self.env.cr.dictfetchall()
        return {(row["partner_id"], row["purpose_id"]): row for row in rows}

    @api.model
    def _contact_of(self, partners):
        """Return the domain of the decisions of persons, whichever version is named."""
        present = {partner._contact_present().id for partner in partners}
        return Domain("partner_id", "in", list(present))

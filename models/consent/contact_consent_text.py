from odoo import api, fields, models
from odoo.exceptions import UserError

# Whoever writes round Python, as the loading of translations does, meets this. Each
# decision keeps the words it refers to: those in its language, or else in English.
_GUARD = """
CREATE OR REPLACE FUNCTION contact_consent_text_guard() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.purpose_id, NEW.version, NEW.date_from)
       IS NOT DISTINCT FROM (OLD.purpose_id, OLD.version, OLD.date_from)
       AND NOT EXISTS (
           SELECT FROM contact_consent AS row
            WHERE row.text_id = OLD.id
              AND COALESCE(NULLIF(NEW.body ->> row.lang, ''), NEW.body ->> 'en_US')
                  IS DISTINCT FROM
                  COALESCE(NULLIF(OLD.body ->> row.lang, ''), OLD.body ->> 'en_US')
       )
    THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT FROM contact_consent WHERE text_id = OLD.id) THEN
        RAISE EXCEPTION 'contact_consent_text %: an accepted wording is kept', OLD.id;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$ LANGUAGE plpgsql;
DROP TRIGGER IF EXISTS contact_consent_text_rows ON contact_consent_text;
CREATE TRIGGER contact_consent_text_rows
    BEFORE UPDATE OR DELETE ON contact_consent_text
    FOR EACH ROW EXECUTE FUNCTION contact_consent_text_guard()
"""


class ContactConsentText(models.Model):
    """A wording of a purpose; one that somebody accepted stays as it is.

    It can still be translated into languages in which nobody has decided on it.
    """

    _name = "contact.consent.text"
    _inherit = "contact.translated.mixin"
    _description = "Consent Wording"
    _order = "purpose_id, version desc"

    purpose_id = fields.Many2one(
        "contact.consent.purpose", required=True, index=True, ondelete="cascade"
    )
    version = fields.Integer(readonly=True, copy=False)
    body = fields.Html(string="Wording", required=True, translate=True)
    date_from = fields.Date(
        string="Valid from", required=True, default=fields.Date.context_today
    )
    company_id = fields.Many2one(related="purpose_id.company_id")
    is_used = fields.Boolean(string="Accepted", compute="_compute_is_used")

    _version_unique = models.Constraint(
        "UNIQUE (purpose_id, version)",
        "Somebody else made a version of this wording just now. Save again.",
    )

    def init(self):
        self.env.cr.execute(_GUARD)

    def _compute_is_used(self):
        used = self._contact_used()
        for text in self:
            text.is_used = text in used

    @api.depends("purpose_id.name", "version")
    def _compute_display_name(self):
        for text in self:
            text.display_name = self.env._(
                "%(purpose)s, version %(version)s",
                purpose=text.purpose_id.name or "",
                version=text.version,
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        purposes = {vals.get("purpose_id") for vals in vals_list}
        last = dict(
            self.sudo()._read_group(
                [("purpose_id", "in", list(purposes))], ["purpose_id"], ["version:max"]
            )
        )
        last = {purpose.id: version for purpose, version in last.items()}
        rows = []
        for vals in vals_list:
            key = vals.get("purpose_id")
            last[key] = last.get(key, 0) + 1
            rows.append({**vals, "version": last[key]})
        return super().create(rows)

    def write(self, vals):
        vals = {name: value for name, value in vals.items() if name != "version"}
        # Odoo writes back what is there when a translation changes.
        same = vals.keys() == {"body"} and all(t.body == vals["body"] for t in self)
        if vals and not same:
            self._contact_check_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._contact_check_unused()

    def update_field_translations(self, field_name, translations, source_lang=""):
        """Translate a wording, into other languages also when it has been accepted."""
        self.check_access("write")
        self._contact_check_untold(translations)
        return super().update_field_translations(field_name, translations, source_lang)

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    def _contact_translate(self, field_name, translations):
        self.check_access("write")
        self._contact_check_unused()
        return super()._contact_translate(field_name, translations)

    def _contact_used(self):
        """Return those of these wordings that somebody accepted or withdrew."""
        # Superuser: a decision counts, whoever may see the person.
        consents = self.env["contact.consent"].sudo()
        groups = consents._read_group([("text_id", "in", self.ids)], ["text_id"])
        return self.browse(text.id for (text,) in groups)

    def _contact_told_languages(self):
        """Return the codes of the languages in which people decided on this wording."""
        # Superuser: a decision counts, whoever may see the person.
        consents = self.env["contact.consent"].sudo()
        groups = consents._read_group([("text_id", "=", self.id)], ["lang"])
        told = {lang or "en_US" for (lang,) in groups}
        bodies = self._fields["body"]._get_stored_translations(self) or {}
        # Without a translation they were shown the English words.
        return told | {"en_US" for lang in told if not bodies.get(lang)}

    def _contact_check_untold(self, languages):
        for text in self:
            if told := text._contact_told_languages().intersection(languages):
                names = dict(self.env["res.lang"].get_installed())
                raise UserError(
                    self.env._(
                        "“%(wording)s” has been accepted in %(language)s, so it stays "
                        "as it is in that language. Add a new version of the wording "
                        "instead.",
                        wording=text.display_name,
                        language=", ".join(names.get(code, code) for code in told),
                    )
                )

    def _contact_check_unused(self):
        if used := self._contact_used():
            raise UserError(
                self.env._(
                    "“%s” has been accepted, so it stays as it is. Add a new version "
                    "of the wording instead.",
                    used[0].display_name,
                )
            )

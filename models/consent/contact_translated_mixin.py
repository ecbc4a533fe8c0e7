from psycopg2.extras import Json

from odoo import models
from odoo.tools import SQL, html_sanitize


class ContactTranslatedMixin(models.AbstractModel):
    """Takes a text in several languages at once, also in those not yet installed.

    A wording had better be whole before somebody accepts it: who is shown another
    language than their own keeps the wording from being translated into theirs.
    """

    _name = "contact.translated.mixin"
    _description = "Texts in Several Languages"

    def _contact_translate(self, field_name, translations):
        """Store a translated field of one record.

        :param dict translations: the text by code of the language, with ``en_US``
        """
        self.ensure_one()
        self.check_access("write")
        field = self._fields[field_name]
        if field.type == "html":
            translations = {
                lang: str(html_sanitize(text)) for lang, text in translations.items()
            }
        self.write({field_name: translations["en_US"]})
        self.flush_recordset([field_name])
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s",
                SQL.identifier(self._table),
                SQL.identifier(field_name),
                Json(translations),
                self.id,
            )
        )
        self.invalidate_recordset([field_name])

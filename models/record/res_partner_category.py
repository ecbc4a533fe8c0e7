from odoo import api, fields, models

SEPARATOR = "/"


class ResPartnerCategory(models.Model):
    """Tags in a hierarchy by prefix, which can be retired without being taken away."""

    _inherit = "res.partner.category"

    contact_retired = fields.Boolean(
        string="Retired",
        help="Contacts keep the tag, but it can't be set any more.",
    )

    @api.model
    def name_create(self, name):
        """``Fair / Hannover`` makes Hannover under Fair; both only if missing."""
        tag = self.browse()
        for part in filter(None, map(str.strip, name.split(SEPARATOR))):
            known = self.search(
                [("name", "=ilike", _literal(part)), ("parent_id", "=", tag.id)],
                limit=1,
            )
            tag = known or self.create({"name": part, "parent_id": tag.id})
        return (tag.id, tag.display_name) if tag else super().name_create(name)


def _literal(text):
    """Return a pattern for ``=ilike`` that matches this text alone."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

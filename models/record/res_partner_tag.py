from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResPartner(models.Model):
    """Remembers who set a tag and when."""

    _inherit = "res.partner"

    contact_tag_mark_ids = fields.One2many(
        "contact.tag.mark",
        "partner_id",
        string="Tag History",
        readonly=True,
        groups="base.group_user",
    )

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        tagged = partners.browse(
            partner.id
            for partner, vals in zip(partners, vals_list, strict=True)
            if vals.get("category_id")
        )
        tagged._contact_mark_tags({})
        return partners

    def write(self, vals):
        if "category_id" not in vals:
            return super().write(vals)
        before = {partner.id: partner.category_id for partner in self}
        result = super().write(vals)
        self._contact_mark_tags(before)
        return result

    def _contact_mark_tags(self, before):
        """Note the tags that came and went.

        :param dict before: ``{id: tags}`` before the change
        :raise ValidationError: a tag that came is retired
        """
        # Superuser: the history of tags is written by nobody but the tags.
        marks = self.env["contact.tag.mark"].sudo()
        now, user = fields.Datetime.now(), self.env.uid
        came, gone = [], set()
        for partner in self.filtered("is_contact_person"):
            known = before.get(partner.id, partner.category_id.browse())
            new = partner.category_id - known
            self._contact_check_retired(new)
            came += [(partner.id, tag.id) for tag in new]
            gone |= {(partner.id, tag.id) for tag in known - partner.category_id}
        marks.create(
            [
                {
                    "partner_id": partner_id,
                    "category_id": tag_id,
                    "user_id": user,
                    "date_start": now,
                }
                for partner_id, tag_id in came
            ]
        )
        if gone:
            open_marks = marks.search(
                [("partner_id", "in", self.ids), ("date_end", "=", False)]
            )
            open_marks.filtered(
                lambda mark: (mark.partner_id.id, mark.category_id.id) in gone
            ).write({"date_end": now, "end_user_id": user})

    def _contact_check_retired(self, tags):
        retired = tags.filtered("contact_retired")
        if retired and not self.env.su:
            raise ValidationError(
                self.env._(
                    "The tag “%s” is retired and can't be set any more. Choose another "
                    "one, or have an administrator of contacts bring it back.",
                    retired[0].display_name,
                )
            )

from itertools import chain

from odoo import api, models
from odoo.exceptions import ValidationError


class MailTemplate(models.Model):
    _inherit = "mail.template"

    @api.constrains("model_id", "report_template_ids")
    def _check_contact_reports(self):
        """Refuse reports of other models.

        They would be printed of whatever has the same number, by Odoo as superuser
        where a mail goes out by itself.
        """
        for template in self:
            for report in template.report_template_ids:
                if report.model != template.model:
                    raise ValidationError(
                        self.env._(
                            "The report “%(report)s” does not print what this template "
                            "is for. Choose a report of %(model)s.",
                            report=report.name,
                            model=template.model_id.name,
                        )
                    )

    def _render_field(self, field, res_ids, *args, **kwargs):
        """Write to nobody who is hidden from who made the template.

        But to whom the document concerns. Odoo writes as superuser, and shows on the
        document to whom.
        """
        self._contact_check_rendered(res_ids)
        rendered = super()._render_field(field, res_ids, *args, **kwargs)
        if field != "partner_to":
            return rendered
        asked = {id_: self._parse_partner_to(text) for id_, text in rendered.items()}
        partners = self.env["res.partner"].browse({*chain(*asked.values())})
        author = self._contact_author()
        hidden = partners.with_user(author)._contact_hidden().ids
        if author._is_superuser() or not hidden:
            return rendered
        # Superuser: Odoo shows the customer of a document by name.
        documents = self.env[self.model].browse(asked).exists().sudo()
        known = documents.with_context(prefetch_fields=False)._mail_get_partners()
        for id_, ids in asked.items():
            told = known[id_].ids if id_ in known else ()
            kept = [one for one in ids if one in told or one not in hidden]
            rendered[id_] = ",".join(map(str, kept))
        return rendered

    def _contact_author(self):
        """Return who wrote the template last, or else who uses it."""
        # Superuser: who it is is no news.
        author = self.sudo().write_uid
        return self.env.user if author._is_superuser() else author

    def _contact_check_rendered(self, res_ids):
        """Ask for contacts of whom a template tells where Odoo does as superuser.

        :param res_ids: ids of the model of the template
        """
        author = self._contact_author()
        if self.env.su and self.model == "res.partner" and not author._is_superuser():
            contacts = self.env["res.partner"].browse(res_ids).exists()
            contacts.with_user(author)._contact_hidden().check_access("read")

    def send_mail_batch(
        self,
        res_ids,
        force_send=False,
        raise_exception=False,
        email_values=None,
        email_layout_xmlid=False,
    ):
        """Refuse to write in the name of a hidden contact.

        Odoo makes the mail as superuser, from whatever values the caller sends.
        """
        if not self.env.su:
            self.env["mail.message"]._contact_checked([email_values or {}])
        return super().send_mail_batch(
            res_ids,
            force_send=force_send,
            raise_exception=raise_exception,
            email_values=email_values,
            email_layout_xmlid=email_layout_xmlid,
        )

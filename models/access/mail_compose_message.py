from itertools import chain

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.mail.tools.parser import parse_res_ids

from ..linked import linked_ids


class MailComposeMessage(models.TransientModel):
    """Mails to a customer whom the user may not read, from a document of his."""

    _inherit = "mail.compose.message"

    @api.model_create_multi
    def create(self, vals_list):
        """Write to hidden contacts, too, whom the document concerns.

        Odoo refuses to link what the user may not read.
        """
        parted = [self._contact_part_recipients(vals) for vals in vals_list]
        composers = super().create([vals for vals, _hidden in parted])
        for composer, (_vals, hidden) in zip(composers, parted, strict=True):
            composer._contact_link_recipients(hidden)
            composer._contact_documents({}).check_access("read")
        return composers

    def write(self, vals):
        vals, hidden = self[:1]._contact_part_recipients(vals)
        result = super().write(vals)
        self._contact_link_recipients(hidden)
        if not {"model", "res_ids"}.isdisjoint(vals):
            for composer in self:
                composer._contact_documents({}).check_access("read")
        return result

    def _contact_part_recipients(self, vals):
        """Return the values without hidden recipients, and those."""
        nobody = self.env["res.partner"]
        default = () if self else self.env.context.get("default_partner_ids", ())
        commands = vals.get("partner_ids", default)
        if not commands or self.env.su:
            return vals, nobody
        kept, linked = self._contact_hidden_recipients(vals)._contact_part(commands)
        return ({**vals, "partner_ids": kept} if linked else vals), linked

    def _contact_link_recipients(self, hidden):
        if hidden:
            # Superuser: those concerned by a document that the user reads.
            linked = [Command.link(id_) for id_ in hidden.ids]
            self.sudo().with_context(prefetch_fields=False).partner_ids = linked
            # the user reads those whom he may see
            self.env.flush_all()
            self.invalidate_recordset(["partner_ids"])

    def onchange(self, values, field_names, fields_spec):
        hidden = self._contact_hidden_recipients(values)
        named = hidden._contact_name_in(self)
        spec = hidden._contact_without_lines(fields_spec)
        answer = super(MailComposeMessage, named).onchange(values, field_names, spec)
        answer = hidden._contact_fill_lines(answer, fields_spec)
        for command in answer["value"].get("partner_ids", ()):
            linked = command[0] == Command.LINK and command[1] in hidden.ids
            if linked and "email" in command[2]:
                command[2]["email"] = hidden.browse(command[1])._contact_mask()
        return answer

    def _compute_partner_ids_all_have_email(self):
        for composer in self:
            hidden = composer._contact_hidden_recipients({})
            hidden._contact_lend("active", "email")
        return super()._compute_partner_ids_all_have_email()

    def _action_send_mail(self, auto_commit=False):
        """Send to hidden contacts, too, whom the document concerns.

        What a user reads of the recipients of his mail is those that he may see.
        """
        self._contact_add_hidden()
        # the recipients are the composer's; a message would take these by default
        bare = self.with_context(default_partner_ids=False)
        send = super(MailComposeMessage, bare)._action_send_mail
        return send(auto_commit=auto_commit)

    def _action_schedule_message(self):
        self._contact_add_hidden()
        bare = self.with_context(default_partner_ids=False)
        return super(MailComposeMessage, bare)._action_schedule_message()

    def _contact_add_hidden(self):
        """Have the code that sends know the hidden recipients that were saved."""
        for composer in self.filtered("model"):
            hidden = composer._contact_hidden_recipients({})
            if not hidden:
                continue
            # Superuser: the recipients that were saved, of these those concerned.
            saved = composer.sudo().with_context(prefetch_fields=False)
            saved.invalidate_recordset(["partner_ids"], flush=False)
            hidden &= saved.partner_ids.with_env(self.env)
            saved.invalidate_recordset(["partner_ids"], flush=False)
            recipients = composer.partner_ids | hidden
            hidden._contact_lend("active")
            composer._update_cache({"partner_ids": [Command.set(recipients.ids)]})

    def _prepare_mail_values(self, res_ids):
        """Refuse a template for contacts in a mail about something else.

        It would tell of whatever contact has the number of that.
        """
        template = self.template_id.sudo()
        if template.model == "res.partner" and self.model != "res.partner":
            raise UserError(
                self.env._(
                    "The template “%s” is for contacts. Choose one for what the mail "
                    "is about.",
                    template.name,
                )
            )
        return super()._prepare_mail_values(res_ids)

    def _get_recipients_data(self, mail_values_dict):
        """Look at the addresses of hidden recipients, too, no longer than for this."""
        commands = chain.from_iterable(
            values.get("recipient_ids") or () for values in mail_values_dict.values()
        )
        recipients = self.env["res.partner"].browse(linked_ids([*commands]))
        hidden = recipients._contact_hidden()
        hidden._contact_lend("email")
        found = super()._get_recipients_data(mail_values_dict)
        hidden.invalidate_recordset(["email"])
        return found

    def _contact_documents(self, values):
        """Return what the mail is about, whose names Odoo reads as superuser."""
        context = self.env.context
        name = values.get("model") or self.model or context.get("default_model")
        ids = values.get("res_ids") or self.res_ids or context.get("default_res_ids")
        documents = self.env[name if name in self.env else self._name]
        return documents.browse(parse_res_ids(ids, self.env) if ids else ())

    def _contact_lent(self, values):
        return super()._contact_lent(values) | self._contact_hidden_recipients(values)

    def _contact_hidden_recipients(self, values):
        """Return the hidden contacts whom the one document of the mail concerns."""
        documents = self._contact_documents(values)
        partners = self.env["res.partner"]
        if len(documents) != 1:
            return partners
        return partners._contact_concerned_by(
            documents._name, documents.id
        )._contact_hidden()

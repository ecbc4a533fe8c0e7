from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command, Domain

from ..linked import linked_ids
from .res_partner import AccessGrant

# What decides over the language, the taxes and the terms of a document, whether a list
# of people shows one, and which companies count the documents of an address.
_TERMS = frozenset(
    "active company_id lang tz vat country_id state_id zip commercial_partner_id"
    " invoice_template_pdf_report_id user_ids parent_id".split()
)
# What warns who makes a document, with the name: not of a hidden customer.
_WARNINGS = frozenset(
    "invoice_warn_msg picking_warn_msg purchase_warn_msg sale_warn_msg".split()
)


class ResPartner(models.Model):
    """Hidden contacts whom a document concerns that the user may work on.

    Who sells to a customer whose contact he may not read still converts the lead, meets
    and mails. Nothing is opened for that: Odoo's code is handed the few values that it
    needs, and the user is shown names.
    """

    _inherit = "res.partner"

    def _contact_hidden(self):
        """Return those of these contacts that the user may not read.

        By a search: a check of the access in Python has all fields of a contact come
        into the cache, from where everything could read them.
        """
        partners = self._origin
        if self.env.su or not partners or not self.env.user._is_internal():
            return partners.browse()
        every = partners.with_context(active_test=False)
        seen = every._search(Domain("id", "in", partners.ids))
        return partners - partners.browse(seen.get_result_ids())

    def _contact_seen(self):
        return self - self._contact_hidden()

    @api.model
    def _contact_concerned_by(self, model, id_):
        """Return whom a document concerns that the user may read.

        :param str model: with a chatter, else nobody is concerned
        """
        nobody = self.env["res.partner"]
        if not id_ or not model or model not in self.env:
            return nobody
        document = self.env[model].browse(id_)
        if "message_partner_ids" not in document:
            return nobody
        return document._contact_concerned()

    def _fetch_field(self, field):
        """Let Odoo's code know the terms of a customer whose document it works on.

        Taxes, payment and language of a quotation or an invoice are his, not those of
        the user. A client is told nothing of it.
        """
        try:
            return super()._fetch_field(field)
        except AccessError:
            terms = field.name in _TERMS | _WARNINGS or field.company_dependent
            if not terms or not self.env.user._is_internal():
                raise
        # the refusal has brought the whole contact into the cache
        self.invalidate_recordset()
        if field.name in _WARNINGS:
            hidden = self._contact_hidden()
            (self - hidden)._contact_lend(field.name)
            return field._update_cache(hidden, False)
        return self._contact_lend(field.name)

    def _check_access(self, operation):
        """Let a document be linked to those whom it concerns, hidden or not."""
        linked = self.env.context.get("contact_linked")
        asked = self
        if operation == "read" and isinstance(linked, AccessGrant):
            asked -= self.browse(linked.ids)
        return super(ResPartner, asked)._check_access(operation)

    def _contact_lend(self, *names):
        """Have the code of this request read some fields of contacts, and only those.

        They lie in the cache afterwards, where Odoo asks for no access. A client is
        told nothing: what answers him (``read``, ``web_read``, …) does ask.

        :param str names: fields, as few as the code needs
        """
        # Superuser: the contacts are hidden from the user. Without prefetching, as it
        # would bring all other fields along.
        lent = self.sudo().with_context(prefetch_fields=False)
        for name in names:
            lent.mapped(name)
        if "display_name" in names:
            # which is not the same for the superuser, see its method
            for partner, known in zip(self, lent, strict=True):
                partner._update_cache({"display_name": known.display_name})

    def _contact_name_in(self, records):
        """Return the records, in whose answers these hidden contacts have their names.

        :param records: of any model, whose document the user may read
        """
        if not self:
            return records
        self._contact_lend("active")
        return records.with_context(contact_named=AccessGrant(self.ids))

    def _contact_part(self, commands):
        """Return the commands without these contacts, and those of them they link."""
        if all(isinstance(command, int) for command in commands):
            commands = [Command.set(commands)]
        linked, kept = set(), []
        for command in commands:
            if command[0] == Command.SET:
                linked.update(set(command[2]) & set(self.ids))
                seen = [id_ for id_ in command[2] if id_ not in self.ids]
                kept.append(Command.set(seen))
            elif command[0] == Command.LINK and command[1] in self.ids:
                linked.add(command[1])
            else:
                kept.append(command)
        return kept, self.browse(linked)

    @api.model
    def _contact_part_closed(self, commands):
        """Do the same with those of the linked contacts that are not everyone's.

        Most are, or are colleagues, and their own columns say so without a query.
        """
        # Superuser: what the columns say is no answer to the user.
        every = self.browse(linked_ids(commands)).sudo()
        closed = every.filtered(lambda partner: not partner._contact_is_open("read"))
        closed.invalidate_recordset()
        return closed.with_env(self.env)._contact_part(commands)

    def _contact_without_lines(self, fields_spec):
        """Return what a form asks, but of the people in it nothing.

        Odoo reads them all at once, which these hidden contacts would end.
        """
        if not self or "partner_ids" not in fields_spec:
            return fields_spec
        return {**fields_spec, "partner_ids": {}}

    def _contact_fill_lines(self, answer, fields_spec):
        """Have the answer to a form tell what it asked of the people in it."""
        asked = fields_spec.get("partner_ids", {}).get("fields")
        commands = answer.get("value", {}).get("partner_ids")
        if self and asked and commands:
            people = self._contact_name_in(self.browse())
            answer["value"]["partner_ids"] = [
                (Command.LINK, command[1], *people.browse(command[1]).web_read(asked))
                if command[0] == Command.LINK
                else command
                for command in commands
            ]
        return answer

    def _contact_mask(self):
        """Return what stands for the email of a hidden contact, or False.

        A client asks for the email of who has none, and sends nothing to what does not
        look like one. Mail to this domain goes nowhere (RFC 2606).
        """
        self.ensure_one()
        # Superuser: whether there is one; the mail could not go out without.
        return f"contact-{self.id}@hidden.invalid" if self.sudo().email else False

    def fetch(self, field_names=None):
        """Export the hidden customers of documents by name, where that is all."""
        named = self.env.context.get("contact_named")
        if field_names == ["display_name"] and isinstance(named, AccessGrant):
            hidden = (self & self.browse(named.ids))._contact_hidden()
            hidden._contact_lend("display_name")
            self -= hidden
        return super().fetch(field_names)

    @api.readonly
    def web_read(self, specification):
        """Give of a hidden contact whom a document concerns the name, nothing else."""
        named = self.env.context.get("contact_named")
        if not isinstance(named, AccessGrant) or named.ids.isdisjoint(self.ids):
            return super().web_read(specification)
        hidden = self.filtered(lambda partner: partner._origin.id in named.ids)
        shown = super(ResPartner, self - hidden).web_read(specification)
        answers = {values["id"]: values for values in shown}
        # Superuser: the name, as Odoo shows that of the customer of a document.
        for partner in hidden.sudo():
            answer = {"id": partner.id, **dict.fromkeys(specification, False)}
            for name in {"display_name", "name"}.intersection(answer):
                answer[name] = partner[name]
            answers[partner.id] = answer
        return [answers[id_] for id_ in self._ids]

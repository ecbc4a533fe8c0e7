from odoo.addons.mail.controllers.thread import ThreadController


class ContactThreadController(ThreadController):
    """Messages to the customer of a document, also where he is hidden."""

    def _prepare_message_data(self, post_data, *, thread, **kwargs):
        # Odoo leaves out whom the user may not read, without a word.
        res = super()._prepare_message_data(post_data, thread=thread, **kwargs)
        asked = {int(id_) for id_ in post_data.get("partner_ids") or ()}
        if left_out := asked.difference(res.get("partner_ids") or ()):
            known = thread._contact_concerned() & thread.env["res.partner"].browse(
                left_out
            )
            named = "partner_id" not in thread or thread.partner_id
            if not named and thread._name != "crm.lead":
                # most documents make a customer of whom they are about by the email
                known = known.browse()
            res["partner_ids"] = [*res["partner_ids"], *known._contact_hidden().ids]
        return res

import ast
import json
import re

from markupsafe import Markup

from odoo import models


class IrFilters(models.Model):
    """Saved filters lose an additional field that is deleted, and their users hear."""

    _inherit = "ir.filters"

    def _contact_forget(self, field_name, label):
        """Take a field out of all saved filters; tell the users whose filters change.

        A grouping or order goes without it. A filter that searched for it would find
        something else, so it is deleted.
        """
        domain = ["|", "|"] + [
            (text, "like", field_name) for text in ("domain", "context", "sort")
        ]
        named = re.compile(rf"\b{re.escape(field_name)}\b")
        found = self.with_context(active_test=False).search(domain)
        found = found.filtered(
            lambda f: any(named.search(t or "") for t in (f.domain, f.context, f.sort))
        )
        searching = found.filtered(lambda f: named.search(f.domain or ""))
        for filter_ in found - searching:
            filter_._contact_ungroup(named)
        for user in found.user_ids:
            mine = found.filtered(lambda f, user=user: user in f.user_ids)
            mine._contact_tell(user, searching, label)
        searching.unlink()

    def _contact_ungroup(self, named):
        try:
            context = ast.literal_eval(self.context or "{}")
        except (ValueError, SyntaxError):
            context = {}
        context = {
            key: [item for item in value if not named.search(str(item))]
            if isinstance(value, list)
            else value
            for key, value in context.items()
            if isinstance(value, list) or not named.search(str(value))
        }
        sort = json.loads(self.sort or "[]")
        sort = json.dumps([item for item in sort if not named.search(item)])
        self.write({"context": repr(context), "sort": sort})

    def _contact_tell(self, user, deleted, label):
        env = self.with_context(lang=user.lang).env
        gone = env._("deleted, since it searched for the field")
        kept = env._("goes on without the field")
        lines = [f"{f.name}: {gone if f in deleted else kept}" for f in self]
        intro = env._(
            "The additional field %(field)s was deleted. Your saved filters:",
            field=label,
        )
        body = Markup("<p>%s</p><ul>%s</ul>") % (
            intro,
            Markup().join(Markup("<li>%s</li>") % line for line in lines),
        )
        user.partner_id.message_notify(
            partner_ids=user.partner_id.ids,
            subject=env._("Saved filters changed"),
            body=body,
        )

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

SCENES = [
    ("all", "All that I may see"),
    ("mine", "Mine"),
    ("involved", "I am on the team"),
    ("no_account", "Mine without a customer"),
    ("subordinates", "Of my employees"),
    ("subordinates_involved", "My employees are on the team"),
    ("shared", "Shared with me"),
    ("department", "Of my department"),
]


class ResPartner(models.Model):
    """Scenes: the filters that a user of contacts starts from."""

    _inherit = "res.partner"

    contact_scene = fields.Selection(
        SCENES,
        string="Scene",
        compute="_compute_contact_scene",
        search="_search_contact_scene",
        groups="base.group_user",
        help="Why you see this contact.",
    )

    @api.depends("user_id", "contact_member_ids.user_id", "contact_visibility")
    @api.depends_context("uid")
    def _compute_contact_scene(self):
        """The first scene that shows the contact, from the nearest to all."""
        left = self
        for scene in ("mine", "involved", "subordinates", "subordinates_involved",
                      "shared", "department"):  # fmt: skip
            found = left.filtered_domain(self._contact_scene_domain(scene))
            found.contact_scene = scene
            left -= found
        left.contact_scene = "all"

    @api.model
    def _search_contact_scene(self, operator, value):
        if operator != "in":
            return NotImplemented
        if unknown := set(value) - dict(SCENES).keys():
            raise UserError(
                self.env._(
                    "There is no scene %(unknown)s. Choose one of: %(scenes)s.",
                    unknown=", ".join(sorted(map(str, unknown))),
                    scenes=", ".join(dict(SCENES)),
                )
            )
        seen = Domain("is_contact_person", "=", True)
        seen &= Domain("contact_can_read", "=", True)
        return seen & Domain.OR(map(self._contact_scene_domain, value))

    @api.model
    def contact_scene_counts(self):
        """Count the contacts of each scene of the user.

        :return: list of dicts ``scene``, ``label`` and ``count``, all contacts first
        """
        labels = self._fields["contact_scene"]._description_selection(self.env)
        return [
            {
                "scene": scene,
                "label": label,
                "count": self.search_count(
                    [("is_contact_person", "=", True), ("contact_scene", "=", scene)]
                ),
            }
            for scene, label in labels
        ]

    @api.model
    def _contact_scene_domain(self, scene):
        """Return the domain of one scene for the user, access left aside."""
        user = self.env.user
        # Superuser: nobody may read the field itself.
        reach = user.sudo().contact_reach
        owned, member = Domain("user_id", "=", user.id), "contact_member_ids.user_id"
        shown = Domain("contact_visibility", "!=", "creator")
        if scene == "all":
            return Domain.TRUE
        if scene == "mine":
            return owned
        if scene == "involved":
            return Domain(member, "=", user.id)
        if scene == "no_account":
            return owned & Domain("contact_account_names", "=", False)
        if scene == "subordinates":
            return Domain("user_id", "in", list(reach.subordinates))
        if scene == "subordinates_involved":
            return Domain(member, "in", list(reach.subordinates))
        if scene == "shared":
            return shown & Domain("user_id", "in", list(reach.shared))
        headed = Domain("user_id", "in", list(reach.headed))
        return shown & (headed | Domain(member, "in", list(reach.headed)))

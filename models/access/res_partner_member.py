from odoo import fields, models

# Rows that do not make the new version of a job change used: they go with the person,
# or are left by a wizard that was open.
_OWN_TABLES = frozenset(
    "contact_team_member contact_member_add_res_partner_rel"
    " contact_transfer_res_partner_rel contact_visible_user_rel"
    " contact_visible_team_rel contact_visibility_set_res_partner_rel"
    " contact_access_explanation".split()
)


class ResPartner(models.Model):
    """The team of a contact stays with the person: in a job change and in a merge."""

    _inherit = "res.partner"

    contact_member_ids = fields.One2many(
        "contact.team.member",
        "partner_id",
        string="Team",
        groups="base.group_user",
        help="Colleagues who work on this contact beside its owner.",
    )

    def action_contact_add_member(self):
        """Open the wizard that adds a team member to these contacts."""
        return self._contact_open_wizard(
            "contact.member.add", self.env._("Add team member")
        )

    def _contact_open_wizard(self, model, title):
        """Return the action that opens a wizard on these records.

        It is made here and not by the browser, which thus need not carry the ids of
        thousands of contacts to and fro.
        """
        wizard = self.env[model].create({"partner_ids": self.ids})
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _contact_set_members(self, wanted):
        """Make rows of the team as they should be, whatever the number of contacts.

        :param dict wanted: ``{(partner id, user id): "read" | "write" | False}``; False
            takes the membership away. What is not named stays.
        """
        members = self.env["contact.team.member"]
        rows = members.search(
            [
                ("partner_id", "in", list({partner for partner, _user in wanted})),
                ("user_id", "in", list({user for _partner, user in wanted})),
            ]
        )
        present = {(row.partner_id.id, row.user_id.id): row for row in rows}
        gone, changed = members, {}
        for key, row in present.items():
            access = wanted.get(key, row.access)
            if not access:
                gone |= row
            elif access != row.access:
                changed.setdefault(access, []).append(row.id)
        gone.unlink()
        for access, ids in changed.items():
            members.browse(ids).access = access
        members.create(
            [
                {"partner_id": partner, "user_id": user, "access": access}
                for (partner, user), access in wanted.items()
                if access and (partner, user) not in present
            ]
        )

    def _contact_merge_members(self, target):
        """Hand the teams of contacts that ``target`` takes in over to it.

        A colleague who is in several teams keeps the strongest access. Before Odoo's
        own pass, which deletes all rows of a table when two of them collide.
        """
        rows = self.env["contact.team.member"].sudo()
        rows = rows.search([("partner_id", "in", (self | target).ids)])
        for same in rows.grouped("user_id").values():
            kept = same.filtered(lambda row: row.partner_id == target) or same
            kept = kept[:1]
            access = "write" if "write" in same.mapped("access") else "read"
            (same - kept).unlink()
            kept.write({"partner_id": target.id, "access": access})

    # ------------------------------------------------------------
    # JOB CHANGE
    # ------------------------------------------------------------

    def _contact_move_personal(self, new, employer):
        moved = super()._contact_move_personal(new, employer)
        # The former version keeps its team, too: its history stays seen by the same.
        new._contact_set_members(
            {(new.id, row.user_id.id): row.access for row in self.contact_member_ids}
        )
        return moved

    def _contact_move_back(self, old, change):
        result = super()._contact_move_back(old, change)
        team = dict.fromkeys(old.contact_member_ids.user_id.ids, False)
        team |= {row.user_id.id: row.access for row in self.contact_member_ids}
        old._contact_set_members(
            {(old.id, user): access for user, access in team.items()}
        )
        return result

    def _contact_references(self):
        references = super()._contact_references()
        return [place for place in references if place[0] not in _OWN_TABLES]

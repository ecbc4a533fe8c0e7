from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .organisation import Facts, Organisation, Reason
from .res_partner import MANAGER


class ResPartner(models.Model):
    _inherit = "res.partner"

    def contact_explain_access(self, user_id):
        """Say why a user may read this contact, or what he lacks.

        :param int user_id: an internal user
        :return: list of sentences, at least one
        :raise AccessError: who asks may not read the contact himself
        """
        self.ensure_one()
        self.check_access("read")
        user = self.env["res.users"].browse(user_id).sudo()
        reasons = Organisation(self.env).reasons(user.id, self._contact_facts())
        said = [self._contact_say(reason) for reason in reasons]
        return self._contact_lacking(user, bool(said)) or said

    def _contact_facts(self):
        """Return what of this contact decides over access."""
        # Superuser: who explains may not be allowed to see all members.
        contact = self.sudo().with_context(active_test=False)
        policy = contact.company_id and contact.company_id.contact_everyone_write
        return Facts(
            person=contact.is_contact_person,
            void=contact.contact_state == "obsolete",
            visibility=contact.contact_visibility,
            creator=contact.create_uid.id,
            owner=contact.user_id.id,
            open_to_edit=policy if contact.company_id else None,
            members={m.user_id.id: m.access for m in contact.contact_member_ids},
            named=frozenset(contact.contact_visible_user_ids.ids),
            teams=frozenset(contact.contact_visible_team_ids.ids),
        )

    def action_contact_who_sees(self):
        """Show who may read this contact, and why."""
        return self.env["contact.access.explanation"]._open_partner(self)

    @api.model
    def _contact_say(self, reason):
        """Return a reason as a sentence in the user's language."""
        sentence = self._contact_reason_text(reason)
        if reason.edit:
            return self.env._("%(reason)s May edit, too.", reason=sentence)
        return sentence

    @api.model
    def _contact_reason_text(self, reason):
        names = {
            "owner_below": "res.users",
            "member_below": "res.users",
            "rule": "contact.sharing.rule",
            "team": "crm.team",
            "department": "hr.department",
        }
        via = ""
        if model := names.get(reason.kind):
            # Superuser: of the organisation only the one name that decides is shown.
            via = self.env[model].sudo().browse(reason.via).display_name
        texts = {
            "manager": self.env._("Is an administrator of contacts."),
            "no_person": self.env._("It is no contact person: Odoo's rules decide."),
            "everyone": self.env._("The contact is visible to everyone."),
            "creator": self.env._("Created the contact."),
            "owner": self.env._("Owns the contact."),
            "owner_below": self.env._("Is a superior of the owner, %s.", via),
            "member": self.env._("Is on the team of the contact."),
            "member_below": self.env._("Is a superior of %s, who is on the team.", via),
            "rule": self.env._("The sharing rule “%s” gives it.", via),
            "named": self.env._("Is named under “Visible to”."),
            "team": self.env._("Belongs to %s, a team named under “Visible to”.", via),
            "department": self.env._("Heads the department %s.", via),
        }
        return texts[reason.kind]

    def _contact_lacking(self, user, reasoned):
        """Return what keeps a user from the contact, if anything does."""
        # Superuser: the facts of access are asked for somebody else.
        contact = self.sudo()
        if not user._is_internal():
            return [self.env._("Is no internal user: the rules of the portal hold.")]
        if not contact._contact_in_company_of(user):
            return [
                self.env._(
                    "The contact belongs to the company %s, which is not among those "
                    "of the user.",
                    contact.company_id.display_name,
                )
            ]
        if reasoned:
            return []
        if contact.contact_state == "obsolete":
            return [self.env._("Voided contacts are for administrators alone.")]
        if contact.contact_visibility == "creator":
            return [self.env._("Only the one who created the contact may see it.")]
        return [
            self.env._(
                "Is neither owner nor on the team, nor a superior of one who is; no "
                "sharing rule and no department opens the contact."
            )
        ]

    def _contact_in_company_of(self, user):
        """Whether Odoo's own rule of companies lets a user at the contact."""
        return (
            not self.company_id
            or not self.partner_share
            or self.company_id in user.company_ids.parent_ids
        )

    def contact_who_sees(self):
        """Say who may read this contact, and why.

        :return: list of dicts ``user_id``, ``edit`` (bool) and ``reasons`` (sentences)
        :raise AccessError: who asks may not read the contact himself
        """
        self.ensure_one()
        self.check_access("read")
        organisation, facts = Organisation(self.env), self._contact_facts()
        # Superuser: colleagues of other companies are counted in, too.
        users = self.env["res.users"].sudo().search([("share", "=", False)])
        found = []
        for user in users.filtered(self.sudo()._contact_in_company_of):
            if reasons := organisation.reasons(user.id, facts):
                found.append(
                    {
                        "user_id": user.id,
                        "edit": any(reason.edit for reason in reasons),
                        "reasons": [self._contact_say(reason) for reason in reasons],
                    }
                )
        return found

    @api.model
    def contact_user_sees(self, user_id):
        """Say what a user sees, and why.

        A contact counts once for each reason.

        :param int user_id: an internal user; administrators may ask for all of them
        :return: list of dicts ``reason``, ``count`` and ``domain``, what he sees
            altogether last
        :raise AccessError: the user is somebody else, and who asks no administrator
        """
        if user_id != self.env.uid and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only administrators of contacts may ask what others see.")
            )
        user = self.env["res.users"].browse(user_id).sudo()
        contacts = self.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids
        )
        found = []
        for reason, domain in contacts._contact_sights():
            domain &= Domain("is_contact_person", "=", True)
            if count := contacts.search_count(domain):
                found.append({"reason": reason, "count": count, "domain": list(domain)})
        return found

    @api.model
    def _contact_sights(self):
        """Yield the reasons of the user and the contacts that each of them opens."""
        organisation, uid = Organisation(self.env), self.env.uid
        if uid in organisation.managers:
            yield self._contact_reason_text(Reason("manager", True)), Domain.TRUE
            return
        shown = Domain("contact_visibility", "!=", "creator")
        selected = Domain("contact_visibility", "=", "selected")
        for reason, domain in (
            ("everyone", Domain("contact_visibility", "=", "everyone")),
            ("creator", Domain("create_uid", "=", uid)),
            ("owner", shown & Domain("user_id", "=", uid)),
            ("member", shown & Domain("contact_member_ids.user_id", "=", uid)),
            ("named", selected & Domain("contact_visible_user_ids", "in", [uid])),
        ):
            yield self._contact_reason_text(Reason(reason, False)), domain
        below = sorted(organisation.below(uid))
        yield (
            self.env._("Is a superior of the owner or of one on the team."),
            shown & _owned_or_member(below),
        )
        for rule in organisation.targeted(uid):
            sources = Domain("user_id", "in", sorted(organisation.sources(rule)))
            text = self._contact_reason_text(Reason("rule", False, rule.id))
            yield text, shown & sources
        for team in sorted(organisation.teams[uid]):
            text = self._contact_reason_text(Reason("team", False, team))
            yield text, selected & Domain("contact_visible_team_ids", "in", [team])
        for department in sorted(organisation.headed(uid)):
            staff = organisation.staff(department)
            text = self._contact_reason_text(Reason("department", False, department))
            yield text, shown & _owned_or_member(staff)
        yield self.env._("Altogether"), Domain.TRUE


def _owned_or_member(users):
    return Domain("user_id", "in", users) | Domain(
        "contact_member_ids.user_id", "in", users
    )

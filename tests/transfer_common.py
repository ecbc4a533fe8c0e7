from odoo.tests import new_test_user

from .common import SALES, ContactCase

TRANSFER = f"{SALES},contact_person.group_contact_transfer"


class TransferCase(ContactCase):
    """``sales`` owns both contacts, ``boss`` transfers them to ``heir``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = new_test_user(
            cls.env,
            "cp_boss",
            groups=f"{TRANSFER},sales_team.group_sale_salesman_all_leads",
        )
        cls.heir = new_test_user(cls.env, "cp_heir", groups=SALES, name="The Heir")
        cls.both = cls.anna | cls.bo

    def wizard(self, contacts=None, user=None, **values):
        values = {"user_id": self.heir.id, **values}
        return (
            self.env["contact.transfer"]
            .with_user(user or self.boss)
            .with_context(tracking_disable=False)
            .create({"partner_ids": (contacts or self.both).ids, **values})
        )

    def transfer(self, *args, **values):
        wizard = self.wizard(*args, **values)
        result = wizard.action_apply()
        self.env.invalidate_all()
        return result

    def log(self):
        return self.env["contact.transfer.log"].search([], limit=1)

    def team(self, partner):
        return {row.user_id: row.access for row in partner.contact_member_ids}

    def lead(self, partner=None, user=None, **values):
        return self.env["crm.lead"].create(
            {
                "name": "Deal",
                "type": "opportunity",
                "partner_id": (partner or self.anna).id,
                "user_id": (user or self.sales).id,
                **values,
            }
        )

    def activity(self, record, user=None):
        return record.activity_schedule(
            "mail.mail_activity_data_todo", user_id=(user or self.sales).id
        )

    def hide(self, partner, **perms):
        self.env["ir.rule"].create(
            {
                "name": "hide",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {partner.id})]",
                **perms,
            }
        )

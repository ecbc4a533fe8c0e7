"""Giving contacts to another owner, with a line in the chatter of each."""

from ..registry import Figure, at_most, faster_by, measurement
from ..timing import seconds

# Stock goes record by record, so that 1,000 are enough to wait for.
COMPARED = 1_000
MANY = 10_000


@measurement("transferring", "Transferring contacts to another owner", order=45)
def transferring(bench):
    """Stock writes the owner, ours transfers; both note it; all is rolled back."""
    stock, _contacts = _inside(bench.stock, _written, COMPARED)
    ours, _contacts = _inside(bench.ours, _transferred, COMPARED)
    yield Figure(
        "1,000 contacts", "ms", stock=stock, ours=ours, bar=faster_by(10),
        note="stock: one write of the owner",
    )  # fmt: skip
    many, contacts = _inside(bench.ours, _transferred, MANY)
    yield Figure(
        "10,000 contacts", "ms", ours=many, bar=at_most(10_000),
        note=f"{contacts:,}, the former owner stays as a member",
    )  # fmt: skip


def _inside(side, function, count):
    with side.env() as env:
        env.cr.execute(
            "SELECT id FROM res_partner WHERE NOT is_company AND active"
            " AND user_id IS NOT NULL AND user_id <> %s AND type = 'contact'"
            " ORDER BY hashint4(id) LIMIT %s",
            [env.uid, count],
        )
        contacts = env["res.partner"].browse(row[0] for row in env.cr.fetchall())
        user = env["res.users"].sudo().search([("login", "=", "bench_00")])
        contacts = contacts.filtered(lambda contact: contact.user_id != user)
        env.invalidate_all()
        return 1000 * function(env, contacts, user), len(contacts)


def _written(env, contacts, user):
    def call():
        contacts.write({"user_id": user.id})
        env.cr.flush()  # the tracking is written at the end of the transaction

    return seconds(call)[0]


def _transferred(env, contacts, user):
    right = env.ref("contact_person.group_contact_transfer")
    env.user.sudo().group_ids += right
    env.cr.flush()

    def call():
        wizard = env["contact.transfer"].create(
            {
                "partner_ids": contacts.ids,
                "user_id": user.id,
                "keep_member": "read",
                "note": "New regions",
            }
        )
        wizard.action_apply()
        env.cr.flush()

    return seconds(call)[0]

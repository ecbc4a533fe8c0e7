"""The chatter of thousands of records at once: lines and followers by set.

Odoo's own ways go record by record; all of this changes the same tables as they do and
notifies nobody.
"""

from odoo.tools import SQL


def note_owners(groups):
    """Note changes of the owner in the chatter of records of one model.

    Odoo makes the message of the first record, with the tracking of ``user_id`` as it
    shows it; the others get copies of that by two statements, which takes a second
    where 10,000 single messages take minutes.

    :param groups: ``[(records, old owner, new owner, body)]``: records of a model with
        a chatter and ``user_id``, ``res.users`` that may be empty, and markup
    """
    rows = [
        (record_id, old, new, body)
        for records, old, new, body in groups
        for record_id in records.ids
    ]
    if not rows:
        return
    model = groups[0][0].browse()
    record_id, old, new, body = rows[0]
    message = _note_owner(model.browse(record_id), old, new, body)
    others = {row[0]: row for row in rows[1:]}
    copies = _copy(
        message,
        {
            "res_id": list(others),
            "body": [str(row[3]) for row in others.values()],
        },
    )
    changes = [others[record_id] for record_id, _body in copies.values()]
    _copy(
        message.tracking_value_ids,
        {
            "mail_message_id": list(copies),
            "old_value_integer": [old.id or 0 for _id, old, _new, _body in changes],
            "old_value_char": [old.display_name or "" for _id, old, *_more in changes],
            "new_value_integer": [new.id or 0 for _id, _old, new, _body in changes],
            "new_value_char": [new.display_name or "" for _id, _o, new, _b in changes],
        },
    )
    records = model.browse(row[0] for row in rows)
    records.invalidate_recordset(["message_ids"], flush=False)


def _note_owner(record, old, new, body):
    """Return the message by which Odoo notes the change of one owner."""
    info = record.fields_get(["user_id"], ["string", "type"])["user_id"]
    tracking = record.env["mail.tracking.value"].sudo()
    values = tracking._create_tracking_values(old, new, "user_id", info, record)
    message = record._message_log(
        body=body,
        author_id=record.env.user.partner_id.id,
        tracking_value_ids=[(0, 0, values)],
    )
    record.env.flush_all()
    return message


def follow(records, user):
    """Have an internal user follow records with the default subtypes."""
    subtypes = records.env["mail.message.subtype"]
    default, _internal, _external = subtypes.default_subtypes(records._name)
    records.env.flush_all()
    records.env.execute_query(
        SQL(
            """
            WITH made AS (
                INSERT INTO mail_followers (res_model, res_id, partner_id)
                SELECT %s, followed.id, %s FROM unnest(%s) AS followed(id)
                    ON CONFLICT DO NOTHING
                RETURNING id
            )
            INSERT INTO mail_followers_mail_message_subtype_rel
                        (mail_followers_id, mail_message_subtype_id)
            SELECT made.id, subtype.id FROM made CROSS JOIN unnest(%s) AS subtype(id)
            RETURNING 1
            """,
            records._name,
            user.partner_id.id,
            records.ids,
            default.ids,
        )
    )
    _forget_followers(records)


def unfollow(records, user):
    """Have a user follow records no more."""
    records.env.flush_all()
    records.env.cr.execute(
        SQL(
            "DELETE FROM mail_followers"
            " WHERE res_model = %s AND partner_id = %s AND res_id = ANY(%s)",
            records._name,
            user.partner_id.id,
            records.ids,
        )
    )
    _forget_followers(records)


def _forget_followers(records):
    names = ["message_follower_ids", "message_partner_ids", "message_is_follower"]
    records.invalidate_recordset(names, flush=False)
    records.env["mail.followers"].invalidate_model(flush=False)


def _copy(record, values):
    """Copy a row with other values in some columns.

    :param dict values: ``{column: one value for each copy}``
    :return: ``{id of the copy: its values}``
    """
    names = list(values)
    others = [
        name
        for name, field in record._fields.items()
        if field.store and field.column_type and name not in ("id", *names)
    ]
    types = [SQL(record._fields[name].column_type[1]) for name in names]
    rows = record.env.execute_query(
        SQL(
            """
            INSERT INTO %(table)s (%(names)s, %(others)s)
            SELECT %(copied)s, %(kept)s
              FROM %(table)s
             CROSS JOIN unnest(%(values)s) AS copied(%(names)s)
             WHERE %(table)s.id = %(id)s
            RETURNING %(table)s.id, %(names)s
            """,
            table=SQL.identifier(record._table),
            names=SQL(", ").join(map(SQL.identifier, names)),
            copied=SQL(", ").join(SQL.identifier("copied", name) for name in names),
            others=SQL(", ").join(map(SQL.identifier, others)),
            kept=SQL(", ").join(SQL.identifier(record._table, x) for x in others),
            values=SQL(", ").join(
                SQL("%s::%s[]", values[name], kind)
                for name, kind in zip(names, types, strict=True)
            ),
            id=record.id,
        )
    )
    return {row[0]: row[1:] for row in rows}

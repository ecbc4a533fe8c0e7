"""The records of a list for which a dialog is opened."""


def selected(model):
    """Return the selected records, without those that are hidden since.

    A dialog that named one of these would be refused as a whole.

    :param model: of the list, also where Odoo asks for the default as superuser
    """
    context = model.env.context
    ids = context.get("active_ids") or ()
    if context.get("active_model", model._name) != model._name:
        ids = ()
    return model.sudo(False).browse(ids)._filtered_access("read")

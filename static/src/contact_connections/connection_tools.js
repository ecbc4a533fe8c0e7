import {formatDate, deserializeDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";

/** Return the types of relations; the server sorts them. */
export function loadRelationTypes(orm) {
    return orm.searchRead(
        "contact.relation.type",
        [],
        ["name", "inverse_name", "kind"]
    );
}

/** Return in words from when to when something holds, from dates of the server. */
export function period({since, until}) {
    const dates = {
        since: since && formatDate(deserializeDate(since)),
        until: until && formatDate(deserializeDate(until)),
    };
    if (since && until) {
        return _t("%(since)s to %(until)s", dates);
    }
    if (until) {
        return _t("until %(until)s", dates);
    }
    return since ? _t("since %(since)s", dates) : "";
}

/** Edit a relation in a dialog: its type, role and dates; or remove it altogether. */
export function editRelation({dialog, orm}, relationId, onChanged) {
    dialog.add(FormViewDialog, {
        resModel: "contact.relation",
        resId: relationId,
        title: _t("Connection"),
        size: "md",
        canExpand: false,
        onRecordSaved: onChanged,
        removeRecord: async () => {
            await orm.unlink("contact.relation", [relationId]);
            await onChanged();
        },
    });
}

/** Return the action that opens a customer, a lead or a contact. */
export function formAction(model, id) {
    return {
        type: "ir.actions.act_window",
        res_model: model,
        res_id: id,
        views: [[false, "form"]],
    };
}

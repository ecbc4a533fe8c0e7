import {WarningDialog} from "@web/core/errors/error_dialogs";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** The refusal of a duplicate is a message for the user, not a failure. */
class DuplicateDialog extends WarningDialog {
    inferTitle() {
        return _t("This contact exists already");
    }
}

registry
    .category("error_dialogs")
    .add(
        "odoo.addons.contact_person.exceptions.DuplicateContactError",
        DuplicateDialog
    );

import {Component} from "@odoo/owl";
import {localization} from "@web/core/l10n/localization";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useTranslationDialog} from "@web/views/fields/translation_button";

/**
 * Opens the translations of a wording that can't be edited any more.
 *
 * The button of Odoo goes with the editor, which is closed once somebody accepted.
 */
export class ContactWordingTranslation extends Component {
    static template = "contact_person.ContactWordingTranslation";
    static props = {...standardWidgetProps};

    setup() {
        this.openTranslations = useTranslationDialog();
    }

    get isMultiLang() {
        return localization.multiLang;
    }

    onClick() {
        this.openTranslations({record: this.props.record, fieldName: "body"});
    }
}

registry.category("view_widgets").add("contact_wording_translation", {
    component: ContactWordingTranslation,
});

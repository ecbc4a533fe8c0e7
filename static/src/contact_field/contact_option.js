import {SearchBar} from "@web/search/search_bar/search_bar";
import {patch} from "@web/core/utils/patch";
import {registry} from "@web/core/registry";
import {
    SelectionField,
    selectionField,
} from "@web/views/fields/selection/selection_field";

/** Offers the options of an additional field, retired ones only where they are chosen. */
export class ContactOptionField extends SelectionField {
    get choices() {
        const retired = this.props.record.fields[this.props.name].retired || [];
        return super.choices.filter(
            ({value}) => !retired.includes(value) || value === this.value
        );
    }
}

registry.category("fields").add("contact_option", {
    ...selectionField,
    component: ContactOptionField,
});

/** Offers the types that a field may become without losing a value. */
export class ContactFieldTypeField extends SelectionField {
    get choices() {
        const offered = (this.props.record.data.offered_types || "").split(",");
        return super.choices.filter(({value}) => offered.includes(value));
    }
}

registry.category("fields").add("contact_field_type", {
    ...selectionField,
    component: ContactFieldTypeField,
    fieldDependencies: [{name: "offered_types", type: "char"}],
});

patch(SearchBar.prototype, {
    async computeSubItems(searchItem, ...args) {
        const items = await super.computeSubItems(searchItem, ...args);
        const {retired} = this.fields[searchItem.fieldName] || {};
        return retired ? items.filter((item) => !retired.includes(item.value)) : items;
    },
});

import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const INPUTS = {
    email: "email",
    phone: "tel",
    url: "url",
    integer: "number",
    float: "number",
    monetary: "number",
    date: "date",
    datetime: "datetime-local",
};

const TEXTS = ["name", "help", "default_value"];

/** Shows the field of a definition as users will see it, while it is being typed. */
export class ContactFieldPreview extends Component {
    static template = "contact_person.ContactFieldPreview";
    static props = {...standardWidgetProps};

    setup() {
        this.root = useRef("root");
        // What is in an input that the cursor has not left yet.
        this.typed = useState({});
        useEffect(
            (form) => {
                const onInput = (ev) => this.onInput(ev);
                form.addEventListener("input", onInput);
                return () => form.removeEventListener("input", onInput);
            },
            () => [this.root.el.closest(".o_form_renderer")]
        );
        useEffect(
            () => TEXTS.forEach((name) => delete this.typed[name]),
            () => TEXTS.map((name) => this.props.record.data[name])
        );
    }

    get data() {
        return {...this.props.record.data, ...this.typed};
    }

    onInput({target}) {
        const name = target.closest(".o_field_widget")?.getAttribute("name");
        if (TEXTS.includes(name) && !target.closest(".o_field_x2many")) {
            this.typed[name] = target.value;
        }
    }

    get kind() {
        const type = this.data.field_type;
        if (["text", "html"].includes(type)) {
            return "text";
        }
        return type in INPUTS || type === "char" ? "input" : type;
    }

    get inputType() {
        return INPUTS[this.data.field_type] || "text";
    }

    get options() {
        return this.data.option_ids.records
            .filter((option) => option.data.active && option.data.name)
            .map((option) => ({
                id: option.id,
                name: option.data.name,
                value: option.data.value,
            }));
    }

    get defaultValue() {
        const value = this.data.default_value || "";
        return this.inputType === "datetime-local" ? value.replace(" ", "T") : value;
    }

    /** A default is typed as the value of an option or as its name. */
    isDefault(option) {
        const typed = this.defaultValue.toLowerCase();
        const names = [option.value || "", option.name].map((name) =>
            name.toLowerCase()
        );
        return Boolean(typed) && names.includes(typed);
    }

    get isDefaultTrue() {
        return ["true", "1"].includes(this.defaultValue.trim().toLowerCase());
    }
}

registry.category("view_widgets").add("contact_field_preview", {
    component: ContactFieldPreview,
    fieldDependencies: [
        {name: "name", type: "char"},
        {name: "help", type: "text"},
        {name: "field_type", type: "selection"},
        {name: "required", type: "boolean"},
        {name: "default_value", type: "char"},
    ],
});

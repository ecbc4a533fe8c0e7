import {Component, onWillUnmount, useExternalListener, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const DELAY = 250;
// What the search looks at; a form may hold more or fewer of them.
const WATCHED = [
    "name",
    "contact_first_name",
    "contact_last_name",
    "email",
    "phone",
    "contact_mobile",
    "street",
    "zip",
    "city",
    "website",
    "parent_id",
    "country_id",
];

/**
 * Shows the contacts that look like the one being typed, beside the form. Nothing
 * waits for it: an answer that comes late or not at all leaves the form as it is.
 */
export class ContactSimilar extends Component {
    static template = "contact_person.ContactSimilar";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({hits: []});
        this.values = {};
        this.typed = {};
        this.question = 0;
        this.asked = "{}";
        this.search = useDebounced(() => this.find(), DELAY);
        useRecordObserver((record) => {
            const values = this.readRecord(record);
            // What is being typed in another field must outlive the answer to this one.
            for (const name of Object.keys(this.typed)) {
                if (values[name] !== this.values[name]) {
                    delete this.typed[name];
                }
            }
            this.values = values;
            this.search();
        });
        // A field gives its value to the record when it is left; typing is earlier.
        useExternalListener(window, "input", (ev) => this.onInput(ev));
        onWillUnmount(() => this.question++);
    }

    readRecord(record) {
        const values = {};
        for (const name of WATCHED) {
            const value = record.data[name];
            if (value) {
                values[name] = typeof value === "object" ? value.id : value;
            }
        }
        return values;
    }

    onInput(ev) {
        const field = ev.target.closest?.(".o_form_renderer .o_field_widget[name]");
        const name = field?.getAttribute("name");
        if (WATCHED.includes(name) && !name.endsWith("_id")) {
            this.typed[name] = ev.target.value;
            this.search();
        }
    }

    async find() {
        const record = this.props.record;
        const values = {...this.values, ...this.typed};
        // The joined name and its parts follow each other only when a field is left.
        if (this.typed.name !== undefined) {
            delete values.contact_first_name;
            delete values.contact_last_name;
        } else if (
            "contact_first_name" in this.typed ||
            "contact_last_name" in this.typed
        ) {
            delete values.name;
        }
        if (record.resId) {
            values.id = record.resId;
            if (!record.dirty && !Object.keys(this.typed).length) {
                this.state.hits = [];
                return;
            }
        }
        const asked = JSON.stringify(values);
        if (asked === this.asked) {
            return;
        }
        this.asked = asked;
        const question = ++this.question;
        const hits = Object.keys(values).some((name) => !name.endsWith("id"))
            ? await this.orm.silent.call("res.partner", "contact_find_duplicates", [
                  values,
              ])
            : [];
        if (question === this.question) {
            this.state.hits = hits;
        }
    }

    get title() {
        if (this.state.hits.some((hit) => hit.action === "block")) {
            return _t("This contact exists already");
        }
        return this.state.hits.some((hit) => hit.action)
            ? _t("Probably the same person")
            : _t("Similar contacts");
    }

    hitClass(hit) {
        return (
            {block: "text-bg-danger", warn: "text-bg-warning"}[hit.action] ||
            "text-bg-light"
        );
    }

    formAction(hit) {
        return {
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: hit.id,
            views: [[false, "form"]],
        };
    }

    open(hit) {
        return this.action.doAction({...this.formAction(hit), target: "new"});
    }

    async useInstead(hit) {
        await this.props.record.discard();
        if (this.env.inDialog) {
            return this.action.doAction(this.formAction(hit), {
                stackPosition: "replaceCurrentAction",
            });
        }
        // the list from which the user came stays among the breadcrumbs
        return this.action.switchView("form", {resId: hit.id});
    }
}

registry.category("view_widgets").add("contact_similar", {
    component: ContactSimilar,
});

import {Component, onWillStart, onWillUnmount, useState} from "@odoo/owl";
import {formatInteger} from "@web/views/fields/formatters";
import {_t} from "@web/core/l10n/translation";
import {Pager} from "@web/core/pager/pager";
import {RecordSelector} from "@web/core/record_selectors/record_selector";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {ConnectionList} from "./connection_list";
import {formAction, loadRelationTypes} from "./connection_tools";

const DELAY = 250;
const LIMIT = 10;
const KINDS = {
    partners: {model: "res.partner", type: "account"},
    leads: {model: "crm.lead", type: "lead"},
};

/**
 * Connects a contact with customers, leads and people: one search box for customers and
 * leads, and below what the contact is connected with.
 */
export class ContactConnections extends Component {
    static template = "contact_person.ContactConnections";
    static components = {ConnectionList, Pager, RecordSelector};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.limit = LIMIT;
        this.question = 0;
        this.state = useState({
            query: "",
            tab: "partners",
            hits: null,
            offset: {partners: 0, leads: 0},
            // What is chosen for a hit before it is connected, by "kind,id".
            choices: {},
            person: {id: false, choice: ""},
            busy: false,
            stamp: 0,
        });
        this.search = useDebounced(() => this.find(), DELAY);
        onWillStart(async () => {
            [this.types, this.mayCreate] = await Promise.all([
                loadRelationTypes(this.orm),
                user.checkAccessRight("contact.relation", "create"),
            ]);
            this.state.person.choice = this.personChoices[0]?.value || "";
        });
        onWillUnmount(() => this.question++);
    }

    get record() {
        return this.props.record;
    }

    get readonly() {
        return (
            this.props.readonly ||
            !this.mayCreate ||
            this.record.data.contact_state === "obsolete"
        );
    }

    // ------------------------------------------------------------
    // SEARCH
    // ------------------------------------------------------------

    get tabs() {
        return [
            ["partners", _t("Customers")],
            ["leads", _t("Leads")],
        ].map(([kind, label]) => {
            const {total, capped} = this.state.hits[kind];
            return {
                kind,
                label: `${label} (${formatInteger(total)}${capped ? "+" : ""})`,
            };
        });
    }

    get found() {
        return this.state.hits[this.state.tab];
    }

    get hits() {
        return this.found.records.map((record) => ({
            ...record,
            choice: this.choice(this.state.tab, record),
        }));
    }

    onQuery(ev) {
        this.state.query = ev.target.value;
        this.state.offset = {partners: 0, leads: 0};
        this.search();
    }

    onSearchKey(ev) {
        if (ev.key === "Escape" && this.state.query) {
            ev.stopPropagation();
            this.state.query = "";
            this.find();
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            this.find();
        }
    }

    async find(kinds = Object.keys(KINDS)) {
        const question = ++this.question;
        if (!this.state.query.trim()) {
            this.state.hits = null;
            return;
        }
        const ids = this.record.resId ? [this.record.resId] : [];
        const answers = await Promise.all(
            kinds.map((kind) =>
                this.orm.silent.call(
                    "res.partner",
                    "contact_search_connections",
                    [ids, this.state.query],
                    {limit: LIMIT, offset: this.state.offset[kind], kinds: [kind]}
                )
            )
        );
        if (question === this.question) {
            this.state.hits = Object.assign({}, this.state.hits, ...answers);
            this.showTabWithHits();
        }
    }

    showTabWithHits() {
        const other = this.state.tab === "partners" ? "leads" : "partners";
        const {hits, tab} = this.state;
        if (!hits[tab].total && hits[other].total) {
            this.state.tab = other;
        }
    }

    page({offset}) {
        this.state.offset[this.state.tab] = offset;
        return this.find([this.state.tab]);
    }

    open(hit) {
        return this.action.doAction(formAction(KINDS[this.state.tab].model, hit.id));
    }

    // ------------------------------------------------------------
    // CONNECT
    // ------------------------------------------------------------

    get tabTypes() {
        return this.types.filter((type) => type.kind === KINDS[this.state.tab].type);
    }

    /** Return the chosen type and role of a hit, the first type if nothing is chosen. */
    choice(kind, hit) {
        const key = `${kind},${hit.id}`;
        if (!this.state.choices[key]) {
            this.state.choices[key] = {
                type: hit.type_id || (!hit.relation_id && this.tabTypes[0]?.id) || "",
                role: hit.role || "",
            };
        }
        return this.state.choices[key];
    }

    connect(hit) {
        const {type, role} = hit.choice;
        const {model} = KINDS[this.state.tab];
        return this.change(() =>
            this.connectWith(this.record.resId, model, hit.id, Number(type), role)
        );
    }

    connectWith(contactId, model, id, typeId, role) {
        return this.orm.call("res.partner", "contact_connect", [
            [contactId],
            model,
            id,
            typeId || false,
            role || false,
        ]);
    }

    disconnect(hit) {
        return this.change(() =>
            this.orm.call("res.partner", "contact_disconnect", [
                [this.record.resId],
                hit.relation_id,
            ])
        );
    }

    /** Save the form, since a new contact has no id yet; then connect and show it. */
    async change(action) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            if (await this.record.save()) {
                await action();
                await this.refresh();
            }
        } finally {
            this.state.busy = false;
        }
    }

    /** The customer column and the state of the contact follow its connections. */
    async refresh() {
        this.state.choices = {};
        this.state.stamp++;
        await Promise.all([this.find(), this.record.isDirty()]);
        if (!this.record.dirty) {
            await this.record.load();
        }
    }

    // ------------------------------------------------------------
    // PEOPLE
    // ------------------------------------------------------------

    /** Return both labels of each type, since one can add from either side. */
    get personChoices() {
        const choices = [];
        for (const {id, name, inverse_name: inverse, kind} of this.types) {
            if (kind === "person") {
                choices.push({value: `${id},forth`, label: name});
                if (inverse && inverse !== name) {
                    choices.push({value: `${id},back`, label: inverse});
                }
            }
        }
        return choices;
    }

    get personDomain() {
        const own = this.record.resId ? [["id", "!=", this.record.resId]] : [];
        return [["is_contact_person", "=", true], ...own];
    }

    addPerson() {
        const {id, choice} = this.state.person;
        const [type, direction] = choice.split(",");
        return this.change(async () => {
            const ends = [this.record.resId, id];
            if (direction === "back") {
                ends.reverse();
            }
            await this.connectWith(ends[0], "res.partner", ends[1], Number(type));
            this.state.person.id = false;
        });
    }
}

registry.category("view_widgets").add("contact_connections", {
    component: ContactConnections,
    fieldDependencies: [{name: "contact_state", type: "selection"}],
});

import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {serializeDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {Pager} from "@web/core/pager/pager";
import {RecordSelector} from "@web/core/record_selectors/record_selector";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {
    editRelation,
    formAction,
    loadRelationTypes,
    period,
} from "../contact_connections/connection_tools";

const DELAY = 250;
const LIMIT = 20;
const CHOICE = {id: false, type: "", role: ""};

/** The contact persons of a customer or a lead: present, former, or on a given day. */
export class ContactAccountPersons extends Component {
    static template = "contact_person.ContactAccountPersons";
    static components = {DateTimeInput, Pager, RecordSelector};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.period = period;
        this.limit = LIMIT;
        this.last = new KeepLast();
        this.resId = this.props.record.resId;
        this.state = useState({
            range: "present",
            date: luxon.DateTime.local().startOf("day"),
            query: "",
            offset: 0,
            found: {total: 0, records: []},
            adding: {...CHOICE},
            busy: false,
        });
        this.search = useDebounced(() => this.load(), DELAY);
        onWillStart(async () => {
            [this.types, this.mayCreate] = await Promise.all([
                loadRelationTypes(this.orm),
                user.checkAccessRight("contact.relation", "create"),
                this.load(),
            ]);
        });
        onWillUpdateProps((next) => {
            if (next.record.resId !== this.resId) {
                this.resId = next.record.resId;
                this.state.offset = 0;
                this.load();
            }
        });
    }

    get model() {
        return this.props.record.resModel;
    }

    get isCompany() {
        return this.model === "res.partner";
    }

    get readonly() {
        return this.props.readonly || !this.mayCreate;
    }

    get ranges() {
        return [
            {name: "present", label: _t("Present")},
            {name: "former", label: _t("Former")},
            {name: "date", label: _t("On a date")},
        ];
    }

    get personTypes() {
        const kind = this.isCompany ? "account" : "lead";
        return this.types.filter((type) => type.kind === kind);
    }

    get nobody() {
        if (this.state.query) {
            return _t("Nobody found. Try another part of the name, or the email.");
        }
        return {
            present: _t("No contact person yet."),
            former: _t("No former contact person."),
            date: _t("Nobody is known for that day."),
        }[this.state.range];
    }

    async load() {
        const {range, date, query, offset} = this.state;
        const found = this.resId
            ? this.orm.call(this.model, "contact_account_persons", [[this.resId]], {
                  former: range === "former",
                  date: range === "date" && date ? serializeDate(date) : false,
                  query,
                  limit: LIMIT,
                  offset,
              })
            : Promise.resolve({total: 0, records: []});
        this.state.found = await this.last.add(found);
    }

    show(values) {
        Object.assign(this.state, {offset: 0, ...values});
        return this.load();
    }

    onQuery(ev) {
        Object.assign(this.state, {query: ev.target.value, offset: 0});
        this.search();
    }

    open(id) {
        return this.action.doAction(formAction("res.partner", id));
    }

    // ------------------------------------------------------------
    // CONNECT
    // ------------------------------------------------------------

    /** Save the form, since a new one has no id yet; then change, and show it. */
    async change(action) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            if (await this.props.record.save()) {
                this.resId = this.props.record.resId;
                await action();
                await this.load();
            }
        } finally {
            this.state.busy = false;
        }
    }

    add() {
        return this.change(async () => {
            const action = await this.orm.call("res.partner", "action_contact_add", [
                [this.resId],
            ]);
            await this.action.doAction(action);
        });
    }

    choose(id) {
        this.state.adding = {...CHOICE, id, type: this.personTypes[0]?.id || ""};
    }

    connect() {
        const {id, type, role} = this.state.adding;
        return this.change(async () => {
            await this.orm.call("res.partner", "contact_connect", [
                [id],
                this.model,
                this.resId,
                Number(type) || false,
                role || false,
            ]);
            this.state.adding = {...CHOICE};
            Object.assign(this.state, {range: "present", query: "", offset: 0});
        });
    }

    disconnect(person, relation) {
        return this.change(() =>
            this.orm.call("res.partner", "contact_disconnect", [
                [person.id],
                relation.relation_id,
            ])
        );
    }

    edit(relation) {
        editRelation(this, relation.relation_id, () => this.load());
    }
}

registry.category("view_widgets").add("contact_account_persons", {
    component: ContactAccountPersons,
});

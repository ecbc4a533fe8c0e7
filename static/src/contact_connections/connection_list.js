import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {Pager} from "@web/core/pager/pager";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {editRelation, formAction, period} from "./connection_tools";

const LIMIT = 10;
const NOTHING = {total: 0, former: 0, editable: false, employer: false, records: []};

/** What a contact is connected with, of one scope: the present ones, then the former. */
export class ConnectionList extends Component {
    static template = "contact_person.ConnectionList";
    static components = {Pager};
    static props = {
        contactId: {type: [Number, {value: false}]},
        scope: String,
        title: String,
        empty: String,
        // Another number makes the list read anew.
        stamp: Number,
        readonly: Boolean,
        onChanged: Function,
        slots: {type: Object, optional: true},
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.period = period;
        this.limit = LIMIT;
        this.last = new KeepLast();
        this.state = useState({
            present: NOTHING,
            former: NOTHING,
            offset: {present: 0, former: 0},
            open: false,
        });
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((next) => {
            const {contactId, stamp} = this.props;
            if (next.contactId !== contactId) {
                this.state.offset = {present: 0, former: 0};
                this.state.open = false;
            }
            if (next.contactId !== contactId || next.stamp !== stamp) {
                this.load(next);
            }
        });
    }

    async load({contactId, scope} = this.props) {
        const ask = (name) =>
            this.orm.call("res.partner", "contact_connections", [[contactId], scope], {
                former: name === "former",
                limit: LIMIT,
                offset: this.state.offset[name],
            });
        const asked = contactId
            ? Promise.all([ask("present"), this.state.open ? ask("former") : NOTHING])
            : Promise.resolve([NOTHING, NOTHING]);
        const [present, former] = await this.last.add(asked);
        Object.assign(this.state, {present, former});
    }

    /** How many there are today, the employer among them. */
    get count() {
        return this.state.present.total + (this.state.present.employer ? 1 : 0);
    }

    get groups() {
        const groups = [{name: "present", ...this.state.present}];
        if (this.state.open) {
            groups.push({name: "former", ...this.state.former});
        }
        return groups;
    }

    page(name, {offset}) {
        this.state.offset[name] = offset;
        return this.load();
    }

    toggleFormer() {
        this.state.open = !this.state.open;
        return this.load();
    }

    open({model, id}) {
        return this.action.doAction(formAction(model, id));
    }

    edit(line) {
        editRelation(this, line.relation_id, () => this.props.onChanged());
    }

    async disconnect(line) {
        await this.orm.call("res.partner", "contact_disconnect", [
            [this.props.contactId],
            line.relation_id,
        ]);
        // the last line of a page leaves an empty page behind
        if (this.state.present.records.length === 1) {
            this.state.offset.present = Math.max(0, this.state.offset.present - LIMIT);
        }
        await this.props.onChanged();
    }
}

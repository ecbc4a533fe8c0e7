import {Component, markup, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {checkFileSize} from "@web/core/utils/files";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {getDataURLFromFile} from "@web/core/utils/urls";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const BADGES = {
    given: "text-bg-success",
    withdrawn: "text-bg-danger",
    expired: "text-bg-warning",
    none: "text-bg-light",
};

function newDetails() {
    return {source: "form", note: "", proof: []};
}

/** One line a purpose: a tick gives or withdraws, the wording and history unfold. */
export class ContactConsents extends Component {
    static template = "contact_person.ContactConsents";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.last = new KeepLast();
        this.badges = BADGES;
        this.state = useState({
            found: {editable: false, purposes: [], sources: []},
            busy: false,
            // What is typed of the next decision, by purpose.
            details: {},
        });
        this.resId = this.props.record.resId;
        onWillStart(() => this.load());
        onWillUpdateProps((next) => {
            if (next.record.resId !== this.resId) {
                this.resId = next.record.resId;
                return this.load();
            }
        });
    }

    get readonly() {
        const obsolete = this.props.record.data.contact_state === "obsolete";
        return this.props.readonly || obsolete || !this.state.found.editable;
    }

    get labels() {
        return {
            given: _t("Given"),
            withdrawn: _t("Withdrawn"),
            expired: _t("Expired"),
            none: _t("Not asked yet"),
        };
    }

    async load() {
        const ids = this.resId ? [this.resId] : [];
        const found = await this.last.add(
            this.orm.call("res.partner", "contact_consents", [ids])
        );
        for (const purpose of found.purposes) {
            // The server has sanitized the wording.
            purpose.wording = purpose.wording && markup(purpose.wording);
            this.state.details[purpose.id] ||= newDetails();
        }
        this.state.found = found;
    }

    day(value) {
        return value ? formatDate(deserializeDateTime(value)) : "";
    }

    async addProof(purpose, ev) {
        for (const file of ev.target.files) {
            if (checkFileSize(file.size, this.notification)) {
                const url = await getDataURLFromFile(file);
                const data = url.slice(url.indexOf(",") + 1);
                this.state.details[purpose.id].proof.push({name: file.name, data});
            }
        }
        ev.target.value = "";
    }

    async set(purpose, ev) {
        const given = ev.target.checked;
        const {source, note, proof} = this.state.details[purpose.id];
        this.state.busy = true;
        try {
            // A new contact has no id before it is saved.
            if (await this.props.record.save()) {
                this.resId = this.props.record.resId;
                await this.orm.call("res.partner", "contact_consent_set", [
                    [this.resId],
                    purpose.id,
                    given,
                    source,
                    note,
                    proof,
                ]);
                this.state.details[purpose.id] = newDetails();
                await this.load();
            }
        } finally {
            this.state.busy = false;
            const [now] = this.state.found.purposes.filter((p) => p.id === purpose.id);
            ev.target.checked = now?.state === "given";
        }
    }
}

registry.category("view_widgets").add("contact_consents", {
    component: ContactConsents,
    fieldDependencies: [{name: "contact_state", type: "selection"}],
});

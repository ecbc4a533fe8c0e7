import {Component, useEffect, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const INTERVAL = 1000;
const FATES = [
    ["created", _t("Created"), "bg-success"],
    ["updated", _t("Updated"), "bg-info"],
    ["unchanged", _t("Unchanged"), "bg-secondary"],
    ["skipped", _t("Skipped"), "bg-primary"],
    ["review", _t("To review"), "bg-warning"],
    ["rejected", _t("Rejected"), "bg-danger"],
];
const READ = ["state", "checking", "done_count"];

/** What becomes, or became, of the rows of an import, and how far it is. */
export class ContactImportProgress extends Component {
    static template = "contact_person.ContactImportProgress";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({done: this.data.done_count, since: 0, rate: 0});
        useEffect(
            (running) => {
                if (!running) {
                    return undefined;
                }
                const watch = {time: Date.now(), done: this.data.done_count};
                this.watch = watch;
                this.poll(watch);
                // Also when the form closes, or shows the next import
                return () => {
                    this.watch = null;
                    clearTimeout(this.timer);
                };
            },
            () => [this.working, this.props.record.resId]
        );
    }

    get data() {
        return this.props.record.data;
    }

    get working() {
        return this.data.state === "running" || this.data.checking;
    }

    /** How many rows the present step goes through. */
    get steps() {
        return this.data.checking ? this.total : this.toWrite;
    }

    /**
     * Ask how far the import is, again and again until it has ended.
     * @param {Object} watch when the watching began and how many rows were done
     */
    async poll(watch) {
        const record = this.props.record;
        const [job] = await this.orm.silent.read(
            "contact.import",
            [record.resId],
            READ
        );
        if (this.watch !== watch) {
            // Nobody looks at this import any more
            return;
        }
        const seconds = (Date.now() - watch.time) / 1000;
        this.state.done = job.done_count;
        this.state.rate = seconds > 2 ? (job.done_count - watch.done) / seconds : 0;
        if (job.state === "running" || job.checking) {
            this.timer = setTimeout(() => this.poll(watch), INTERVAL);
        } else {
            await record.load();
        }
    }

    get total() {
        return this.data.row_count || 0;
    }

    get toWrite() {
        return this.data.created_count + this.data.updated_count;
    }

    get fates() {
        return FATES.map(([name, label, color]) => {
            const count = this.data[`${name}_count`] || 0;
            return {
                name,
                label,
                color,
                count,
                share: this.total ? (100 * count) / this.total : 0,
            };
        });
    }

    get warning() {
        return _t(
            "Rows with a value that could not be used: %s. The value is kept in the notes of the contact.",
            this.data.warning_count
        );
    }

    get percent() {
        return this.steps
            ? Math.min(100, Math.round((100 * this.state.done) / this.steps))
            : 100;
    }

    get timeLeft() {
        if (!this.state.rate) {
            return _t("%(done)s of %(total)s rows", {
                done: this.state.done,
                total: this.steps,
            });
        }
        const seconds = Math.ceil((this.steps - this.state.done) / this.state.rate);
        return _t("%(done)s of %(total)s rows, %(rate)s rows a second, %(left)s left", {
            done: this.state.done,
            total: this.steps,
            rate: Math.round(this.state.rate),
            left:
                seconds < 90
                    ? _t("%s s", seconds)
                    : _t("%s min", Math.round(seconds / 60)),
        });
    }

    openRows(fate) {
        return this.action.doActionButton({
            type: "object",
            name: "action_rows",
            resModel: "contact.import",
            resId: this.props.record.resId,
            context: {fate: fate.name},
        });
    }
}

registry.category("view_widgets").add("contact_import_progress", {
    component: ContactImportProgress,
    fieldDependencies: [
        {name: "done_count", type: "integer"},
        {name: "row_count", type: "integer"},
        {name: "warning_count", type: "integer"},
        {name: "checking", type: "boolean"},
        ...FATES.map(([name]) => ({name: `${name}_count`, type: "integer"})),
    ],
});

import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {formatInteger} from "@web/views/fields/formatters";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {View} from "@web/views/view";

/** How many contacts each scene has, and a picture of the one that is chosen. */
export class ContactDashboard extends Component {
    static template = "contact_person.ContactDashboard";
    static components = {Layout, View};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.format = formatInteger;
        this.pictures = [
            {
                key: "owner",
                label: _t("By owner"),
                groupBy: ["user_id", "contact_state"],
            },
            {key: "state", label: _t("By state"), groupBy: ["contact_state"]},
            {
                key: "month",
                label: _t("By month"),
                groupBy: ["create_date:month", "contact_state"],
            },
        ];
        this.state = useState({scene: "all", picture: this.pictures[0].key});
        onWillStart(async () => {
            this.scenes = await this.orm.call(
                "res.partner",
                "contact_scene_counts",
                []
            );
        });
    }

    get graphProps() {
        const picture = this.pictures.find((p) => p.key === this.state.picture);
        return {
            type: "graph",
            resModel: "res.partner",
            domain: this.domain,
            groupBy: picture.groupBy,
            display: {controlPanel: false},
            noContentHelp: _t("No contact in this scene."),
        };
    }

    get domain() {
        return [
            ["is_contact_person", "=", true],
            ["contact_scene", "=", this.state.scene],
        ];
    }

    openList() {
        return this.action.doAction("contact_person.res_partner_action", {
            additionalContext: {[`search_default_scene_${this.state.scene}`]: 1},
            viewType: "list",
        });
    }
}

registry.category("actions").add("contact_person.dashboard", ContactDashboard);

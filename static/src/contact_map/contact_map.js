import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useRef,
    useState,
} from "@odoo/owl";
import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {KINDS, LIMIT, graph} from "./contact_map_graph";
import {ContactMapPicture} from "./contact_map_picture";

/**
 * The relation map of a contact, an account or a lead. A click on a node, in the
 * picture or in the list beside it, walks there: it becomes the middle.
 */
export class ContactMap extends Component {
    static template = "contact_person.ContactMap";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.canvas = useRef("canvas");
        this.title = useRef("title");
        this.answers = new Map();
        this.question = 0;
        this.display = {controlPanel: {}};
        this.state = useState({trail: [], graph: null, hovered: null, drawn: false});
        useSetupAction({getLocalState: () => ({trail: [...this.state.trail]})});
        onWillStart(() => Promise.all([this.start(), this.loadLibrary()]));
        onMounted(() => {
            this.picture = new ContactMapPicture(this.canvas.el, {
                walk: (id) => this.walk(this.node(id)),
                open: (id) => this.open(this.node(id)),
                hover: (id) => this.hover(id),
            });
            this.draw();
        });
        onWillUnmount(() => {
            this.question++;
            this.picture?.destroy();
        });
    }

    loadLibrary() {
        return loadBundle("contact_person.cytoscape_lib");
    }

    async start() {
        const {active_id, contact_map_model} = this.props.action.context;
        const start = {model: contact_map_model, res_id: active_id};
        await this.follow(this.props.state?.trail || [start]);
    }

    /** Show the last node of a trail; the one before it is drawn, too. */
    async follow(trail) {
        const question = ++this.question;
        const [previous, present] = await Promise.all(
            [trail.at(-2), trail.at(-1)].map((node) => node && this.ask(node))
        );
        if (question !== this.question) {
            return;
        }
        this.state.graph = graph(present, previous);
        this.state.trail = [...trail.slice(0, -1), this.state.graph.center];
        this.state.hovered = null;
        if (this.picture) {
            this.draw();
            // on a small screen the list that was clicked is below
            this.canvas.el.scrollIntoView({block: "nearest"});
            // the button that was pressed is gone: keyboards go on from here
            this.title.el.focus({preventScroll: true});
        }
    }

    ask({model, res_id}) {
        const key = `${model} ${res_id}`;
        if (!this.answers.has(key)) {
            const answer = this.orm.call(model, "contact_map", [[res_id]], {
                limit: LIMIT,
            });
            answer.catch(() => this.answers.delete(key));
            this.answers.set(key, answer);
        }
        return this.answers.get(key);
    }

    draw() {
        const {id} = this.state.graph.center;
        this.picture.draw(this.state.graph, () => (this.state.drawn = id));
    }

    /** The neighbours by kind; the picture is not kept waiting for their list. */
    get sections() {
        const {near} = this.state.graph;
        return this.state.drawn
            ? KINDS.map(([kind, label]) => ({
                  kind,
                  label,
                  nodes: near.filter((node) => node.kind === kind),
              }))
            : [];
    }

    get more() {
        return this.state.graph.near.filter((node) => node.more);
    }

    node(id) {
        const {center, near, far} = this.state.graph;
        return [center, ...near, ...far].find((node) => node.id === id);
    }

    async walk(node) {
        if (node?.more) {
            return this.openMore(node);
        }
        if (!node?.res_id || node.id === this.state.graph.center.id) {
            return;
        }
        const {trail} = this.state;
        const at = trail.findIndex((past) => past.id === node.id);
        return this.follow(at < 0 ? [...trail, node] : trail.slice(0, at + 1));
    }

    back() {
        return this.follow(this.state.trail.slice(0, -1));
    }

    open(node) {
        if (node?.res_id) {
            return this.action.doAction({
                type: "ir.actions.act_window",
                res_model: node.model,
                res_id: node.res_id,
                views: [[false, "form"]],
            });
        }
    }

    async openMore(node) {
        const {model, res_id} = this.state.graph.center;
        const action = await this.orm.call(model, "contact_map_list", [
            [res_id],
            node.more,
        ]);
        return this.action.doAction(action);
    }

    hover(id) {
        this.state.hovered = id;
        this.picture.highlight(id);
    }
}

registry.category("actions").add("contact_person.map", ContactMap);

import {_t} from "@web/core/l10n/translation";
import {groupBy} from "@web/core/utils/arrays";

export const LIMIT = 60;
// The order of the sectors in the picture and of the sections in the list.
export const KINDS = [
    ["company", _t("Companies")],
    ["person", _t("People")],
    ["lead", _t("Leads and opportunities")],
    ["former", _t("Former")],
];
const ORDER = [...KINDS.map(([kind]) => kind), "more"];

function pair(edge) {
    return [edge.source, edge.target].sort().join(" ");
}

/** One line for each pair of nodes, which carries all the words between them. */
function united(edges) {
    const pairs = Object.values(groupBy(edges, pair));
    return pairs.map((all) => {
        const present = all.filter((edge) => !edge.former);
        // what was is not told of those who still are linked
        const told = present.length ? present : all;
        return {
            source: all[0].source,
            target: all[0].target,
            former: !present.length,
            label: [...new Set(told.map((edge) => edge.label))].join(", "),
            detail: told
                .map((edge) => edge.detail)
                .filter(Boolean)
                .join(", "),
        };
    });
}

/** A node that stands for those of one model that found no room. */
function more(model, count) {
    return {
        id: `more ${model}`,
        kind: "more",
        more: model,
        label: `+ ${count}`,
        relation: model === "crm.lead" ? _t("more leads") : _t("more contacts"),
    };
}

/** Add the middle before and as many of its neighbours as there is room for. */
function joinPrevious({center, near, far, edges}, previous, origin) {
    const known = new Set([center.id, ...near.map((node) => node.id)]);
    if (!known.has(origin.id)) {
        known.add(origin.id);
        near.push({...origin, center: false});
    }
    for (const node of previous.nodes) {
        if (!known.has(node.id) && known.size < LIMIT) {
            known.add(node.id);
            far.push(node);
        }
    }
    const drawn = new Set(edges.map(pair));
    for (const line of united(previous.edges)) {
        if (!drawn.has(pair(line)) && known.has(line.target)) {
            edges.push(line);
        }
    }
}

/** Count by model who found no room; where one came from is drawn all the same. */
function leftOut({nodes, hidden_by_model}, previous, origin) {
    const counts = {...hidden_by_model};
    const center = nodes.find((node) => node.center);
    const found = !origin || nodes.some((node) => node.id === origin.id);
    if (!found && previous.edges.some((edge) => edge.target === center.id)) {
        counts[origin.model]--;
    }
    return counts;
}

/** Tell each neighbour what it is to the middle, and each line its colour. */
function describe({center, near, edges}) {
    const lines = new Map(edges.map((line) => [pair(line), line]));
    for (const node of near) {
        const line = lines.get(pair({source: center.id, target: node.id}));
        if (line) {
            // a line that came with the middle before is read the other way
            node.relation = line.source === center.id ? line.label : "";
            node.detail = line.detail;
            line.kind = node.kind;
        }
    }
    for (const line of edges.filter((edge) => !edge.kind)) {
        line.kind = "former";
    }
}

/**
 * Join the answer for the present middle with that for the one before: the neighbours
 * of both are drawn, those of the one before only as far as there is room.
 *
 * @param {Object} answer of ``contact_map`` for the present middle
 * @param {Object|undefined} previous the same for the node where the walk came from
 * @returns {Object} ``center``, ``near``, ``far``, ``edges``
 */
export function graph(answer, previous) {
    const found = {
        center: answer.nodes.find((node) => node.center),
        near: answer.nodes.filter((node) => !node.center).map((node) => ({...node})),
        far: [],
        edges: united(answer.edges),
    };
    const {near} = found;
    const origin = previous?.nodes.find((node) => node.center);
    if (origin) {
        joinPrevious(found, previous, origin);
    }
    for (const [model, count] of Object.entries(leftOut(answer, previous, origin))) {
        if (count) {
            near.push(more(model, count));
        }
    }
    describe(found);
    near.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
    if (origin) {
        // the picture begins on the left: there one came from
        const at = near.findIndex((node) => node.id === origin.id);
        near.push(...near.splice(0, at));
    }
    return found;
}

/* global cytoscape */
import {SPARSE, positions} from "./contact_map_layout";
import {twoLines} from "./contact_map_text";

// Also in contact_map.scss, for the legend.
export const COLORS = {
    person: "#2779b0",
    company: "#7c4f73",
    lead: "#c8701d",
    former: "#858b94",
    more: "#858b94",
};
const MOVE = 250;
const SIZE = 40;
const FONT = 12.5;
const LINE = 15;
const WIDTH = 120;
const ICONS = {
    company:
        "M14 10h20v30h-7v-7h-6v7h-7zM18 14v4h4v-4zM26 14v4h4v-4zM18 21v4h4v-4zM26 21v4h4v-4z",
    lead: "M24 10l4.2 9.4 10.2 1-7.700 6.800 2.200 10-8.900-5.200-8.900 5.200 2.200-10-7.700-6.800 10.200-1z",
};

/** A small drawing for a node without a photo: a sign, or a person's initials. */
function drawing(node) {
    const color = COLORS[node.kind];
    const sign = node.kind === "lead" ? "lead" : node.is_company ? "company" : null;
    const words = node.label.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
    const ends = [words[0], words.length > 1 ? words.at(-1) : ""];
    const initials = ends.map((word) => [...(word || "")].slice(0, 1).join(""));
    const inside = sign
        ? `<path fill="${color}" fill-rule="evenodd" d="${ICONS[sign]}"/>`
        : `<text x="24" y="30" font-size="17" font-family="sans-serif" font-weight="600" text-anchor="middle" fill="${color}">${initials.join("").toUpperCase()}</text>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 48 48"><rect width="48" height="48" fill="#fff"/><rect width="48" height="48" fill="${color}" fill-opacity=".14"/>${inside}</svg>`;
    return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}

function style(colors) {
    const text = {
        "font-family": colors.font,
        color: colors.text,
        "text-background-color": colors.back,
        "text-background-opacity": 0.85,
        "text-background-padding": 1,
    };
    return [
        {
            selector: "node",
            style: {
                ...text,
                label: "data(label)",
                width: SIZE,
                height: SIZE,
                "font-size": FONT,
                "font-weight": 600,
                "line-height": LINE / FONT,
                "text-valign": "bottom",
                "text-margin-y": 3,
                "text-wrap": "wrap",
                "text-max-width": 4 * WIDTH,
                "background-color": colors.back,
            },
        },
        {
            selector: "node[color]",
            style: {
                "border-width": 2.5,
                "border-color": "data(color)",
                "background-image": "data(picture)",
                "background-fit": "cover",
                shape: "data(shape)",
            },
        },
        {
            selector: "node.center",
            style: {
                width: 72,
                height: 72,
                "font-size": 15,
                "border-width": 5,
            },
        },
        {
            selector: "node.more",
            style: {
                "border-style": "dashed",
                "background-image": "none",
                "text-valign": "center",
                "text-margin-y": 0,
                "text-background-opacity": 0,
                width: 56,
            },
        },
        {
            selector: "node.caption",
            style: {
                width: 1,
                height: 1,
                events: "no",
                "background-opacity": 0,
                "font-size": 11,
                "font-weight": 400,
                "font-style": "italic",
                color: colors.muted,
                "text-wrap": "ellipsis",
                "text-max-width": WIDTH + 4,
                "text-margin-y": 0,
            },
        },
        {
            selector: "edge",
            style: {
                ...text,
                width: 1.5,
                "curve-style": "straight",
                "line-color": "data(color)",
                "line-opacity": 0.55,
                "target-arrow-color": "data(color)",
                "target-arrow-shape": "triangle",
                "arrow-scale": 0.8,
                "font-size": 11.5,
                color: colors.muted,
                "text-wrap": "wrap",
                "text-max-width": WIDTH,
            },
        },
        {selector: "edge.worded, edge.hover", style: {label: "data(label)"}},
        {
            selector: "edge.former",
            style: {"line-style": "dashed", "line-color": COLORS.former},
        },
        {selector: ".far", style: {opacity: 0.55}},
        {selector: ".hover", style: {opacity: 1, "z-index": 10}},
        {selector: "edge.hover", style: {width: 3, "line-opacity": 1}},
        {
            selector: "node.hover",
            style: {"border-width": 5, "text-background-opacity": 1},
        },
    ];
}

/** The picture of a relation map; draws with Cytoscape.js, which has to be loaded. */
export class ContactMapPicture {
    /**
     * @param {HTMLElement} el
     * @param {Object} on ``walk``, ``open`` and ``hover``, each called with a node's id
     */
    constructor(el, on) {
        const css = getComputedStyle(el);
        this.font = css.fontFamily;
        this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
        this.cy = cytoscape({
            container: el,
            style: style({
                font: this.font,
                text: css.color,
                back: css.backgroundColor,
                muted: css.getPropertyValue("--o-contact-map-muted") || css.color,
            }),
            minZoom: 0.2,
            maxZoom: 3,
            autoungrabify: true,
            boxSelectionEnabled: false,
            multiClickDebounceTime: 220,
        });
        this.cy.on("onetap", "node", (ev) => on.walk(ev.target.id()));
        this.cy.on("dbltap", "node", (ev) => on.open(ev.target.id()));
        this.cy.on("mouseover", "node", (ev) => on.hover(ev.target.id()));
        this.cy.on("mouseout", "node", () => on.hover(null));
        this.resize = new ResizeObserver(() => this.fit());
        this.resize.observe(el);
    }

    /**
     * @param {Object} graph ``center`` id, ``near`` and ``far`` nodes in their order,
     *   ``edges``
     * @param {Function} done called when it is on the screen
     */
    draw({center, near, far, edges}, done) {
        const before = this.cy.nodes().map((node) => [node.id(), node.position()]);
        const from = Object.fromEntries(before.map(([id, p]) => [id, {...p}]));
        const place = positions(
            near.map((node) => node.id),
            far.map((node) => node.id)
        );
        place[center.id] = {x: 0, y: 0};
        const sparse = near.length <= SPARSE;
        const elements = [
            ...this.nodes([center], place, "center"),
            ...this.nodes(near, place, "near"),
            ...this.nodes(far, place, "far"),
            ...(sparse ? [] : this.captions(near, place)),
            ...this.edges(edges, center, sparse),
        ];
        this.cy.one("render", done);
        this.cy.batch(() => {
            this.cy.elements().remove();
            this.cy.add(elements);
        });
        this.fit();
        this.glide(from);
    }

    nodes(nodes, place, part) {
        return nodes.map((node) => ({
            data: {
                id: node.id,
                label: this.label(node, part).join("\n"),
                color: COLORS[node.kind],
                picture: node.image || drawing(node),
                shape:
                    node.kind === "lead"
                        ? "round-octagon"
                        : node.is_company
                          ? "round-rectangle"
                          : "ellipse",
            },
            position: {...place[node.id]},
            classes: `${part} ${node.kind}`,
        }));
    }

    label(node, part) {
        const [size, width] = part === "center" ? [15, 190] : [FONT, WIDTH];
        return twoLines(node.label, `600 ${size}px ${this.font}`, width);
    }

    /** What each neighbour is to the middle, under its name. */
    captions(near, place) {
        return near
            .filter((node) => node.relation)
            .map((node) => {
                const {x, y} = place[node.id];
                const lines = node.more ? 0 : this.label(node).length;
                return {
                    data: {id: `caption ${node.id}`, label: node.relation},
                    position: {x, y: y + SIZE / 2 + LINE * lines + 3},
                    classes: "caption",
                };
            });
    }

    edges(edges, center, sparse) {
        return edges.map((edge) => ({
            data: {
                ...edge,
                id: `${edge.source} ${edge.target}`,
                color: COLORS[edge.kind],
            },
            classes: [
                edge.former ? "former" : "",
                edge.source === center.id ? (sparse ? "worded" : "") : "far",
            ].join(" "),
        }));
    }

    /** Let the nodes that stay go to their new places, so that the eye can follow. */
    glide(from) {
        const moving = this.cy.nodes().filter((node) => from[node.id()]);
        if (this.still || !moving.length) {
            return;
        }
        for (const node of moving) {
            const to = {...node.position()};
            node.position(from[node.id()]);
            node.animate({position: to}, {duration: MOVE, easing: "ease-out"});
        }
    }

    /** Show everything, or, if that were too small to read, the middle. */
    fit() {
        this.cy.resize();
        const box = this.cy.elements().boundingBox();
        const [width, height] = [this.cy.width(), this.cy.height()];
        const zoom = Math.min((width - 16) / box.w, (height - 16) / box.h);
        this.cy.zoom(Math.min(Math.max(zoom, 0.6), 1.25));
        if (zoom < 0.6) {
            this.cy.center(this.cy.nodes(".center"));
        } else {
            this.cy.center();
        }
    }

    zoom(factor) {
        this.cy.zoom({
            level: this.cy.zoom() * factor,
            renderedPosition: {x: this.cy.width() / 2, y: this.cy.height() / 2},
        });
    }

    highlight(id) {
        this.cy.elements(".hover").removeClass("hover");
        if (id) {
            const node = this.cy.getElementById(id);
            node.union(node.connectedEdges()).addClass("hover");
        }
    }

    destroy() {
        this.resize.disconnect();
        this.cy.destroy();
    }
}

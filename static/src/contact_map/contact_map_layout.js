/**
 * Where the nodes of a relation map stand: on ellipses around the middle, each kind in
 * a sector of its own. No node's slot, which holds the caption too, covers another's.
 * A force layout would need many times as long and let captions overlap.
 */

// What a node takes up with its caption, in pixels of the picture.
export const SLOT = {width: 124, height: 94};
// Up to so many neighbours stand on one wide ellipse, with words on the lines to them.
export const SPARSE = 12;
const SPARSE_RADIUS = 2.1;
const FIRST_RADIUS = 1.45;
const LEFT = Math.PI;

/** Return a point on the ring in pixels; the radius is measured in slots. */
function point(radius, angle) {
    return {
        x: radius * SLOT.width * Math.cos(angle),
        y: radius * SLOT.height * Math.sin(angle),
    };
}

/** How many slots fit on the part of a ring that spans ``span`` radians. */
function capacity(radius, span = 2 * Math.PI) {
    // Slots are boxes: their distance along a circle is the larger of dx and dy.
    const round = 4 * Math.SQRT2 * radius;
    return Math.floor((round * span) / (2 * Math.PI));
}

/** Angles at which ``count`` boxes are evenly apart, from ``start`` once around. */
function angles(count, start) {
    const steps = 720;
    const lengths = [0];
    for (let i = 1; i <= steps; i++) {
        const [a, b] = [i - 1, i].map((n) => start + (n * 2 * Math.PI) / steps);
        const dx = Math.abs(Math.cos(b) - Math.cos(a));
        const dy = Math.abs(Math.sin(b) - Math.sin(a));
        lengths.push(lengths[i - 1] + Math.max(dx, dy));
    }
    const found = [];
    for (let i = 0, n = 0; n < count; n++) {
        while (lengths[i] < (n * lengths[steps]) / count) {
            i++;
        }
        found.push(start + (i * 2 * Math.PI) / steps);
    }
    return found;
}

/** Radii of as many rings as ``count`` nodes need. */
function rings(count, first, span) {
    const radii = [];
    for (let room = 0, radius = first; room < count; radius++) {
        radii.push(radius);
        room += capacity(radius, span);
    }
    return radii;
}

/** Spread ``ids`` over the rings so that neighbours in the list stay neighbours. */
function spread(ids, radii) {
    const sizes = radii.map((radius) => capacity(radius));
    const room = sizes.reduce((sum, size) => sum + size, 0);
    const taken = radii.map(() => []);
    ids.forEach((id, index) => {
        // the ring that is furthest behind its share of what has been placed
        const behind = sizes.map(
            (size, ring) => ((index + 1) * size) / room - taken[ring].length
        );
        taken[behind.indexOf(Math.max(...behind))].push(id);
    });
    return taken;
}

/**
 * @param {String[]} near neighbours of the middle, in the order of their kinds
 * @param {String[]} far neighbours of the node where the walk came from
 * @returns {Object} position by id; the middle is at 0, 0
 */
export function positions(near, far) {
    const sparse = near.length <= SPARSE;
    const radii = sparse ? [SPARSE_RADIUS] : rings(near.length, FIRST_RADIUS);
    const found = {};
    spread(near, radii).forEach((ids, ring) => {
        // every other ring is turned by half a slot: its lines pass between the nodes
        const start = LEFT + (ring % 2 ? Math.PI / ids.length : 0);
        angles(ids.length, start).forEach((angle, index) => {
            found[ids[index]] = point(radii[ring], angle);
        });
    });
    const span = Math.PI * 0.8;
    const last = radii.at(-1) || 0;
    let left = far;
    for (const radius of rings(far.length, last + 1.2, span)) {
        const count = Math.min(capacity(radius, span), left.length);
        left.slice(0, count).forEach((id, index) => {
            const share = count > 1 ? index / (count - 1) - 0.5 : 0;
            const width = (span * count) / capacity(radius, span);
            found[id] = point(radius, LEFT + share * width);
        });
        left = left.slice(count);
    }
    return found;
}

/** Breaks names into lines; Cytoscape does so too, but can't stop after the second. */

const pen = document.createElement("canvas").getContext("2d");

/** Return ``text`` shortened to ``width`` pixels. */
function shortened(text, width) {
    if (pen.measureText(text).width <= width) {
        return text;
    }
    const signs = [...text];
    while (signs.length && pen.measureText(`${signs.join("")}…`).width > width) {
        signs.pop();
    }
    return `${signs.join("").trimEnd()}…`;
}

/**
 * @param {String} text
 * @param {String} font as CSS has it
 * @param {Number} width in pixels
 * @returns {String[]} one or two lines
 */
export function twoLines(text, font, width) {
    pen.font = font;
    // may also be broken after a hyphen
    text = text.trim().replace(/\s+/g, " ");
    const words = text.split(/ |(?<=\p{L}-)(?=\p{L})/u);
    let first = words[0];
    let taken = 1;
    for (; taken < words.length; taken++) {
        const longer = text.startsWith(`${first} `) ? " " : "";
        if (pen.measureText(first + longer + words[taken]).width > width) {
            break;
        }
        first += longer + words[taken];
    }
    const rest = text.slice(first.length).trim();
    return [shortened(first, width), shortened(rest, width)].filter(Boolean);
}

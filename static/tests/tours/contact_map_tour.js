import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("contact_person_map", {
    steps: () => [
        {
            content: "open the relation map",
            trigger: ".oe_stat_button:contains('Relation map')",
            run: "click",
        },
        {
            content: "it is drawn with the contact in the middle, and has a list",
            trigger:
                ".o_contact_map[data-drawn]:has(.o_contact_map_center:contains('Amalie Tourmap')) .o_contact_map_walk:contains('Spouse of')",
        },
        {
            content: "click on the company in the picture",
            trigger: ".o_contact_map_walk:contains('Tour Map A/S')",
            run() {
                const {cy} = document.querySelector(".o_contact_map_picture")._cyreg;
                cy.getElementById(this.anchor.dataset.node).emit("onetap");
            },
        },
        {
            content: "the company is in the middle; walk on by the list",
            trigger:
                ".o_contact_map:has(.o_contact_map_center:contains('Tour Map A/S')) .o_contact_map_walk:contains('Bertil Tourmap')",
            run: "click",
        },
        {
            content: "the walk is told",
            trigger:
                ".o_contact_map_trail:contains('Amalie Tourmap'):contains('Bertil Tourmap')",
        },
        {content: "go back", trigger: ".o_contact_map_back", run: "click"},
        {
            content: "one step back; open the company",
            trigger:
                ".o_contact_map:has(.o_contact_map_center:contains('Tour Map A/S')) .o_contact_map_open",
            run: "click",
        },
        {
            content: "its form",
            trigger: ".o_form_view .o_breadcrumb:contains('Tour Map A/S')",
        },
    ],
});

registry.category("web_tour.tours").add("contact_person_map_left_out", {
    steps: () => [
        {
            content: "open the relation map",
            trigger: ".oe_stat_button:contains('Relation map')",
            run: "click",
        },
        {
            content: "walk to the company",
            trigger: ".o_contact_map[data-drawn] .o_contact_map_walk:contains('Crowd')",
            run: "click",
        },
        {
            content: "59 neighbours and the one where one came from are drawn",
            trigger:
                ".o_contact_map:has(.o_contact_map_center:contains('Crowd')):has(.o_contact_map_walk:contains('Crowd 00')) .o_contact_map_more:contains('+ 5')",
        },
    ],
});

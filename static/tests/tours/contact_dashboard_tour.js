import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("contact_person_dashboard", {
    steps: () => [
        {
            content: "all scenes are counted, and drawn",
            trigger:
                ".o_contact_dashboard:has(.o_contact_scenes button:count(8)) .o_graph_canvas_container canvas",
        },
        {
            content: "choose the own contacts",
            trigger: ".o_contact_scenes button[data-scene='mine']",
            run: "click",
        },
        {
            content: "draw them by month",
            trigger: ".o_contact_dashboard button:contains('By month')",
            run: "click",
        },
        {
            content: "open the list",
            trigger:
                ".o_contact_dashboard:has(button.active:contains('By month')) button:contains('Open the list')",
            run: "click",
        },
        {
            content: "the scene filters the list",
            trigger: ".o_list_view .o_searchview_facet:contains('Mine')",
        },
    ],
});

import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("contact_person_consent_print", {
    steps: () => [
        {
            content: "open the tab",
            trigger: ".o_notebook .nav-link:contains('Consents')",
            run: "click",
        },
        {
            content: "print",
            trigger: "button:contains('Report (PDF)')",
            run: "click",
        },
        {
            content: "the message says what to do, without the tags of a page",
            trigger:
                ".o_notification_content:contains('print it with your browser'):not(:contains('<'))",
        },
        {
            content: "the report is on the page",
            trigger: ":iframe h2:contains('Consents of Amalie Tourholm')",
        },
    ],
});

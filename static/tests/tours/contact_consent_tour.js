import {registry} from "@web/core/registry";
import {inputFiles} from "@web/../tests/utils";

const LINE = ".o_contact_consent:contains('Tour News')";

registry.category("web_tour.tours").add("contact_person_consents", {
    steps: () => [
        {
            content: "open the tab",
            trigger: ".o_notebook .nav-link:contains('Consents')",
            run: "click",
        },
        {
            content: "nobody asked yet",
            trigger: `${LINE} .o_contact_consent_state:contains('Not asked yet')`,
        },
        {
            content: "unfold the wording",
            trigger: `${LINE} summary:contains('Wording')`,
            run: "click",
        },
        {
            content: "it is there in full",
            trigger: `${LINE} .o_contact_consent_wording:contains('Send me news.')`,
        },
        {
            content: "unfold source and proof",
            trigger: `${LINE} .o_contact_consent_details summary`,
            run: "click",
        },
        {
            content: "signed on paper",
            trigger: `${LINE} .o_contact_consent_details select`,
            run: "select paper",
        },
        {
            content: "add the signed card",
            trigger: `${LINE} .o_contact_consent_details input[type='file']`,
            async run() {
                const file = new File(["signed"], "card.txt", {type: "text/plain"});
                await inputFiles(
                    ".o_contact_consent_details[open] input[type='file']",
                    [file]
                );
            },
        },
        {
            content: "the card waits for the tick",
            trigger: `${LINE} .o_contact_consent_proof:contains('card.txt')`,
        },
        {
            content: "give",
            trigger: `${LINE} .form-check-input:not(:checked)`,
            run: "click",
        },
        {
            content: "given",
            trigger: `${LINE} .o_contact_consent_state:contains('Given')`,
        },
        {
            content: "withdraw",
            trigger: `${LINE} .form-check-input:checked`,
            run: "click",
        },
        {
            content: "withdrawn",
            trigger: `${LINE} .o_contact_consent_state:contains('Withdrawn')`,
        },
        {
            content: "unfold the history",
            trigger: `${LINE} summary:contains('History')`,
            run: "click",
        },
        {
            content: "both are told, with the proof",
            trigger: `${LINE} li:contains('Paper') a:contains('card.txt')`,
        },
    ],
});

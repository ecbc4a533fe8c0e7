import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("contact_person_connect", {
    steps: () => [
        {content: "make a contact", trigger: ".o_list_button_add", run: "click"},
        {
            content: "type a name",
            trigger: ".o_form_view div[name='name'] .o_input",
            run: "edit Gudrun Tourbaek",
        },
        {
            content: "go to the connections",
            trigger: ".o_notebook .nav-link[name='contact_connections']",
            run: "click",
        },
        {
            content: "search before the contact is saved",
            trigger: ".o_contact_query",
            run: "edit tour wind",
        },
        {
            content: "both tabs tell their hits",
            trigger: ".o_contact_hits .nav-link.active:contains('Customers (1)')",
        },
        {
            content: "type the role",
            trigger: ".o_contact_hit:contains('Tour Wind A/S') .o_contact_role",
            run: "edit Board",
        },
        {
            content: "connect",
            trigger: ".o_contact_hit:contains('Tour Wind A/S') .o_contact_connect",
            run: "click",
        },
        {
            content: "the contact is saved and the customer listed",
            trigger:
                "[data-scope='customers'] .o_contact_connection:contains('Contact at'):contains('Tour Wind A/S'):contains('Board')",
        },
        {
            content: "the customer column follows",
            trigger: "div[name='contact_account_names']:contains('Tour Wind A/S')",
        },
        {
            content: "see the leads",
            trigger: ".o_contact_hits .nav-link[data-kind='leads']:contains('(1)')",
            run: "click",
        },
        {
            content: "connect the lead",
            trigger: ".o_contact_hit:contains('Tour wind park') .o_contact_connect",
            run: "click",
        },
        {
            content: "the lead is listed",
            trigger: "[data-scope='leads'] li:contains('Tour wind park')",
        },
        {
            content: "say that the next one is the parent",
            trigger: "[data-scope='people'] .o_contact_type",
            run: "selectByLabel Parent of",
        },
        {
            content: "find the person",
            trigger: "[data-scope='people'] .o_contact_person_selector input",
            run: "edit Amalie Tour",
        },
        {
            content: "choose",
            trigger: ".o-autocomplete--dropdown-item:contains('Amalie Tourholm')",
            run: "click",
        },
        {
            content: "connect the person",
            trigger: "[data-scope='people'] .o_contact_connect:enabled",
            run: "click",
        },
        {
            content: "the person is listed with the label of this side",
            trigger:
                "[data-scope='people'] li:contains('Parent of'):contains('Amalie Tourholm')",
        },
        {
            content: "disconnect the customer",
            trigger:
                "[data-scope='customers'] li:contains('Tour Wind A/S') .o_contact_disconnect",
            run: "click",
        },
        {
            content: "unfold what has ended",
            trigger: "[data-scope='customers'] .o_contact_toggle_former:contains('1')",
            run: "click",
        },
        {
            content: "it is history",
            trigger: ".o_contact_former_connections li:contains('Tour Wind A/S')",
        },
        {
            content: "the customer column has the lead alone",
            trigger:
                "div[name='contact_account_names']:contains('Tour wind park'):not(:contains('Tour Wind A/S'))",
        },
    ],
});

registry.category("web_tour.tours").add("contact_person_account_persons", {
    steps: () => [
        {
            content: "go to the contact persons",
            trigger: ".o_notebook .nav-link:contains('Contact persons')",
            run: "click",
        },
        {
            content: "find an existing contact",
            trigger: ".o_contact_account_persons .o_contact_person_selector input",
            run: "edit Torben Tour",
        },
        {
            content: "choose",
            trigger: ".o-autocomplete--dropdown-item:contains('Torben Tourskov')",
            run: "click",
        },
        {
            content: "say what he is",
            trigger: ".o_contact_add_person .o_contact_type",
            run: "selectByLabel Decision maker",
        },
        {
            content: "connect",
            trigger: ".o_contact_add_person .o_contact_connect",
            run: "click",
        },
        {
            content: "he is listed with the label of this side, disconnect him",
            trigger:
                ".o_contact_connection:contains('Torben Tourskov'):contains('Decision maker') .o_contact_disconnect",
            run: "click",
        },
        {
            content: "he is gone",
            trigger:
                ".o_contact_account_persons:not(:has(.o_contact_connection:contains('Torben')))",
        },
        {content: "see the former", trigger: "[data-range='former']", run: "click"},
        {
            content: "he is there",
            trigger: ".o_contact_connection:contains('Torben Tourskov')",
        },
    ],
});

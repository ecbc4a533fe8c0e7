import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("contact_person_define_field", {
    steps: () => [
        {content: "a new field", trigger: ".o_list_button_add", run: "click"},
        {
            content: "type the label",
            trigger: "div[name='name'] input",
            run: "edit Favourite harbour && press Tab",
        },
        {
            content: "the preview shows it while it is typed",
            trigger: ".o_contact_field_preview label:contains('Favourite harbour')",
        },
        {
            content: "open the types",
            trigger: "div[name='field_type'] input",
            run: "click",
        },
        {
            content: "one option",
            trigger: ".o_select_menu_item:contains('One option')",
            run: "click",
        },
        {
            content: "the options of the field",
            trigger: ".o_notebook a[name='options']",
            run: "click",
        },
        {
            content: "add an option",
            trigger: "div[name='option_ids'] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "name it",
            trigger: "div[name='option_ids'] .o_selected_row div[name='name'] input",
            run: "edit Skagen && press Enter",
        },
        {
            content: "the preview offers it",
            trigger: ".o_contact_field_preview select:has(option:contains('Skagen'))",
        },
        {content: "save", trigger: ".o_form_button_save", run: "click"},
        {content: "saved", trigger: ".o_form_saved"},
        {
            content: "the technical name is made",
            trigger: "div[name='field_name']:contains('x_contact_favourite_harbour')",
        },
    ],
});

registry.category("web_tour.tours").add("contact_person_use_field", {
    steps: () => [
        {
            content: "the page of additional fields",
            trigger: ".o_notebook a[name='contact_fields']",
            run: "click",
        },
        {
            content: "open the options",
            trigger: "div[name='x_contact_favourite_harbour'] input",
            run: "click",
        },
        {
            content: "choose one",
            trigger: ".o_select_menu_item:contains('Skagen')",
            run: "click",
        },
        {content: "save", trigger: ".o_form_button_save", run: "click"},
        {content: "saved", trigger: ".o_form_saved"},
    ],
});

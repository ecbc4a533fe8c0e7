import {inputFiles} from "@web/../tests/utils";
import {registry} from "@web/core/registry";

const openMenu = (name) => ({
    content: `open ${name}`,
    trigger: `.o_menu_sections .o_nav_entry:contains('${name}'), .o_menu_sections button:contains('${name}')`,
    run: "click",
});

registry.category("web_tour.tours").add("contact_person_define_field", {
    steps: () => [
        {content: "the page knows the list", trigger: ".o_list_view .o_data_row"},
        openMenu("Configuration"),
        {
            content: "open the fields",
            trigger: ".o-dropdown--menu a:contains('Additional Fields')",
            run: "click",
        },
        {
            content: "they are open",
            trigger: ".o_breadcrumb:contains('Additional Fields')",
        },
        {content: "a new field", trigger: ".o_list_button_add", run: "click"},
        {
            content: "type the label",
            trigger: "div[name='name'] input",
            run: "fill Favourite harbour",
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
        {
            content: "see what it may become",
            trigger: "button[name='action_convert']",
            run: "click",
        },
        {
            content: "open the types",
            trigger: ".modal div[name='new_type'] input",
            run: "click",
        },
        {
            content: "only those that lose no value",
            trigger:
                ".o_select_menu_menu:contains('Several options'):not(:contains('Date'))",
        },
        {content: "leave it", trigger: ".modal .btn-close", run: "click"},
        {content: "it is left", trigger: "body:not(:has(.modal))"},
        openMenu("Contacts"),
        {
            content: "the page shows the new field at once",
            trigger: ".o_list_view th[data-name='x_contact_favourite_harbour']",
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

const cell = (type) => `div[name='x_contact_tour_${type}']`;
const type = (name, text, input = "input") => ({
    content: `type into ${name}`,
    trigger: `${cell(name)} ${input}`,
    run: `edit ${text} && press Tab`,
});
const choose = (name, label, item, run = "click") => [
    {content: `open ${name}`, trigger: `${cell(name)} input`, run},
    {
        content: `choose in ${name}`,
        trigger: `${item}:contains('${label}')`,
        run: "click",
    },
];
const day = (name, text) => [
    {content: `open ${name}`, trigger: `${cell(name)} .o_input`, run: "click"},
    {...type(name, text), run: `edit ${text} && press Enter`},
];
const upload = (name, content, mime) => ({
    content: `upload into ${name}`,
    trigger: `${cell(name)}:has(input[type='file']:not(:visible))`,
    async run() {
        const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
        const file = new File([bytes], `tour.${mime.split("/")[1]}`, {type: mime});
        await inputFiles(`${cell(name)} input[type='file']`, [file]);
    },
});
const PIXEL =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9" +
    "awAAAABJRU5ErkJggg==";

registry.category("web_tour.tours").add("contact_person_every_field", {
    steps: () => [
        {
            content: "the page of additional fields",
            trigger: ".o_notebook a[name='contact_fields']",
            run: "click",
        },
        type("char", "Chablis"),
        type("text", "Two words", "textarea"),
        {
            content: "type formatted text",
            trigger: `${cell("html")} .odoo-editor-editable`,
            run: "editor Rich words",
        },
        type("integer", "42"),
        type("float", "2.5"),
        type("monetary", "1200.50"),
        {content: "tick", trigger: `${cell("boolean")} input`, run: "click"},
        ...day("date", "03/15/2024"),
        ...day("datetime", "03/15/2024 10:30:00"),
        ...choose("selection", "Green", ".o_select_menu_item"),
        ...choose("tags", "Golf", ".o-autocomplete--dropdown-item"),
        ...choose(
            "many2one",
            "Tour Trade",
            ".o-autocomplete--dropdown-item",
            "edit Tour Tr"
        ),
        type("email", "tour@fields.example"),
        type("phone", "+4533112233"),
        type("url", "https://fields.example"),
        upload("image", PIXEL, "image/png"),
        upload("file", btoa("signed"), "text/plain"),
        {content: "it is chosen", trigger: `${cell("file")} .o_clear_file_button`},
        {content: "save", trigger: ".o_form_button_save", run: "click"},
        {content: "saved", trigger: ".o_form_saved"},
        {content: "it is kept", trigger: `${cell("file")} .o_download_file_button`},
    ],
});

const item = ".o_searchview_autocomplete .dropdown-item";
const row = (name) => `.o_data_row .o_data_cell[name='name']:contains('${name}')`;

registry.category("web_tour.tours").add("contact_person_search_field", {
    steps: () => [
        {
            content: "type a part of an option",
            trigger: ".o_searchview_input",
            run: "edit gol",
        },
        {
            content: "see the options of the field",
            trigger: `${item}:contains('Tour selection') a`,
            run: "click",
        },
        {
            content: "choose one",
            trigger: `${item}.o_indent:contains('Golf')`,
            run: "click",
        },
        {
            content: "who has it is found",
            trigger: `.o_list_view:has(${row("Nikoline Tourdal")}) ${row("Troels Tourdal")}`,
        },
        {
            content: "the facet names field and option",
            trigger: ".o_searchview_facet:contains('Tour selection'):contains('Golf')",
        },
        {
            content: "type a part of the name of a file",
            trigger: ".o_searchview_input",
            run: "edit agreement",
        },
        {
            content: "search the file",
            trigger: `${item}:contains('Tour file') a`,
            run: "click",
        },
        {
            content: "one is left",
            trigger: `.o_list_view:not(:has(${row("Troels")})) ${row("Nikoline")}`,
        },
        {
            content: "the filters",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            content: "who has a picture",
            trigger: ".o_filter_menu .dropdown-item:contains('With: Tour image')",
            run: "click",
        },
        {
            content: "nobody",
            trigger: ".o_view_nocontent, .o_list_view:not(:has(.o_data_row))",
        },
    ],
});

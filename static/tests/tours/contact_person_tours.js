import {registry} from "@web/core/registry";
import {inputFiles} from "@web/../tests/utils";

registry.category("web_tour.tours").add("contact_person_similar", {
    steps: () => [
        {content: "make a contact", trigger: ".o_list_button_add", run: "click"},
        {
            content: "type a name with a typo",
            trigger: ".o_form_view div[name='name'] .o_input",
            run: "edit Amalia Tourholm",
        },
        {
            content: "the contact that is meant shows beside the form, with a reason",
            trigger:
                ".o_contact_similar li:contains('Amalie Tourholm') .o_contact_similar_reasons:not(:empty)",
        },
        {
            content: "type its email",
            trigger: "div[name='email'] input",
            run: "edit amalie@tourwind.example",
        },
        {content: "the hit turns red", trigger: ".o_contact_similar .text-bg-danger"},
        {content: "try to save", trigger: ".o_form_button_save", run: "click"},
        {
            content: "the save is refused and the contact named",
            trigger: ".modal .modal-body:contains('Amalie Tourholm')",
        },
        {content: "close", trigger: ".modal .modal-footer .btn-primary", run: "click"},
        {
            content: "another name",
            trigger: ".o_form_view div[name='name'] .o_input",
            run: "edit Nikoline Tourdal",
        },
        {
            content: "another email",
            trigger: "div[name='email'] input",
            run: "edit nikoline@tourdal.example",
        },
        {content: "nobody is like this", trigger: "body:not(:has(.o_contact_similar))"},
        {
            content: "save and start the next one",
            trigger: "button[name='action_contact_save_new']",
            run: "click",
        },
        {
            content: "an empty form",
            trigger: ".o_breadcrumb .active:contains('New')",
        },
    ],
});

registry.category("web_tour.tours").add("contact_person_one_field", {
    steps: () => [
        {content: "make a contact", trigger: ".o_list_button_add", run: "click"},
        {
            content: "type a phone and nothing else",
            trigger: "div[name='phone'] input",
            run: "edit +45 70 20 30 41",
        },
        {content: "save", trigger: ".o_form_button_save", run: "click"},
        {
            content: "saved: the phone stands in for the name",
            trigger: ".o_form_saved div[name='name'] .o_input:value('+45 70 20 30 41')",
        },
    ],
});

registry.category("web_tour.tours").add("contact_person_void", {
    steps: () => [
        {
            content: "open the contact",
            trigger: ".o_data_row td[name='name']:contains('Nanna Tourvoid')",
            run: "click",
        },
        {
            content: "open the action menu",
            trigger: ".o_form_view .o_cp_action_menus button",
            run: "click",
        },
        {
            content: "void",
            trigger: ".o-dropdown--menu .o_menu_item:contains('Void')",
            run: "click",
        },
        {
            content: "say why",
            trigger: ".modal div[name='reason'] input",
            run: "edit Entered twice",
        },
        {
            content: "confirm",
            trigger: ".modal button[name='action_apply']",
            run: "click",
        },
        {
            content: "the list is back, without the contact",
            trigger:
                ".o_list_view:not(:has(.o_data_row td[name='name']:contains('Nanna Tourvoid')))",
        },
    ],
});

registry.category("web_tour.tours").add("contact_person_undo_job_change", {
    steps: () => [
        {
            content: "open the contact",
            trigger: ".o_data_row td[name='name']:contains('Nanna Tourjob')",
            run: "click",
        },
        {
            content: "open the employment",
            trigger: ".o_notebook a[name='contact_employment']",
            run: "click",
        },
        {
            content: "change the job",
            trigger: "button:has(.fa-exchange)",
            run: "click",
        },
        {
            content: "confirm",
            trigger: ".modal button[name='action_apply']",
            run: "click",
        },
        {
            content: "open the employment of the new record",
            trigger: ".o_notebook a[name='contact_employment']:not(.active)",
            run: "click",
        },
        {
            content: "undo",
            trigger: "button[name='action_contact_undo_job_change']",
            run: "click",
        },
        {content: "confirm", trigger: ".modal .btn-primary", run: "click"},
        {
            content: "the former record is back, straight below the list",
            trigger:
                ".o_form_view:not(:has(button[name='action_contact_undo_job_change'])) .o_control_panel .breadcrumb:not(:has(.breadcrumb-item:contains('Tourjob')))",
        },
    ],
});

registry.category("web_tour.tours").add("contact_person_add_from_company", {
    steps: () => [
        {
            content: "add a contact from the company",
            trigger: "button[name='action_contact_add']",
            run: "click",
        },
        {
            content: "the company is filled in",
            trigger: "div[name='parent_id'] input:value('Tour Wind A/S')",
        },
        {
            content: "type the name",
            trigger: ".o_form_view div[name='name'] .o_input",
            run: "edit Viggo Tourgaard",
        },
        {content: "save", trigger: ".o_form_button_save", run: "click"},
        {content: "saved", trigger: ".o_form_saved"},
    ],
});

registry.category("web_tour.tours").add("contact_person_import", {
    steps: () => [
        {content: "new import", trigger: ".o_list_button_add", run: "click"},
        {
            content: "choose a file",
            trigger: ".o_field_widget[name='file'] .o_select_file_button",
            async run() {
                const text =
                    "Fornavn;Efternavn;E-mail\nIda;Lund;ida@tour.example\n" +
                    "Per;Toft;per@tour.example\n;;\nLis;Krog;lis@tour.example\nLis;Krog;lis@tour.example\n";
                const file = new File([text], "people.csv", {type: "text/csv"});
                await inputFiles(".o_field_widget[name='file'] input[type='file']", [
                    file,
                ]);
            },
        },
        {content: "read it", trigger: "button[name='action_read']", run: "click"},
        {
            content: "the columns are matched",
            trigger:
                ".o_field_widget[name='mapping_ids'] tr:contains('Efternavn'):contains('Last name')",
        },
        {content: "check", trigger: "button[name='action_check']", run: "click"},
        {content: "faults are listed", trigger: "[data-fate='rejected']:contains('1')"},
        {content: "repeats are listed", trigger: "[data-fate='review']:contains('1')"},
        {content: "import", trigger: "button[name='action_run']", run: "click"},
        {content: "it runs", trigger: ".o_arrow_button_current:contains('Running')"},
    ],
});

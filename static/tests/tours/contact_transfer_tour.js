import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("contact_person_transfer", {
    steps: () => [
        {
            content: "search",
            trigger: ".o_searchview_input",
            run: "edit Transfer Tourby",
        },
        {
            content: "by name",
            trigger: ".o_searchview_autocomplete .o-dropdown-item:first",
            run: "click",
        },
        {
            content: "only those are listed",
            trigger: ".o_list_view:not(:has(.o_data_row:contains('Amalie')))",
        },
        {
            content: "choose all",
            trigger: "thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "open the actions",
            trigger: ".o_cp_action_menus .dropdown-toggle:contains('Actions')",
            run: "click",
        },
        {
            content: "transfer",
            trigger: ".o-dropdown--menu .o_menu_item:contains('Transfer')",
            run: "click",
        },
        {
            content: "the wizard counts them",
            trigger: ".modal div[name='contact_count'] span:contains('3')",
        },
        {
            content: "choose the new owner",
            trigger: ".modal div[name='user_id'] input",
            run: "edit Tour Heir",
        },
        {
            content: "from the list",
            trigger: ".o-autocomplete--dropdown-item:contains('Tour Heir')",
            run: "click",
        },
        {
            content: "go",
            trigger: ".modal button[name='action_apply']",
            run: "click",
        },
        {
            content: "it is told",
            trigger: ".o_notification:contains('Contacts transferred: 3')",
        },
        {
            content: "the list shows the new owner",
            trigger: ".o_data_row:contains('Tour Heir')",
        },
        {
            content: "open the list of transfers",
            trigger:
                ".o_menu_sections [data-menu-xmlid='contact_person.contact_transfer_log_menu']",
            run: "click",
        },
        {
            content: "undo",
            trigger: ".o_data_row:first button[name='action_undo']",
            run: "click",
        },
        {
            content: "yes",
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "it is undone",
            trigger: ".o_notification:contains('The transfer was undone')",
        },
    ],
});

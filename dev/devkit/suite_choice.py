"""Which of Odoo's own tests ``dev/test --odoo`` runs, and what it expects of them."""

# What is run when no module is named: all tests of a module, or of those with many that
# never meet the addon only the classes that make, address or show partners.
DEFAULT = {
    "base": (
        "TestPartner",
        "TestPartnerAddressCompany",
        "TestPartnerForm",
        "TestPartnerRecursion",
        "TestPartnerCategory",
        "TestResPartnerBank",
        "TestMergePartner",
    ),
    "contacts": (),
    "phone_validation": (),
    "mail": (
        "TestPartner",
        "TestUser",
        "TestMailComposer",
        "TestMailComposerForm",
        "TestMailComposerRendering",
        "TestMailComposerUI",
        "TestMailMessage",
        "TestMailTemplate",
        "TestMailTools",
        "TestMailActivityChatter",
        "TestAvatarAcl",
        "TestDiscussChannelInvite",
        "TestDiscussMentionSuggestions",
    ),
    "sales_team": (),
    "crm": (),
    "calendar": (),
    "hr": (),
    "project": (),
    "sale": (),
    "sale_crm": (),
    "account": (
        "TestAccountPartner",
        "TestMergePartner",
        "TestDuplicatePartnerBank",
        "TestFiscalPosition",
        "TestAccountPayment",
        "TestAccountIncomingSupplierInvoice",
        "TestAccountComposerPerformance",
    ),
}

_CRM = "odoo.addons.crm.tests"
_MAIL = "odoo.addons.mail.tests"
_EMAIL = ("DuplicateContactError", "the addon refuses a known email, which it saves")
_RIGHT = ("Merge contacts", "it merges contacts as a user without the right to it")
_ACCOUNT_MERGE = "odoo.addons.account.tests.test_res_partner_merge.TestMergePartner"
_SEND = (
    "odoo.addons.account.tests.test_account_move_send.TestAccountComposerPerformance"
)
_BUTTON = ("below a modal", "it takes the addon's button “Save & New” for its “Save”")
# What the addon is meant to change: of each test what its failure says, and the reason.
MEANT = {
    f"{_CRM}.test_crm_lead_convert_mass.TestLeadConvertMass"
    ".test_mass_convert_deduplicate": _EMAIL,
    f"{_CRM}.test_crm_rainbowman.TestCrmLeadRainbowmanMessages"
    ".test_leads_rainbowman": _EMAIL,
    f"{_MAIL}.test_res_partner.TestPartner.test_partner_merge_wizards": _EMAIL,
    f"{_MAIL}.test_res_partner.TestPartner.test_name_create_corner_cases": (
        "This contact is empty",
        "the addon refuses a contact without any data, which it saves",
    ),
    f"{_MAIL}.test_mail_activity.TestMailActivityChatter"
    ".test_mail_activity_date_format": _BUTTON,
    f"{_MAIL}.test_mail_activity.TestMailActivityChatter"
    ".test_mail_activity_schedule_from_chatter": _BUTTON,
    f"{_ACCOUNT_MERGE}.test_merge_partners_with_bank_accounts_linked_to_payments": (
        _RIGHT
    ),
    f"{_ACCOUNT_MERGE}"
    ".test_merge_partners_with_duplicate_bank_accounts_linked_to_payments": _RIGHT,
}

# What the policy "private" makes fail, by reason.
_REASONS = {
    "it links a contact that its user may not see to a lead or an order": (
        f"{_CRM}.test_crm_activity.TestCrmMailActivity.test_crm_activity_ordering",
        f"{_CRM}.test_crm_lead.TestCRMLead.test_crm_lead_contact_fields_mixed",
        f"{_CRM}.test_crm_lead.TestCRMLead.test_crm_lead_creation_partner",
        f"{_CRM}.test_crm_lead.TestCRMLead.test_crm_lead_creation_partner_company",
        f"{_CRM}.test_crm_lead.TestCRMLead.test_crm_lead_partner_sync",
        f"{_CRM}.test_crm_lead.TestCRMLead.test_crm_lead_partner_sync_email_phone",
        f"{_CRM}.test_crm_lead.TestCRMLead.test_crm_lead_stages",
        f"{_CRM}.test_crm_lead_convert.TestLeadConvert.test_lead_convert_base",
        f"{_CRM}.test_crm_lead_multicompany.TestCRMLeadMultiCompany"
        ".test_lead_mc_company_form_w_partner_id",
        f"{_CRM}.test_crm_lead_notification.NewLeadNotification"
        ".test_lead_message_get_suggested_recipients",
        f"{_CRM}.test_crm_lead_smart_calendar.TestCRMLeadSmartCalendar"
        ".test_meeting_creation_from_lead_form",
        "odoo.addons.sale_crm.tests.test_crm_lead_convert_quotation"
        ".TestLeadConvertToTicket.test_lead_convert_to_quotation_exist",
        "odoo.addons.sale_crm.tests.test_crm_lead_convert_quotation"
        ".TestLeadConvertToTicket.test_lead_convert_to_quotation_false_match_create",
        "odoo.addons.project.tests.test_multicompany.TestMultiCompanyProject"
        ".test_create_project",
        "odoo.addons.sale.tests.test_access_rights.TestAccessRights"
        ".test_access_sales_manager",
        "odoo.addons.sale.tests.test_sale_to_invoice.TestSaleToInvoice"
        ".test_so_create_multicompany",
        "odoo.addons.account.tests.test_duplicate_res_partner_bank"
        ".TestDuplicatePartnerBank.test_remove_bank_account_from_partner",
    ),
    "its lead would tell of a customer what its salesperson may not see": (
        f"{_CRM}.test_crm_lead.TestCRMLead"
        ".test_crm_lead_partner_sync_email_phone_corner_cases",
        f"{_CRM}.test_crm_lead_assignment.TestLeadAssign.test_assign_count",
        f"{_CRM}.test_crm_lead_assignment.TestLeadAssign.test_assign_duplicates",
        f"{_CRM}.test_crm_lead_assignment.TestLeadAssign"
        ".test_merge_assign_keep_master_team",
        f"{_CRM}.test_crm_lead_convert_mass.TestLeadConvertMass"
        ".test_mass_convert_deduplicate",
    ),
    "it sends an invoice to a contact that its user may not see": (
        f"{_SEND}.test_move_composer_multi",
        f"{_SEND}.test_move_composer_single",
        f"{_SEND}.test_move_composer_single_lang",
        f"{_SEND}.test_move_composer_with_dynamic_reports",
        "odoo.addons.sale.tests.test_access_rights.TestAccessRights"
        ".test_access_sales_person",
    ),
    "it counts the leads or orders of contacts that its user may not see": (
        f"{_CRM}.test_res_partner.TestResPartner.test_fields_opportunity_count",
        "odoo.addons.sale_crm.tests.test_res_partner.TestResPartner"
        ".test_application_stat_info",
    ),
    "its user reads, finds or plans something on a contact that he may not see": (
        "odoo.addons.base.tests.test_res_partner.TestPartnerAddressCompany"
        ".test_accessibility_of_company_partner_from_branch",
        "odoo.addons.calendar.tests.test_mail_activity_mixin.TestMailActivityMixin"
        ".test_activity_calendar_event_id",
        f"{_CRM}.test_crm_lead_multicompany.TestCRMLeadMultiCompany"
        ".test_lead_mc_company_computation_partner_restrict",
        f"{_MAIL}.test_mail_composer.TestMailComposerUI.test_mail_composer_autosave_tour",
        f"{_MAIL}.test_mail_composer.TestMailComposerUI.test_mail_composer_test_tour",
        f"{_MAIL}.test_mail_composer.TestMailComposerUI"
        ".test_mail_html_composer_test_tour",
        f"{_MAIL}.test_mail_tools.TestMailTools.test_find_partner_from_emails",
        "odoo.addons.project.tests.test_project_mail_features.TestProjectMailFeatures"
        ".test_task_creation_notifies_author",
        f"{_MAIL}.test_mail_tools.TestMailTools"
        ".test_mail_find_partner_from_emails_followers",
        f"{_MAIL}.test_res_partner.TestPartner"
        ".test_discuss_mention_suggestions_priority",
    ),
    "its user writes as, or to, a contact that he may not see and no document names": (
        f"{_CRM}.test_crm_lead_merge.TestLeadMerge.test_merge_method_followers",
        f"{_MAIL}.test_mail_composer.TestMailComposerRendering"
        ".test_mail_mass_mode_compose_with_mso",
        "odoo.addons.project.tests.test_portal.TestPortalProject"
        ".test_portal_project_access_rights",
        f"{_MAIL}.test_mail_composer.TestMailComposerForm"
        ".test_composer_default_recipients",
        f"{_MAIL}.test_mail_composer.TestMailComposerForm"
        ".test_composer_default_recipients_private",
        f"{_MAIL}.test_mail_composer.TestMailComposerForm"
        ".test_composer_template_recipients_private",
        f"{_MAIL}.test_mail_template.TestMailTemplate"
        ".test_mail_compose_message_content_from_template",
    ),
    "its user invites contacts that he may not see and that no document names": (
        "odoo.addons.calendar.tests.test_attendees.TestEventNotifications"
        ".test_attendee_added_create_with_specific_states",
        "odoo.addons.calendar.tests.test_attendees.TestEventNotifications"
        ".test_attendee_removed",
    ),
    "the proposals of a meeting's chatter are those whom its user may see": (
        "odoo.addons.calendar.tests.test_event_notifications.TestCalendarMail"
        ".test_event_get_default_recipients",
        "odoo.addons.calendar.tests.test_event_notifications.TestCalendarMail"
        ".test_event_get_suggested_recipients",
    ),
    "access to each contact is asked of the database: 1,094 queries, 962 allowed": (
        f"{_CRM}.test_performances.TestLeadAssignPerf.test_assign_perf_duplicates",
    ),
    "access to each contact is asked of the database: 1,492 queries, 1,442 allowed": (
        f"{_CRM}.test_crm_lead_convert_mass.TestLeadConvertMass"
        ".test_mass_convert_performances",
    ),
}
PRIVATE = {name: reason for reason, names in _REASONS.items() for name in names}


def wanted(modules):
    """``{module: classes}``; no classes stand for all tests of the module.

    Of base only what concerns partners even if it is named: the rest takes long and
    never meets the addon.
    """
    if not modules:
        return DEFAULT
    return {name: DEFAULT["base"] if name == "base" else () for name in modules}


def tags(choice):
    """Odoo's ``--test-tags`` for what ``wanted`` gives."""
    return ",".join(
        tag
        for module, classes in choice.items()
        for tag in ([f"/{module}:{name}" for name in classes] or [f"/{module}"])
    )

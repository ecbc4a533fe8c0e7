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
}

# What the policy "private" makes fail, and why that is right.
PRIVATE = {}


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

"""The reasons of the matching engine in words that can be translated."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

REASON_LABELS = {
    "name_same": _lt("Same name"),
    "name_similar": _lt("Similar name"),
    "name_swapped": _lt("First and last name swapped"),
    "name_reading": _lt("Same name in another script"),
    "name_nickname": _lt("Short form of the first name"),
    "name_initial": _lt("Same initial"),
    "name_part": _lt("Part of the name is the same"),
    "family_name_changed": _lt("Same first name, another family name"),
    "email_same": _lt("Same email"),
    "email_similar": _lt("Similar email"),
    "phone_same": _lt("Same phone number"),
    "phone_similar": _lt("Similar phone number"),
    "company_same": _lt("Same company"),
    "address_same": _lt("Same address"),
    "address_similar": _lt("Similar address"),
    "birthdate_same": _lt("Same date of birth"),
    "vat_same": _lt("Same tax number"),
    "website_same": _lt("Same website"),
}

"""What the table package says, in words that can be translated."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

TABLE_MESSAGES = {
    "empty_file": _lt("The file is empty. Choose a file that holds contacts."),
    "too_big": _lt(
        "The file has %(size)s MB; at most %(limit)s MB can be read at once. "
        "Split it into smaller files."
    ),
    "too_many_rows": _lt(
        "The file has more than %(limit)s rows. Split it into smaller files."
    ),
    "too_many_columns": _lt(
        "The file has %(count)s columns; at most %(limit)s can be read. "
        "Delete the columns you don't need and try again."
    ),
    "cell_too_long": _lt(
        "A cell in the row that starts at line %(line)s has more than %(limit)s "
        "characters. A quotation mark is probably missing there."
    ),
    "open_quote": _lt(
        "A quotation mark that opens in the row at line %(line)s is never closed. "
        "Close or remove it, or save the list as .xlsx."
    ),
    "zip_bomb": _lt(
        "The file unpacks to %(size)s MB, which no list of contacts needs. "
        "Open it in a spreadsheet program and save it as CSV."
    ),
    "old_excel": _lt(
        "This is an old Excel file (.xls). Open it in Excel or LibreOffice and "
        "save it as .xlsx."
    ),
    "encrypted": _lt(
        "The file is protected with a password. Open it, remove the password, "
        "and save it again as .xlsx."
    ),
    "broken_xlsx": _lt(
        "The Excel file is damaged or incomplete. Open it in Excel or LibreOffice, "
        "save it again as .xlsx, or download it once more."
    ),
    "unsafe_xml": _lt(
        "The Excel file holds definitions that no spreadsheet program writes, so it "
        "was not opened. Save it again as .xlsx."
    ),
    "no_sheet": _lt(
        "The Excel file has no sheet with data. Put the contacts into a visible sheet."
    ),
    "unknown_sheet": _lt(
        "There is no sheet named %(sheet)s. The file has these: %(sheets)s."
    ),
    "other_spreadsheet": _lt(
        "This is a %(kind)s file. Open it in its program and save it as .xlsx or .csv."
    ),
    "archive": _lt(
        "This is a packed file (%(kind)s). Unpack it and choose the csv or xlsx file "
        "inside."
    ),
    "not_a_table": _lt(
        "This is a %(kind)s file, not a table. Choose a csv or xlsx file."
    ),
    "not_text": _lt(
        "The file is neither readable text nor an Excel file. Save the list as .xlsx "
        "or as CSV (UTF-8)."
    ),
    "no_header": _lt(
        "No row with column names was found. Put the names of the columns into the "
        "first row."
    ),
}

FAULT_MESSAGES = {
    "empty": _lt("The row has no value that makes a contact."),
    "bad_email": _lt("“%(text)s” is not an email address."),
    "bad_phone": _lt("“%(text)s” is not a phone number."),
    "bad_date": _lt("“%(text)s” is not a date."),
    "partial_date": _lt("“%(text)s” is a date without a year."),
    "bad_country": _lt("“%(text)s” is not a country."),
    "bad_value": _lt("“%(text)s” can't be kept by this additional field."),
    "torn_row": _lt(
        "A cell holds whole lines of the file, so rows are lost in it: %(text)s. A "
        "quotation mark is probably missing."
    ),
    "too_long_row": _lt(
        "The row has more cells than there are columns (%(text)s). A value with the "
        "delimiter in it probably lacks its quotation marks."
    ),
}

TARGET_LABELS = {
    "name": _lt("Full name"),
    "first_name": _lt("First name"),
    "middle_name": _lt("Middle name"),
    "last_name": _lt("Last name"),
    "prefix": _lt("Title before the name"),
    "suffix": _lt("Suffix of the name"),
    "nickname": _lt("Nickname"),
    "company": _lt("Company"),
    "department": _lt("Department"),
    "function": _lt("Job position"),
    "email": _lt("Email"),
    "email_2": _lt("Second email"),
    "email_3": _lt("Third email"),
    "phone": _lt("Phone"),
    "mobile": _lt("Mobile"),
    "phone_2": _lt("Second phone"),
    "phone_3": _lt("Third phone"),
    "fax": _lt("Fax"),
    "street": _lt("Street"),
    "street2": _lt("Street, second line"),
    "street3": _lt("Street, third line"),
    "po_box": _lt("PO box"),
    "street_full": _lt("Whole address in one cell"),
    "zip": _lt("ZIP"),
    "zip_city": _lt("ZIP and city"),
    "city": _lt("City"),
    "state": _lt("State or region"),
    "country": _lt("Country"),
    "website": _lt("Website"),
    "birthdate": _lt("Date of birth"),
    "comment": _lt("Notes"),
    "tags": _lt("Tags"),
    "lang": _lt("Language"),
    "owner": _lt("Owner"),
    "vat": _lt("Tax ID"),
    "linkedin": _lt("LinkedIn profile"),
    "external_id": _lt("Reference"),
    "connected_on": _lt("Connected on"),
    "gender": _lt("Gender"),
}

# What a row may hold beside the targets of its columns.
EXTRA_LABELS = {
    "extra_emails": _lt("Also"),
    "extra_phones": _lt("Also"),
    "rejected": _lt("In the file"),
}


def message(env, texts, code, params=None):
    """Return the text of ``code`` in the user's language, its placeholders filled."""
    text = env._(texts[code])
    return text % params if params else text

"""The one error of the table package, and what it says in plain English."""

MESSAGES = {
    "empty_file": "The file is empty. Choose a file that holds contacts.",
    "too_big": (
        "The file has %(size)s MB; at most %(limit)s MB can be read at once. "
        "Split it into smaller files."
    ),
    "too_many_rows": (
        "The file has more than %(limit)s rows. Split it into smaller files."
    ),
    "too_many_columns": (
        "The file has %(count)s columns; at most %(limit)s can be read. "
        "Delete the columns you don't need and try again."
    ),
    "cell_too_long": (
        "A cell in the row that starts at line %(line)s has more than %(limit)s "
        "characters. A quotation mark is probably missing there."
    ),
    "open_quote": (
        "A quotation mark that opens in the row at line %(line)s is never closed. "
        "Close or remove it, or save the list as .xlsx."
    ),
    "zip_bomb": (
        "The file unpacks to %(size)s MB, which no list of contacts needs. "
        "Open it in a spreadsheet program and save it as CSV."
    ),
    "old_excel": (
        "This is an old Excel file (.xls). Open it in Excel or LibreOffice and "
        "save it as .xlsx."
    ),
    "encrypted": (
        "The file is protected with a password. Open it, remove the password, "
        "and save it again as .xlsx."
    ),
    "broken_xlsx": (
        "The Excel file is damaged or incomplete. Open it in Excel or LibreOffice, "
        "save it again as .xlsx, or download it once more."
    ),
    "unsafe_xml": (
        "The Excel file holds definitions that no spreadsheet program writes, so it "
        "was not opened. Save it again as .xlsx."
    ),
    "no_sheet": (
        "The Excel file has no sheet with data. Put the contacts into a visible sheet."
    ),
    "unknown_sheet": (
        "There is no sheet named %(sheet)s. The file has these: %(sheets)s."
    ),
    "other_spreadsheet": (
        "This is another kind of file: %(kind)s. Open it in the program it belongs "
        "to and save it as .xlsx or .csv."
    ),
    "archive": (
        "This is a packed file (%(kind)s). Unpack it and choose the csv or xlsx file "
        "inside."
    ),
    "not_a_table": (
        "This is no table but another kind of file: %(kind)s. Choose a csv or xlsx "
        "file."
    ),
    "not_text": (
        "The file is neither readable text nor an Excel file. Save the list as .xlsx "
        "or as CSV (UTF-8)."
    ),
    "no_header": (
        "No row with column names was found. Put the names of the columns into the "
        "first row."
    ),
}


class TableError(ValueError):
    """A file that can't be read as a table.

    :param str code: a key of ``MESSAGES``; what a translation is looked up by
    :param params: values of the placeholders of the message
    """

    def __init__(self, code, **params):
        self.code = code
        self.params = params
        super().__init__(MESSAGES[code] % params)

"""The one error of the table package: a code and what it is about.

What a code says to people stands where it is translated, with whoever calls.
"""

# Each code with the names of its parameters.
CODES = {
    "empty_file": (),
    "too_big": ("size", "limit"),
    "too_many_rows": ("limit",),
    "too_many_columns": ("count", "limit"),
    "cell_too_long": ("line", "limit"),
    "open_quote": ("line",),
    "zip_bomb": ("size",),
    "old_excel": (),
    "encrypted": (),
    "broken_xlsx": (),
    "unsafe_xml": (),
    "no_sheet": (),
    "unknown_sheet": ("sheet", "sheets"),
    "other_spreadsheet": ("kind",),
    "archive": ("kind",),
    "not_a_table": ("kind",),
    "not_text": (),
    "no_header": (),
}


class TableError(ValueError):
    """A file that can't be read as a table.

    :param str code: a key of ``CODES``; what a message is looked up by
    :param params: values of the parameters that ``CODES`` names; sizes are in MB,
        lines count from 1
    """

    def __init__(self, code, **params):
        self.code = code
        self.params = params
        super().__init__(code, params)

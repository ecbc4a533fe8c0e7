from . import (
    contact_import,
    contact_import_key,
    contact_import_mapping,
    contact_import_row,
    contact_import_values,
    contact_import_check,
    contact_import_write,
    contact_import_report,
    contact_import_decide,
)

from . import (
    test_account_names,
    test_duplicates,
    test_duplicate_guard,
    test_import,
    test_import_access,
    test_import_decide,
    test_install,
    test_match_keys,
    test_names,
    test_performance,
    test_state,
    test_tours,
)

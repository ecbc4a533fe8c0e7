# shellcheck shell=bash disable=SC2034  # read by the files that source this one
# What the development tools install, pinned so that tomorrow gives today's result.

# Odoo 19 Community as Debian packages it, fetched from the suite `unstable`.
ODOO_PACKAGE="odoo-19"
ODOO_SERIES="19.0"
ODOO_VERSION="19.0.0+dfsg-1"

# Fonts and scripts that the package links to with relative links.
ODOO_HELPERS_UNSTABLE="libjs-jquery libjs-jquery-form libjs-underscore
fonts-roboto-unhinted fonts-montserrat fonts-inconsolata fonts-ocr-b"
# Version 4 of Font Awesome is what Odoo's file names mean; `unstable` has 7.
ODOO_HELPERS_STABLE="fonts-font-awesome"
STABLE_SUITE="bookworm"

# Left out of the unpacked tree: 1 GB that no test of a CRM contact needs.
# Translations stay for the languages this addon speaks, and the two folders of tests
# from which the tests of account, and with them those of sale and project, import.
ODOO_LEAVE_OUT="./usr/lib/python3/dist-packages/addons
./usr/lib/python3/dist-packages/doc
./usr/lib/python3/dist-packages/setup
./usr/share/doc
./usr/lib/python3/dist-packages/odoo/addons/l10n_*
./usr/lib/python3/dist-packages/odoo/addons/pos_*
./usr/lib/python3/dist-packages/odoo/addons/point_of_sale
./usr/lib/python3/dist-packages/odoo/addons/test_[!m]*
./usr/lib/python3/dist-packages/odoo/addons/test_ma[!i]*
./usr/lib/python3/dist-packages/odoo/addons/test_mai[!l]*
./usr/lib/python3/dist-packages/odoo/addons/test_mail_*
./usr/lib/python3/dist-packages/odoo/addons/website*
./usr/lib/python3/dist-packages/odoo/addons/theme_*
./usr/lib/python3/dist-packages/odoo/addons/spreadsheet_dashboard_pos*
./usr/lib/python3/dist-packages/odoo/addons/spreadsheet_dashboard_website*"
ODOO_KEEP_LANGUAGES="fr da"

# PostgreSQL: Debian 12's version first, then others that Odoo 19 supports.
POSTGRES_VERSIONS="15 16 17 14 13"
POSTGRES_PACKAGE="postgresql-15"

PYTHON_OLDEST="3.11"
PYTHON_NEWEST="3.13"

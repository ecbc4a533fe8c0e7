# shellcheck shell=bash
# One line for every command:  source lib/setup.sh; prepare server|tests|lint
#
# Afterwards these are exported (see common.sh for the folders):
#   CP_PYTHON       Python of the virtual environment with Odoo's libraries
#   CP_ODOO         folder for PYTHONPATH that holds the package `odoo`
#   CP_ODOO_ADDONS  addons folders of that Odoo, joined by commas
#   CP_ODOO_ID      text that tells this Odoo from another
#   CP_PG_BIN       folder of initdb and postgres; empty when PGHOST names a server
#   CP_LINT         Python of the environment with the lint tools (after `lint`)
# `../env COMMAND…` gives the same, with a running database server, to any program.

set -euo pipefail
CP_LIB="$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
for part in versions common system python odoo postgres; do
    # shellcheck source=/dev/null
    . "$CP_LIB/$part.sh"
done

prepare() {
    local kind="$1"
    make_folder "$CP_CACHE"
    make_folder "$CP_STATE"
    make_folder "$CP_WORK"
    [ "$(id -u)" -ne 0 ] || chmod 755 "$CP_STATE" "$CP_STATE/clones" "$CP_WORK"
    with_lock system ensure_system "$kind"
    need_python
    if [ "$kind" = lint ]; then
        with_lock lint ensure_venv lint "$CP_ROOT/dev/requirements-lint.txt"
        ensure_venv lint "$CP_ROOT/dev/requirements-lint.txt"
        CP_LINT="$CP_VENV/bin/python"
        export CP_LINT
        return
    fi
    ensure_postgres
    ensure_odoo
    with_lock odoo-venv ensure_venv odoo "$CP_ROOT/dev/requirements-odoo.txt"
    ensure_venv odoo "$CP_ROOT/dev/requirements-odoo.txt"
    CP_PYTHON="$CP_VENV/bin/python"
    export CP_PYTHON CP_ODOO CP_ODOO_ADDONS CP_ODOO_ID CP_PG_BIN
}

# devkit MODULE ARGS…: run a tool of ../devkit in place of this shell.
devkit() {
    local module="$1"
    shift
    PYTHONPATH="$CP_ROOT/dev" exec "$CP_PYTHON" -m "devkit.$module" "$@"
}

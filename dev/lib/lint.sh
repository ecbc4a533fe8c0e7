# shellcheck shell=bash
# What dev/lint does: each check in turn, then one line that says which failed.

FAILED=()

# check NAME COMMAND…
check() {
    local name="$1"
    shift
    say "$name"
    "$@" || FAILED+=("$name")
}

# Prettier from its pinned list, in the cache beside the other tools.
ensure_prettier() {
    local list="$CP_ROOT/dev/prettier" half
    PRETTIER="$CP_CACHE/prettier-$(hash_of "$(cat "$list/package-lock.json")" "$CP_LINT")"
    [ -e "$PRETTIER" ] && return
    say "Installing prettier"
    half="$PRETTIER.half"
    rm -rf "$half"
    mkdir -p "$half"
    cp "$list/package.json" "$list/package-lock.json" "$half/"
    # npm compares each package with the hash in the list.
    (cd "$half" && again 3 npm ci --ignore-scripts --no-audit --no-fund \
        --loglevel=error </dev/null) ||
        die "npm could not install prettier." \
            "Its own message is above; mostly it is the network or a proxy."
    mv "$half" "$PRETTIER"
}

# tracked PATTERN…: the project's own files, whether committed yet or not. The clone
# may belong to another user: what lies in it is run here anyhow.
tracked() {
    git -C "$CP_ROOT" -c safe.directory='*' \
        ls-files --cached --others --exclude-standard -- "$@" |
        while read -r file; do [ ! -f "$CP_ROOT/$file" ] || echo "$file"; done
}

run_prettier() {
    local files
    mapfile -t files < <(tracked '*.xml' '*.js' '*.scss' '*.css' | sort -u)
    [ "${#files[@]}" -gt 0 ] || return 0
    (cd "$CP_ROOT" && node "$PRETTIER/node_modules/prettier/bin/prettier.cjs" \
        --plugin "$PRETTIER/node_modules/@prettier/plugin-xml/src/plugin.js" \
        --log-level warn "$@" "${files[@]}")
}

# pylint-odoo takes the module's name from its folder: give it a copy
# under the right name.
run_pylint() {
    rm -rf "$CP_WORK/lint"
    mkdir -p "$CP_WORK/lint/contact_person"
    tracked | tar -C "$CP_ROOT" -c -T - | tar -C "$CP_WORK/lint/contact_person" -x
    (cd "$CP_WORK/lint" && "$CP_LINT" -m pylint \
        --rcfile="$CP_ROOT/.pylintrc-mandatory" contact_person)
}

run_oca_checks() {
    # Not of the OCA's mandatory set: matters of taste that prettier settles or nobody.
    local taste="po-pretty-format,xml-header-wrong,xml-tag-position"
    taste+=",xml-field-numeric-without-eval"
    (cd "$CP_WORK/lint" && "$(dirname "$CP_LINT")/oca-checks-odoo-module" \
        --disable="$taste" \
        contact_person/__manifest__.py)
}

run_po_checks() {
    PYTHONPATH="$CP_ROOT/dev" PYTHONDONTWRITEBYTECODE=1 \
        "$CP_LINT" -m devkit.po_check "$CP_ROOT/i18n"
}

run_shellcheck() {
    local files
    mapfile -t files < <(cd "$CP_ROOT" && grep -lE '^#!/usr/bin/env bash|^# shellcheck shell' \
        .ci/* dev/* dev/lib/* 2>/dev/null)
    (cd "$CP_ROOT" && "$(dirname "$CP_LINT")/shellcheck" -x -P SCRIPTDIR "${files[@]}")
}

# No file of this machine's and no registry's address belongs in the project.
run_address_check() {
    local found
    found="$(cd "$CP_ROOT" && tracked | grep -vE '^(LICENSE|data/|dev/lib/lint.sh)' |
        tr '\n' '\0' | xargs -0 grep -nIE \
        'deb\.debian\.org|pypi\.org/simple|files\.pythonhosted|registry\.npmjs|"/home/' || true)"
    [ -z "$found" ] || { echo "$found"; return 1; }
}

lint() {
    local ruff=("$CP_LINT" -m ruff)
    export PATH="${CP_LINT%/*}:$PATH"
    export RUFF_CACHE_DIR="$CP_CACHE/ruff" PYLINTHOME="$CP_CACHE/pylint"
    # No list would mean nothing to check, and everything clean.
    [ -n "$(tracked)" ] || die "git lists no file in $CP_ROOT." \
        "dev/lint checks what git knows: run it in a clone."
    with_lock prettier ensure_prettier
    ensure_prettier
    cd "$CP_ROOT" || exit
    if [ "${1:-}" = --fix ]; then
        "${ruff[@]}" check -q --fix . || true
        "${ruff[@]}" format -q .
        run_prettier --write
    fi
    check "ruff" "${ruff[@]}" check -q .
    check "ruff format" "${ruff[@]}" format -q --check .
    check "pylint-odoo" run_pylint
    check "OCA checks of XML, CSV and manifest" run_oca_checks
    check "prettier" run_prettier --check
    check "translations" run_po_checks
    check "shellcheck" run_shellcheck
    check "addresses of machines and registries" run_address_check
    if [ "${#FAILED[@]}" -gt 0 ]; then
        printf '\nlint failed: %s\n' "$(IFS=,; echo "${FAILED[*]}")" >&2
        return 1
    fi
    echo "lint: all clean"
}

# shellcheck shell=bash
# A Python of the right age and virtual environments made from pinned lists.

# find_python: sets CP_BASE_PYTHON; false when none of the right age is there.
find_python() {
    local candidate
    for candidate in ${CONTACT_PERSON_PYTHON:-/usr/bin/python3.11 python3.11 \
        /usr/bin/python3 python3.12 python3.13 python3}; do
        if python_fits "$candidate"; then
            CP_BASE_PYTHON="$(command -v "$candidate")"
            return 0
        fi
    done
    return 1
}

python_fits() {
    command -v "$1" >/dev/null 2>&1 && "$1" - "$PYTHON_OLDEST" "$PYTHON_NEWEST" \
        2>/dev/null <<'PY'
import ensurepip, sys, venv  # Debian splits venv and ensurepip off
low, high = (tuple(map(int, text.split("."))) for text in sys.argv[1:])
sys.exit(not low <= sys.version_info[:2] <= high)
PY
}

need_python() {
    find_python || die \
        "No Python from $PYTHON_OLDEST to $PYTHON_NEWEST with venv was found${CONTACT_PERSON_PYTHON:+ at $CONTACT_PERSON_PYTHON}." \
        "Install one (Debian 12: apt-get install python3 python3-venv), or name one:" \
        "CONTACT_PERSON_PYTHON=/path/to/python3.11 and the same command again."
}

# ensure_venv NAME LIST: sets CP_VENV to an environment with exactly these libraries.
ensure_venv() {
    local list="$2" key
    need_python
    key="$(hash_of "$("$CP_BASE_PYTHON" -VV)" "$CP_BASE_PYTHON" "$(cat "$list")")"
    CP_VENV="$CP_CACHE/venv-$1-$key"
    [ -e "$CP_VENV/complete" ] && return
    need_space "$CP_CACHE" 700 "The Python environment"
    say "Installing the Python libraries of ${list##*/}"
    rm -rf "$CP_VENV"
    "$CP_BASE_PYTHON" -m venv "$CP_VENV" || die "No virtual environment could be made." \
        "Debian 12: apt-get install python3-venv"
    local verbosity=(-qq)
    [ ! -t 2 ] || verbosity=(--progress-bar on)
    # pip checks every file against the hash that the index gives.
    again 2 "$CP_VENV/bin/python" -m pip install --disable-pip-version-check --no-input \
        --retries 5 "${verbosity[@]}" -r "$list" || die \
        "The Python libraries of ${list##*/} could not be installed." \
        "pip's own message is above; mostly it is the network or a proxy." \
        "Then run the same command again: nothing half made is used."
    date -u >"$CP_VENV/complete"
}

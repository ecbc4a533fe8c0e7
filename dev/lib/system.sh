# shellcheck shell=bash
# Packages of the system, installed with apt-get when one is missing.

# as_root COMMAND…: run with root's rights; proxy settings are handed on.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
        return
    fi
    command -v sudo >/dev/null || die "Root's rights are needed for: $*" \
        "Run that command as root once, then this one again."
    local kept=() name
    for name in http_proxy https_proxy HTTPS_PROXY HTTP_PROXY no_proxy NO_PROXY; do
        [ -z "${!name:-}" ] || kept+=("$name=${!name}")
    done
    sudo env "${kept[@]}" "$@"
}

# update_lists: the system's own package lists. apt-get itself is content when no source
# answers; here one must, while another's may be down.
update_lists() {
    as_root env LC_ALL=C apt-get -q -o Acquire::Retries=3 update </dev/null |
        awk '{print >"/dev/stderr"} /^(Hit|Get):/ {answered = 1} END {exit !answered}'
}

# install_packages NAME…: from the system's own sources, without extras.
install_packages() {
    command -v apt-get >/dev/null || die "Missing on this machine: $*" \
        "This is no Debian system. Install these with your system's own package manager" \
        "(PostgreSQL 15, Python 3.11 with venv, Chromium, libmagic), then run this again."
    say "Installing system packages: $*"
    again 3 update_lists || no_network
    again 3 as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 \
        install --no-install-recommends "$@" </dev/null || die \
        "apt-get could not install: $*" \
        "Its own message is above. Try:  apt-get update && apt-get install $*"
}

no_network() {
    die "The package server can't be reached." \
        "Check the network and the proxy settings (http_proxy, https_proxy)," \
        "then run the same command again; what was loaded already is kept."
}

# not_installed: of the package names that come in, one a line, those that lack.
not_installed() {
    local name
    while read -r name; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null |
            grep -q ' installed$' || echo "$name"
    done
}

# Not a pipe: grep would leave at the first hit and ldconfig fail for want of a reader.
has_library() {
    local known
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p) && [[ $known == *"$1"* ]]
}

# system_packages KIND: what `server`, `tests` or `lint` still lacks, one a line.
system_packages() {
    # A Python that the user named is for the user to put right.
    [ -n "${CONTACT_PERSON_PYTHON:-}" ] || find_python ||
        printf '%s\n' python3 python3-venv
    [ -e /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
    has_library libmagic.so.1 || echo libmagic1
    [ "$1" != lint ] || command -v git >/dev/null || echo git
    [ "$1" = tests ] || return 0
    find_browser || printf '%s\n' chromium fonts-liberation
}

# The names that Odoo's own test browser looks for.
find_browser() {
    command -v google-chrome google-chrome-stable chromium chromium-browser \
        >/dev/null 2>&1
}

ensure_system() {
    local missing
    mapfile -t missing < <(system_packages "$1")
    [ "${#missing[@]}" -eq 0 ] || install_packages "${missing[@]}"
}

# shellcheck shell=bash
# PostgreSQL's programs. Only the programs are used, never a server of the system:
# each cluster of these tools is private (see ../devkit/cluster.py).

# find_postgres: sets CP_PG_BIN; false when there is none.
find_postgres() {
    local version candidate
    for version in $POSTGRES_VERSIONS; do
        for candidate in "/usr/lib/postgresql/$version/bin" \
            "$CP_STATE/postgresql/usr/lib/postgresql/$version/bin"; do
            if [ -x "$candidate/initdb" ] && [ -x "$candidate/postgres" ]; then
                CP_PG_BIN="$candidate"
                return 0
            fi
        done
    done
    candidate="$(command -v initdb || true)"
    [ -n "$candidate" ] && CP_PG_BIN="$(dirname "$(readlink -f "$candidate")")"
}

# The libraries that the unpacked programs link to, without Debian's own wrapper,
# which would start a server of the system.
postgres_libraries() {
    local deb
    for deb in "$1"/*.deb; do
        dpkg-deb -f "$deb" Depends | tr ',' '\n' | sed 's/|.*//; s/(.*//; s/ //g'
    done | grep -vE "^(postgresql|ssl-cert|debconf|sysvinit|locales)" | sort -u
}

install_postgres() {
    find_postgres && return
    local half="$CP_STATE/postgresql.half" libraries
    command -v apt-get >/dev/null || die "PostgreSQL is missing." \
        "Install PostgreSQL 15 or name a server: PGHOST, PGPORT, PGUSER, PGPASSWORD."
    need_space "$CP_STATE" 300 "PostgreSQL"
    say "Loading PostgreSQL (its programs only, no service is set up)"
    rm -rf "$half"
    mkdir -p "$half/debs"
    # The system's own lists: it is its own release whose libraries must fit.
    [ -n "$(apt-cache madison "$POSTGRES_PACKAGE" 2>/dev/null)" ] ||
        again 3 update_lists || no_network
    (cd "$half/debs" && again 3 apt-get -q -o APT::Sandbox::User=root \
        download "$POSTGRES_PACKAGE" "${POSTGRES_PACKAGE/postgresql/postgresql-client}") ||
        no_network
    mapfile -t libraries < <(postgres_libraries "$half/debs" | not_installed)
    [ "${#libraries[@]}" -eq 0 ] || install_packages "${libraries[@]}"
    local deb
    for deb in "$half"/debs/*.deb; do dpkg-deb -x "$deb" "$half"; done
    rm -rf "$half/debs" "$CP_STATE/postgresql"
    mv "$half" "$CP_STATE/postgresql"
}

# ensure_postgres: with PGHOST set, the user's own server is used and none is started.
ensure_postgres() {
    # shellcheck disable=SC2034  # setup.sh exports it
    CP_PG_BIN=""
    [ -z "${PGHOST:-}" ] || return 0
    with_lock postgres install_postgres
    find_postgres || die "PostgreSQL's programs are not where they should be." \
        "Remove $CP_STATE/postgresql and run the same command again."
}

# shellcheck shell=bash
# Odoo itself: the Debian package, unpacked into the cache and not installed.

APT_HOME="$CP_CACHE/apt"

# debian_mirror: the address that this system's own apt loads Debian from.
debian_mirror() {
    if [ -n "${CONTACT_PERSON_MIRROR:-}" ]; then
        echo "${CONTACT_PERSON_MIRROR%/}"
        return
    fi
    # shellcheck disable=SC2016  # apt fills this in, not the shell
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
        'Component: main' 2>/dev/null | grep -E '/debian/?$' | head -n 1 | sed 's,/$,,'
}

# private_apt COMMAND…: apt with its own sources and lists; the system's proxy and
# certificates still hold, its sources and lists are left alone. Lists past their date
# are taken, as frozen mirrors have them: the version is pinned, the signature checked.
private_apt() {
    local tool="$1"
    shift
    "$tool" -o Dir::Etc::SourceList="$APT_HOME/sources.list" \
        -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State::Lists="$APT_HOME/lists" -o Dir::Cache="$APT_HOME/cache" \
        -o Acquire::Check-Valid-Until=false -o APT::Update::Error-Mode=any \
        -o APT::Sandbox::User=root -o Acquire::Retries=3 -o Acquire::Languages=none \
        -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false \
        -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false "$@"
}

update_private_apt() {
    local mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    command -v apt-get >/dev/null && [ -e "$keyring" ] || die \
        "Odoo comes from a Debian package here, but this is no Debian system." \
        "Name an Odoo $ODOO_SERIES that you have: ODOO_SOURCE=/path/to/odoo"
    mirror="$(debian_mirror)"
    [ -n "$mirror" ] || die "No Debian mirror is known to this system's apt." \
        "Name one: CONTACT_PERSON_MIRROR=<address of a Debian mirror>, or an Odoo that" \
        "you have: ODOO_SOURCE=/path/to/odoo"
    mkdir -p "$APT_HOME/lists/partial" "$APT_HOME/cache/archives/partial"
    printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$mirror" unstable \
        "$keyring" "$mirror" "$STABLE_SUITE" >"$APT_HOME/sources.list"
    say "Reading Debian's package lists"
    again 3 private_apt apt-get -q update || no_network
}

# The pinned version, or the newest of the same series when it is gone.
odoo_version_on_offer() {
    local versions
    versions="$(private_apt apt-cache madison "$ODOO_PACKAGE" | awk '{print $3}')"
    if grep -qxF "$ODOO_VERSION" <<<"$versions"; then
        echo "$ODOO_VERSION"
    else
        grep -F "$ODOO_SERIES" <<<"$versions" | sort -rV | head -n 1
    fi
}

# drop_damaged NAME[=VERSION]…: of files that are here already apt looks at the size
# alone. A shorter one it completes and checks, so that stays. (Apt lists nothing that
# is in its working folder: it is asked from another.)
drop_damaged() {
    local file size hash
    (cd "$APT_HOME" && private_apt apt-get -qq --print-uris download "$@") |
        sed -n "s/^'[^']*' \([^ ]* [0-9]*\) SHA256:/\1 /p" |
        while read -r file size hash; do
            [ "$(stat -c %s "$file" 2>/dev/null)" != "$size" ] ||
                sha256sum --status -c <<<"$hash  $file" || rm -f "$file"
        done
}

# download_debs FOLDER NAME[=VERSION]…: signed lists give the hash that is checked.
download_debs() {
    local folder="$1"
    shift
    mkdir -p "$folder"
    (cd "$folder" && drop_damaged "$@" &&
        again 4 private_apt apt-get -q download "$@") || no_network
}

fetch_odoo() {
    local debs="$1" version names=()
    version="$(odoo_version_on_offer)"
    [ -n "$version" ] || die "The mirror has no $ODOO_PACKAGE $ODOO_SERIES any more." \
        "Name an Odoo that you have: ODOO_SOURCE=/path/to/odoo"
    [ "$version" = "$ODOO_VERSION" ] || say \
        "Odoo $ODOO_VERSION is gone from the mirror; taking the newest, $version."
    for name in $ODOO_HELPERS_UNSTABLE; do names+=("$name/unstable"); done
    for name in $ODOO_HELPERS_STABLE; do names+=("$name/$STABLE_SUITE"); done
    say "Loading Odoo $version (about 120 MB)"
    download_debs "$debs" "$ODOO_PACKAGE=$version" "${names[@]}"
    echo "$version" >"$debs/version"
}

unpack_odoo() {
    local debs="$1" tree="$2" leave=() pattern language keep=()
    for pattern in $ODOO_LEAVE_OUT; do leave+=("--exclude=$pattern"); done
    for language in $ODOO_KEEP_LANGUAGES; do keep+=("--wildcards" "*/i18n/$language.po"); done
    say "Unpacking Odoo"
    mkdir -p "$tree"
    local deb
    for deb in "$debs"/*.deb; do
        dpkg-deb --fsys-tarfile "$deb" |
            tar -x -C "$tree" --no-same-owner --wildcards \
                "${leave[@]}" --exclude='*/i18n/*.po' --exclude='*/i18n_extra/*.po'
    done
    dpkg-deb --fsys-tarfile "$debs/$ODOO_PACKAGE"_*.deb |
        tar -x -C "$tree" --no-same-owner "${leave[@]}" "${keep[@]}"
    cp "$debs/version" "$tree/version"
    # The package lacks this file; without it every page logs an error in the browser.
    local lib="$tree/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib"
    mkdir -p "$lib/selfie_segmentation"
    [ -e "$lib/selfie_segmentation/selfie_segmentation.js" ] ||
        : >"$lib/selfie_segmentation/selfie_segmentation.js"
}

install_odoo_tree() {
    local tree="$1" debs="$CP_CACHE/debs-${1##*/}" half="$1.half"
    [ -e "$tree" ] && return
    need_space "$CP_CACHE" 1500 "Odoo"
    update_private_apt
    fetch_odoo "$debs"
    rm -rf "$half"
    unpack_odoo "$debs" "$half"
    [ -e "$half/usr/lib/python3/dist-packages/odoo/release.py" ] ||
        die "The package $ODOO_PACKAGE does not hold an Odoo where it should." \
            "Remove $debs and run the same command again."
    mv "$half" "$tree"
    rm -rf "$debs" "$APT_HOME"
}

# ensure_odoo: sets CP_ODOO, the folder to put on Python's path, CP_ODOO_ADDONS, the
# addons folders joined by commas, and CP_ODOO_ID, what tells this Odoo from others.
ensure_odoo() {
    if [ -n "${ODOO_SOURCE:-}" ]; then
        use_own_odoo
        return
    fi
    local tree
    tree="$CP_CACHE/odoo-$ODOO_VERSION-$(hash_of "$ODOO_LEAVE_OUT" \
        "$ODOO_KEEP_LANGUAGES" "$ODOO_HELPERS_UNSTABLE" "$ODOO_HELPERS_STABLE")"
    with_lock odoo install_odoo_tree "$tree"
    CP_ODOO="$tree/usr/lib/python3/dist-packages"
    CP_ODOO_ADDONS="$CP_ODOO/odoo/addons"
    CP_ODOO_ID="$(cat "$tree/version") ${tree##*/}"
}

use_own_odoo() {
    [ -e "$ODOO_SOURCE/odoo/release.py" ] || die \
        "ODOO_SOURCE=$ODOO_SOURCE is no Odoo: it has no odoo/release.py." \
        "Name the folder that holds odoo-bin (a checkout) or the package \"odoo\"."
    grep -q 'version_info = (19, 0' "$ODOO_SOURCE/odoo/release.py" ||
        die "ODOO_SOURCE=$ODOO_SOURCE is not Odoo 19.0."
    CP_ODOO="$(cd "$ODOO_SOURCE" && pwd -P)"
    CP_ODOO_ADDONS="$CP_ODOO/odoo/addons"
    [ ! -d "$CP_ODOO/addons" ] || CP_ODOO_ADDONS="$CP_ODOO_ADDONS,$CP_ODOO/addons"
    # shellcheck disable=SC2034  # setup.sh exports it
    CP_ODOO_ID="$CP_ODOO $(git -C "$CP_ODOO" rev-parse HEAD 2>/dev/null || true)"
}

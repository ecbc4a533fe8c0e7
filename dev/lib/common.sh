# shellcheck shell=bash
# Folders, messages and locks that every development command shares.
#
# CP_ROOT   the clone (the addon itself)
# CP_CACHE  downloads and what is unpacked from them, the same for every clone
# CP_STATE  databases, server data and logs
# CP_WORK   the part of CP_STATE that belongs to this clone alone

CP_ROOT="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd -P)"
HOME="${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}"
CP_CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/contact_person"
if [ "$(id -u)" -eq 0 ] && [ -z "${XDG_STATE_HOME:-}" ]; then
    # PostgreSQL refuses to run as root, and no other user can enter root's home.
    CP_STATE="/var/lib/contact_person"
else
    CP_STATE="${XDG_STATE_HOME:-$HOME/.local/state}/contact_person"
fi
CP_KEY="$(printf '%s' "$CP_ROOT" | sha256sum | cut -c1-10)"
CP_WORK="$CP_STATE/clones/$CP_KEY"
export CP_ROOT CP_CACHE CP_STATE CP_KEY CP_WORK HOME

say() { printf '\033[1m%s\033[0m\n' "• $*" >&2; }
note() { printf '  %s\n' "$*" >&2; }

# die MESSAGE [WAY OUT…]: end with a message for the user, one line an argument.
die() {
    printf '\nerror: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

make_folder() {
    mkdir -p "$1" 2>/dev/null || die "The folder $1 can't be made." \
        "Check its owner, or point XDG_CACHE_HOME and XDG_STATE_HOME elsewhere."
}

# need_space FOLDER MIB WHAT
need_space() {
    local free
    free="$(df -Pm "$1" | awk 'NR == 2 {print $4}')"
    [ "$free" -ge "$2" ] || die \
        "$3 needs $2 MiB of disk, but $1 has only $free MiB free." \
        "Free some space, or point XDG_CACHE_HOME (and XDG_STATE_HOME) to a larger disk," \
        "then run the same command again; what is there already is kept."
}

# hash_of TEXT…: a short key that changes when any of the texts does.
hash_of() { printf '%s\n' "$@" | sha256sum | cut -c1-12; }

# with_lock NAME COMMAND…: one such command at a time on this machine.
with_lock() {
    local lock="$CP_CACHE/$1.lock"
    shift
    make_folder "$CP_CACHE"
    (
        if ! flock -n 9; then
            note "Another command is installing; waiting for it to end."
            flock 9
        fi
        "$@"
    ) 9>"$lock"
}

# again TIMES COMMAND…: repeat a download that was cut off, with growing pauses.
again() {
    local times="$1" try=1
    shift
    until "$@"; do
        [ "$try" -lt "$times" ] || return 1
        note "That was cut off; trying again ($try of $((times - 1)))."
        sleep $((try * 3))
        try=$((try + 1))
    done
}

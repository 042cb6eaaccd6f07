# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What packaging/run and tests/run share: sourced, not run. Sets the current folder to the checkout.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

say() { printf '%s\n' "-- $*" >&2; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# With no HOME of our own, what tools cache goes into the build folder.
if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
    mkdir -p build/home
    export HOME="$PWD/build/home"
fi
export PERIHELION_CACHE="${PERIHELION_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/perihelion}"

# What one checkout compiled serves every other: paths in it don't count.
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1

# Prints the packages of packaging/packages that are missing. $1 is "tests" to count those of the tests too.
missing_packages() {
    local line choice found
    while IFS= read -r line; do
        line=${line%%#*}
        case $line in
        tests:*) [ "${1:-}" = tests ] || continue; line=${line#tests:} ;;
        esac
        [ -n "${line// /}" ] || continue
        found=
        for choice in ${line//|/ }; do
            if [ "$(dpkg-query -W -f '${db:Status-Status}' "$choice" 2>/dev/null)" = installed ]; then
                found=installed
                break
            elif apt-cache show --no-all-versions "$choice" >/dev/null 2>&1; then
                found=$choice
                break
            fi
        done
        # A name that no list knows is still printed, so that the error says it.
        [ "$found" = installed ] || printf '%s\n' "${found:-${line%% |*}}" | tr -d ' '
    done <packaging/packages
}

# Installs what is missing on Debian and Ubuntu; elsewhere names the packages and goes on.
install_packages() {
    local missing root=
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "This is no Debian or Ubuntu. Needed are the packages that hold: $(sed -n 's/#.*//; /[^ ]/p' packaging/packages | tr '\n' ',')"
        return 0
    fi
    missing=$(missing_packages "${1:-}")
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null && [ ! -t 0 ]; then
            say "Missing packages, and no right to install them: $(echo $missing)"
            return 0
        fi
        root=sudo
    fi
    say "Some packages are missing; renewing the package lists"
    local apt=($root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0)
    "${apt[@]}" update >&2 || say "The package lists could not be renewed; going on with those at hand."
    missing=$(missing_packages "${1:-}")
    say "Installing $(echo $missing)"
    # shellcheck disable=SC2086 # one word a package
    "${apt[@]}" install --no-install-recommends -y $missing >&2 </dev/null ||
        say "Some packages could not be installed; going on with what is there. Needed: $(echo $missing)"
}

# KArchive for Qt 6, from the system or built once into the cache.
provide_karchive() {
    packaging/karchive/build || say "No KArchive for Qt 6; configuring will say what to install."
}

set_up() {
    install_packages "${1:-}"
    provide_karchive
}

# configure_and_build PRESET [TARGET...]: quiet unless it fails.
configure_and_build() {
    local preset=$1
    shift
    cmake --preset "$preset" >"build/$preset.log" 2>&1 || { cat "build/$preset.log" >&2; fail "Configuring failed."; }
    local targets=()
    [ $# = 0 ] || targets=(--target "$@")
    cmake --build --preset "$preset" "${targets[@]}" >&2 || fail "The build failed."
}
mkdir -p build

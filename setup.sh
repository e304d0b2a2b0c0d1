#!/usr/bin/env bash
# Sets up what the program needs, and does nothing when it is there already.
#
#   ./setup.sh demo    the virtual environment .venv with the locked packages, and Pango for the PDFs
#   ./setup.sh test    the same with the packages of the tests, and PostgreSQL, Chromium and poppler
#
# Missing system packages are installed through apt when root or a sudo without password is there. Without Pango the
# program works and makes no PDFs. A part the tests need and cannot have is an error, unless ALLOW_MISSING=1.
# PYTHON names another interpreter than python3.
set -euo pipefail
cd "$(dirname "$0")"

PART=${1:-demo}
PYTHON=${PYTHON:-python3}
VENV=.venv
MISSING=()

say() { printf '%s\n' "$*" >&2; }

die() { say "setup.sh: $*"; exit 1; }

can_be_root() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

apt_install() {
    command -v apt-get >/dev/null && can_be_root || return 1
    say "Installing with apt: $*"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends --no-upgrade)
    as_root "${apt[@]}" install "$@" >/dev/null 2>&1 && return
    as_root "${apt[@]}" update >/dev/null && as_root "${apt[@]}" install "$@" >/dev/null
}

# need NAME "TEST" PACKAGE...: the test passes, or the packages make it pass, or NAME is missing
need() {
    local name=$1 test=$2
    shift 2
    eval "$test" && return
    { apt_install "$@" && eval "$test"; } || MISSING+=("$name (Debian and Ubuntu: apt install $*)")
}

fingerprint() { cat setup.sh "$1" | sha256sum | cut -d' ' -f1; }

stamp() { printf '%s' "$VENV/.installed-$1"; }

installed() { [ "$(cat "$(stamp "$1")" 2>/dev/null)" = "$(fingerprint "$1")" ] && "$VENV/bin/python" -c '' 2>/dev/null; }

make_venv() {
    "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
        die "Python 3.11 or later is needed; '$PYTHON' is not. Name another one: PYTHON=python3.12 make demo"
    "$VENV/bin/python" -c '' 2>/dev/null || "$PYTHON" -m venv --clear "$VENV" ||
        die "the virtual environment could not be made (Debian and Ubuntu: apt install python3-venv)"
}

install_packages() {
    say "Installing the packages of $1 …"
    "$VENV/bin/python" -m pip install -qq --disable-pip-version-check --no-input --no-deps --no-compile \
        --only-binary :all: --require-hashes -r "$1" || die "the packages of $1 could not be installed"
    fingerprint "$1" >"$(stamp "$1")"
}

has_pango() {
    [ -e "$VENV/.has-pango" ] || { "$VENV/bin/python" -c 'import weasyprint' 2>/dev/null && touch "$VENV/.has-pango"; }
}

has_postgresql() { command -v pg_virtualenv >/dev/null && compgen -G '/usr/lib/postgresql/*/bin/pg_ctl' >/dev/null; }

has_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null; }

case $PART in
    demo) LOCKS=(requirements.txt requirements-dev.txt) ;; # the packages of the tests contain those of the demo
    test) LOCKS=(requirements-dev.txt) ;;
    *) die "unknown part '$PART': demo or test" ;;
esac
if ! installed "${LOCKS[0]}" && ! installed "${LOCKS[-1]}"; then
    make_venv
    install_packages "${LOCKS[0]}"
fi

need Pango has_pango libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
if [ "$PART" = test ]; then
    need PostgreSQL has_postgresql postgresql postgresql-common
    need Chromium has_chromium chromium
    need poppler 'command -v pdftoppm >/dev/null' poppler-utils
fi

[ ${#MISSING[@]} = 0 ] && exit
say "MISSING, and it could not be installed from here:"
printf '  * %s\n' "${MISSING[@]}" >&2
if [ "$PART" = demo ]; then
    say "The program starts all the same; what it cannot do without them, it will say (PDF needs Pango)."
elif [ "${ALLOW_MISSING:-}" = 1 ]; then
    say "ALLOW_MISSING=1: the tests that need them are left out."
else
    die "the tests need them; ALLOW_MISSING=1 leaves those tests out"
fi

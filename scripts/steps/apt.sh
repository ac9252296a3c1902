# What the steps need from apt; sourced after report.sh.

. scripts/packages.sh
export DEBIAN_FRONTEND=noninteractive

is_debian_like() {
  command -v apt-get >/dev/null && [ -r /etc/os-release ] || return 1
  (. /etc/os-release && case " ${ID:-} ${ID_LIKE:-} " in *' debian '* | *' ubuntu '*) exit 0 ;; *) exit 1 ;; esac)
}

os_release() { (. /etc/os-release && eval "printf '%s' \"\${$1:-}\""); }

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Prints those of the named packages that are not installed.
missing_packages() {
  local package
  for package in "$@"; do is_installed "$package" || printf '%s\n' "$package"; done
}

# Installs what is missing. The package lists are fetched only when apt does not know a package or its file has gone.
apt_install() {
  local wanted
  mapfile -t wanted < <(missing_packages "$@")
  [ ${#wanted[@]} -gt 0 ] || return 0
  # A dpkg that was killed half-way refuses all work until this has run; otherwise it does nothing.
  logged apt-repair dpkg --configure -a || return 1
  if ! apt-cache show --no-all-versions "${wanted[@]}" >/dev/null 2>&1; then logged apt-update apt-get update -q || return 1; fi
  apt_get_install "${wanted[@]}" 2>/dev/null && return 0
  say 'the package lists are out of date: fetching them'
  logged apt-update apt-get update -q && apt_get_install "${wanted[@]}"
}

apt_get_install() {
  logged apt-install apt-get install -q -y --no-install-recommends -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@"
}

# Base addresses of the archives this machine takes its own release from, the likeliest first. `--print-uris` reads every
# form of sources list, needs no root and no package lists.
own_mirrors() {
  apt-get --print-uris update 2>/dev/null |
    sed -n "s,^'\(.*/\)dists/$(os_release VERSION_CODENAME)/\(In\)\?Release' .*,\1,p" | awk '!seen[$0]++'
}

# The keyring that vouches for them, if their sources list names one (`Signed-By`).
debian_keyring() {
  local keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  [ ! -r "$keyring" ] || printf '%s' "$keyring"
}

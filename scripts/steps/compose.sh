#!/usr/bin/env bash
# Docker Compose v2. A `docker compose` that works is used as it is. Otherwise the plugin is taken out of a distribution
# package, without installing that package, and put where Docker looks for a user's plugins
# (${DOCKER_CONFIG:-~/.docker}/cli-plugins). A Docker configuration of the project's own would hide the user's contexts and
# logins, and `docker compose` by hand would not work.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/steps/report.sh
. scripts/steps/apt.sh

PLUGIN="${DOCKER_CONFIG:-$HOME/.docker}/cli-plugins/docker-compose"
BY_HAND='install the Docker Compose v2 plugin of your distribution (often the package docker-compose-v2 or docker-compose-plugin)'

compose_version() { timeout 20 docker compose version --short 2>/dev/null; }

# Downloads PACKAGE into the current directory; $1 is a sources line, or empty for the machine's own sources. All of apt's
# state is private, so it needs no root and changes nothing.
download_package() {
  local source=$1 package=$2 apt=(-q -o "Dir::State=$PWD/state" -o "Dir::Cache=$PWD/cache" -o Debug::NoLocking=1
    -o APT::Sandbox::User="$(id -un)")
  mkdir -p state/lists/partial cache/archives/partial
  if [ -n "$source" ]; then
    printf '%s\n' "$source" >sources.list
    apt+=(-o "Dir::Etc::SourceList=$PWD/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Status=/dev/null")
  fi
  apt-get "${apt[@]}" update && apt-get "${apt[@]}" download "$package"
}

# Fills the current directory with a .deb that holds the plugin.
fetch_package() {
  local id keyring mirror
  id=$(os_release ID)
  if [ "$id" = ubuntu ]; then download_package '' docker-compose-v2; return; fi
  keyring=$(debian_keyring)
  for mirror in $(own_mirrors); do
    echo "trying the archive $mirror"
    download_package "deb ${keyring:+[signed-by=$keyring] }$mirror $COMPOSE_SUITE main" docker-compose && return
  done
  return 1
}

install_plugin() {
  local work=$1
  (cd "$work" && fetch_package && dpkg -x ./*.deb unpacked) || return 1
  local binary
  binary=$(find "$work/unpacked" -type f -name docker-compose -size +1M | head -n 1)
  [ -n "$binary" ] || { echo 'the package holds no docker-compose binary'; return 1; }
  mkdir -p "$(dirname "$PLUGIN")"
  # Moved into place whole: a half-written plugin would answer the next start with nonsense.
  install -m 755 "$binary" "$PLUGIN.new" && mv "$PLUGIN.new" "$PLUGIN"
}

command -v docker >/dev/null || give_up 'the docker command is not there' 'bash scripts/steps/engine.sh'
if version=$(compose_version); then result "$version"; exit 0; fi
is_debian_like || give_up 'docker compose is missing and this is not a Debian or Ubuntu' "$BY_HAND"

say "docker compose is missing: taking the plugin from a distribution package into $PLUGIN"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
logged compose install_plugin "$work" || give_up 'no archive of this machine gave the Compose plugin' "$BY_HAND"
version=$(compose_version) || give_up "$PLUGIN does not run on this machine" "rm $PLUGIN, then $BY_HAND"
result "$version, put into $PLUGIN"

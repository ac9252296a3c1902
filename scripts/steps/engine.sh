#!/usr/bin/env bash
# A Docker Engine that answers. One that is reachable is used; else, as root on Debian or Ubuntu, docker.io is installed
# and started. Nothing is installed or started before it is clear that all of it can be done.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/steps/report.sh
. scripts/steps/apt.sh

# Held by the start for as long as the set-up takes; a daemon would hold it for ever.
exec 9>&-

PID_FILE=${DOCKER_PID_FILE:-/var/run/docker.pid}
CONTAINERD_PID_FILE=/var/run/docker/containerd/containerd.pid
# Words for dockerd, should the machine need any.
read -r -a DOCKERD_OPTIONS <<<"${DOCKERD_OPTIONS:-}"

# Succeeds with `20.10.24`, fails with the client's complaint.
engine_version() { timeout 10 docker version --format '{{.Server.Version}}' 2>&1; }

# report_if_answering: ends the step if the engine answers.
report_if_answering() {
  local from=$EPOCHREALTIME version
  command -v docker >/dev/null || return 0
  version=$(engine_version) || { complaint=$version; return 0; }
  result "$version, answers in $(awk -v a="$from" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.0f", (b - a) * 1000 }') ms"
  exit 0
}

# is_running PID_FILE NAME: the file's process lives and is what it should be. A killed daemon leaves its file behind, and
# by then the number may belong to another process.
is_running() {
  local pid
  pid=$(cat "$1" 2>/dev/null) && [ -n "$pid" ] && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "$2" ]
}

wait_until_answering() {
  local deadline=$((SECONDS + $1))
  while [ $SECONDS -lt $deadline ]; do
    report_if_answering
    # A daemon of ours that has already died will not answer any more.
    if [ -n "${daemon_pid:-}" ] && ! kill -0 "$daemon_pid" 2>/dev/null; then return; fi
    sleep 0.2
  done
}

install_engine() {
  agreed_to 'Docker Engine is not installed: installing docker.io with apt' ||
    give_up 'no Docker Engine' 'apt-get install docker.io, or point DOCKER_HOST at an engine; then npm start'
  apt_install "${ENGINE_PACKAGES[@]}" || give_up 'apt could not install docker.io' 'read the lines above; then npm start'
  # Newer releases keep the command in a package of its own.
  command -v docker >/dev/null || apt_install docker-cli || give_up 'apt could not install docker-cli' 'apt-get install docker-cli'
  # With AppArmor on in the kernel, the engine cannot start a container without AppArmor's loader.
  if grep -qs Y /sys/module/apparmor/parameters/enabled; then apt_install apparmor || true; fi
}

mount_cgroups() {
  [ ! -e /sys/fs/cgroup/cgroup.controllers ] && ! mountpoint -q /sys/fs/cgroup || return 0
  mount -t cgroup2 cgroup2 /sys/fs/cgroup ||
    give_up 'no control groups are mounted, which Docker needs' 'mount -t cgroup2 cgroup2 /sys/fs/cgroup'
}

start_daemon() {
  if [ -d /run/systemd/system ]; then
    logged docker-start systemctl start docker || give_up 'systemd could not start docker' 'journalctl -u docker -n 50'
    return
  fi
  if is_running "$PID_FILE" dockerd; then return; fi
  rm -f "$PID_FILE"
  is_running "$CONTAINERD_PID_FILE" containerd || rm -f "$CONTAINERD_PID_FILE"
  mount_cgroups
  say 'starting dockerd, which stays after the panel has ended (log: var/dockerd.log)'
  # In a session of its own, without this start's terminal: it has to outlive the start.
  setsid dockerd -p "$PID_FILE" "${DOCKERD_OPTIONS[@]}" </dev/null >>var/dockerd.log 2>&1 &
  daemon_pid=$!
}

complaint='' daemon_pid=''
report_if_answering
case $complaint in
  *'permission denied'*)
    give_up "this user may not use Docker's socket" "sudo usermod -aG docker $(id -un)   # then log in again" ;;
esac
[ -z "${DOCKER_HOST:-}" ] || give_up "DOCKER_HOST is $DOCKER_HOST, and no engine answers there: ${complaint:-the docker command is not there}" \
  'start that engine, or unset DOCKER_HOST to use the one of this machine'
[ "$(id -u)" = 0 ] || give_up 'no Docker Engine answers, and installing or starting one needs root' \
  "$(if command -v dockerd >/dev/null; then echo 'sudo systemctl start docker'; else echo 'sudo apt-get install docker.io && sudo usermod -aG docker $USER   # then log in again'; fi)"
is_debian_like || command -v dockerd >/dev/null ||
  give_up 'no Docker Engine answers, and this is not a Debian or Ubuntu where it could be installed' 'https://docs.docker.com/engine/install/'

if ! command -v dockerd >/dev/null || ! command -v docker >/dev/null; then
  install_engine
  # The package may have started it.
  wait_until_answering 2
fi
start_daemon
wait_until_answering 40
tail -n 15 var/dockerd.log 2>/dev/null | sed 's/^/    /' >&2
give_up "dockerd was started and does not answer: $complaint" 'tail -n 50 var/dockerd.log'

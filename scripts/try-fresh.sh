#!/usr/bin/env bash
# Walks a new user's path on a machine that has Node, git and apt and nothing else: no Docker, no browser, no node_modules.
# The machine is a privileged container with mounts, processes and network of its own, so what is installed, started and
# killed in there touches nobody; its engine is its own too. Takes some minutes; not part of `npm test`.
#
#   bash scripts/try-fresh.sh           npm start: refusals, first start, second start, a start after dockerd was killed
#   bash scripts/try-fresh.sh --test    the same, then npm test
set -euo pipefail
cd "$(dirname "$0")/.."

BASE=node:20-bookworm-slim
MACHINE=electrode-lab-fresh-$$
PROJECT=/home/lab/electrode-lab
OUTPUT=var/try-fresh
passed=0 failed=0
mkdir -p "$OUTPUT"

inside() { docker exec -i "$MACHINE" "$@"; }
as_user() { docker exec -i --user lab --workdir "$PROJECT" "$MACHINE" "$@"; }

# check WHAT COMMAND...: one line each, counted.
check() {
  local what=$1
  shift
  if "$@" >/dev/null 2>&1; then passed=$((passed + 1)); echo "ok      $what"; else failed=$((failed + 1)); echo "FAILED  $what"; fi
}

# The files git would have in a clone, uncommitted ones included.
working_tree() {
  git ls-files -z --cached --others --exclude-standard | grep -zv '^node_modules/' |
    while IFS= read -r -d '' file; do [ ! -f "$file" ] || printf '%s\0' "$file"; done
}

# The rights an engine of its own needs. Where this machine itself is confined and cannot hand out every capability, the
# ones that matter are named.
machine_rights() {
  rights=(--privileged)
  docker run --rm --privileged "$BASE" true 2>/dev/null && return
  rights=(--security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined
    --device-cgroup-rule 'a *:* rwm')
  local capability
  for capability in SYS_ADMIN NET_ADMIN SYS_PTRACE SYSLOG DAC_READ_SEARCH SYS_NICE IPC_LOCK; do
    rights+=(--cap-add "$capability")
  done
}

# Control groups, writable and arranged the way an engine inside a container needs them.
open_cgroups() {
  inside bash -c 'mount -o remount,bind,rw /sys
    for mount in $(awk "\$3 ~ /^cgroup/ { print \$2 }" /proc/mounts); do mount -o remount,bind,rw "$mount"; done
    cd /sys/fs/cgroup && [ -e cgroup.controllers ] || exit 0
    mkdir -p machine && for pid in $(cat cgroup.procs); do echo "$pid" >machine/cgroup.procs; done 2>/dev/null
    for controller in $(cat cgroup.controllers); do echo "+$controller" >cgroup.subtree_control; done'
}

make_machine() {
  docker image inspect "$BASE" >/dev/null 2>&1 || docker pull -q "$BASE" || bash scripts/stand-in-images.sh
  local rights
  machine_rights
  docker run -d --name "$MACHINE" --label electrode-lab.fresh=1 --init "${rights[@]}" -v /var/lib/docker "$BASE" sleep infinity >/dev/null
  open_cgroups
  inside sh -c 'apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends git' >"$OUTPUT/machine.log" 2>&1
  inside useradd --create-home lab
  working_tree | tar -c --null -T - | inside sh -c "mkdir -p /home/lab/origin && tar -x -C /home/lab/origin"
  inside sh -c "cd /home/lab/origin && git init -q && git add -A && git -c user.name=lab -c user.email=lab@localhost commit -qm tree &&
    git clone -q /home/lab/origin $PROJECT && chown -R lab:lab $PROJECT && git config --global --add safe.directory '*'"
}

# The panel as a user starts it, but without a terminal; its process id is kept to end it.
launch() { inside sh -c "cd $PROJECT && echo \$\$ >/tmp/start.pid && exec npm start" </dev/null >"$OUTPUT/$1.log" 2>&1 & }

is_up() { inside sh -c 'kill -0 "$(cat /tmp/start.pid)"' 2>/dev/null; }

# start_panel NAME: returns once it serves or has ended.
start_panel() {
  local from=$SECONDS
  launch "$1"
  local client=$!
  while kill -0 "$client" 2>/dev/null && ! serves_as "$1"; do sleep 0.2; done
  started_in=$((SECONDS - from))
  echo "        $1: $started_in s"
}

# Kills the first start as soon as npm has begun to write; SIGKILL leaves it no chance to tidy up.
cut_start_short() {
  launch cut-short
  local deadline=$((SECONDS + 120))
  until inside test -d "$PROJECT/node_modules" || [ $SECONDS -ge $deadline ]; do sleep 0.2; done
  # npm, its shell and start.sh: whichever of them is the parent of the next.
  inside bash -c 'children() { cat "/proc/$1/task/$1/children"; }
    pid=$(cat /tmp/start.pid); family=$pid
    for generation in 1 2; do pid=$(children "$pid" | cut -d" " -f1); family="$pid $family"; done
    kill -9 $family'
}

serves() { inside node -e 'fetch("http://127.0.0.1:3000/").then((r) => process.exit(r.status === 200 ? 0 : 1), () => process.exit(1))'; }

# It is the panel of this start that answers, not one that outlived its end.
serves_as() { grep -q '^Electrode Lab: http' "$OUTPUT/$1.log" && serves; }

stop_panel() {
  inside sh -c 'kill -TERM "$(cat /tmp/start.pid)"' 2>/dev/null || true
  local deadline=$((SECONDS + 20))
  while { is_up || serves; } && [ $SECONDS -lt $deadline ]; do sleep 0.2; done
}

is_down() { ! is_up && ! serves; }

kill_daemon() { inside sh -c 'kill -9 "$(cat /var/run/docker.pid)"'; }

refuses_without_root() {
  as_user npm start </dev/null >"$OUTPUT/without-root.log" 2>&1 && return 1
  grep -q 'no Docker Engine answers' "$OUTPUT/without-root.log" && grep -q 'remedy:' "$OUTPUT/without-root.log"
}

refuses_absent_host() {
  docker exec -i -e DOCKER_HOST=unix:///nowhere.sock --workdir "$PROJECT" "$MACHINE" npm start </dev/null \
    >"$OUTPUT/absent-host.log" 2>&1 && return 1
  grep -q 'DOCKER_HOST is unix:///nowhere.sock' "$OUTPUT/absent-host.log"
}

refuses_denied_socket() {
  as_user npm start </dev/null >"$OUTPUT/denied.log" 2>&1 && return 1
  grep -q 'usermod -aG docker lab' "$OUTPUT/denied.log"
}

trap 'docker rm -f -v "$MACHINE" >/dev/null 2>&1' EXIT
echo "a fresh machine ($BASE)"
make_machine

check 'without root and engine: refuses with cause and remedy' refuses_without_root
check 'without root and engine: nothing was installed' inside sh -c "! command -v dockerd && [ ! -e $PROJECT/node_modules ]"
check 'DOCKER_HOST without an engine: refuses' refuses_absent_host

cut_start_short
check 'a start that was killed half-way left no stamp' inside sh -c "! [ -e $PROJECT/node_modules/.electrode-lab.lock ]"
start_panel first-start
check 'the first start serves' serves_as first-start
check 'an engine was installed and runs' inside docker info
check 'Compose v2 is there' inside docker compose version
check 'the replica image is there' inside docker image inspect electrode-lab/replica:dev
stop_panel
check 'SIGTERM ends the panel' is_down
check "a user without the docker group is told how to get it" refuses_denied_socket

start_panel second-start
check 'the second start serves within 10 s' eval 'serves_as second-start && [ "$started_in" -le 10 ]'
stop_panel

kill_daemon
start_panel after-killed-dockerd
check 'serves again after dockerd was killed' serves_as after-killed-dockerd
stop_panel

if [ "${1:-}" = --test ]; then
  inside sh -c "cd $PROJECT && CI=true npm test" </dev/null 2>&1 | tee "$OUTPUT/npm-test.log" || true
  check 'npm test closes with 0 failed' grep -Eq '^[0-9]+ passed, 0 failed(, [0-9]+ skipped)?$' <(tail -n 1 "$OUTPUT/npm-test.log")
fi

echo
echo "$passed passed, $failed failed (output of each start: $OUTPUT)"
[ "$failed" = 0 ]

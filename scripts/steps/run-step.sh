# Runs steps one after the other and prints a line for each; sourced by start.sh and test.sh.

seconds_since() { awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f", to - from }'; }

# run_step NAME or NAME:ARGUMENT: runs steps/NAME.sh. Each step is a process of its own and may be run by hand; it looks at what
# is there and does only what is missing, so a start that was cut short is mended by the next one.
run_step() {
  local name=${1/:/-} script=${1%%:*} argument=() from=$EPOCHREALTIME outcome=ok result_file
  [[ $1 != *:* ]] || argument=("${1#*:}")
  result_file=$(mktemp)
  STEP_NAME=$name STEP_RESULT=$result_file bash "scripts/steps/$script.sh" "${argument[@]}" || outcome=failed
  printf '%-21s %-6s %s   %s s\n' "$name" "$outcome" "$(cat "$result_file")" "$(seconds_since "$from")"
  rm -f "$result_file"
  [ "$outcome" = ok ]
}

# Every step of the set-up, in order. Two starts at once take turns: the second finds the work done.
prepare() {
  mkdir -p var
  exec 9>var/setup.lock
  if ! flock -n 9; then
    echo 'another start is setting this folder up: waiting for it'
    flock 9
  fi
  local step
  for step in "$@"; do run_step "$step" || return 1; done
  exec 9>&-
}

# The engine that the user's Docker context names is the one to use; the panel itself knows DOCKER_HOST alone.
adopt_docker_context() {
  [ -z "${DOCKER_HOST:-}" ] && command -v docker >/dev/null || return 0
  local host
  host=$(docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null) || return 0
  case $host in '' | unix:///var/run/docker.sock) ;; *) export DOCKER_HOST=$host ;; esac
}

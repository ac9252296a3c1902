# How a step talks: sourced by every step. run-step.sh turns it into one line on the terminal.
# STEP_RESULT names a file for the result; run by hand, a step prints the result itself.

LOG_DIR=${LOG_DIR:-var/setup-logs}
mkdir -p "$LOG_DIR"

# Something that takes long begins: said at once, so that nobody stares at nothing.
say() { printf '%-21s ..     %s\n' "${STEP_NAME:-step}" "$*" >&2; }

# The step's result in a few words: `20.10.24, answers in 3 ms`.
result() {
  if [ -n "${STEP_RESULT:-}" ]; then printf '%s\n' "$*" >"$STEP_RESULT"; else printf '%s\n' "$*"; fi
}

# Ends the step: what is wrong, then the command that mends it.
give_up() {
  printf '\n  cause:  %s\n' "$1" >&2
  [ -z "${2:-}" ] || printf '  remedy: %s\n' "$2" >&2
  exit 1
}

# logged NAME COMMAND...: runs it with its output in a file; shows the end of that file if it fails.
logged() {
  local log="$LOG_DIR/$1.log"
  shift
  if "$@" >"$log" 2>&1 </dev/null; then return 0; fi
  printf '\n  the last lines of %s:\n' "$log" >&2
  tail -n 15 "$log" | sed 's/^/    /' >&2
  return 1
}

# On a terminal the user decides; without one it goes ahead and says so.
agreed_to() {
  if [ -t 0 ] && [ -t 2 ]; then
    local answer
    read -r -p "$(printf '%-21s ..     %s [Y/n] ' "${STEP_NAME:-}" "$1")" answer
    case $answer in '' | [yY]*) return 0 ;; *) return 1 ;; esac
  fi
  say "$1 (no terminal to ask on: going ahead)"
}

#!/usr/bin/env bash
# `npm test`: the set-up of `npm start` with what tests need besides, then every stage, then a table and the closing line
# `N passed, N failed`. `bash scripts/test.sh unit e2e` runs the named stages; `--list` names them.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. scripts/steps/run-step.sh

adopt_docker_context
# Without these nothing can be run at all.
if ! prepare node disk dependencies; then
  printf '\n0 passed, 1 failed\n'
  exit 1
fi
[ "${1:-}" = --list ] && exec node --import tsx scripts/test-stages/main.ts --list

# What one of these lacks is a failure of its own, counted at the end; stages that do without it still tell something.
failed_steps=()
for step in engine compose test-packages base-image replica-image replica-image:testing web-app; do
  prepare "$step" || failed_steps+=("$step")
done
adopt_docker_context
SETUP_FAILURES="${failed_steps[*]-}" exec node --import tsx scripts/test-stages/main.ts "$@"

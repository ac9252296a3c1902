#!/usr/bin/env bash
# From a fresh clone to a served panel: `npm start`. With --prepare-only (`npm run setup`) it does all but serve.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/steps/run-step.sh

adopt_docker_context
if ! prepare node disk engine dependencies compose base-image replica-image web-app; then
  echo
  echo 'Electrode Lab did not start. Mend the cause above and run npm start again: it goes on from there.' >&2
  exit 1
fi
[ "${1:-}" = --prepare-only ] && exit 0

# Nothing of the set-up stays behind: signals go straight to the server.
adopt_docker_context
export NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
exec node --import tsx server/main.ts

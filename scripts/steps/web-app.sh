#!/usr/bin/env bash
# The browser's part, built when its sources have changed.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/steps/report.sh

# Written last and inside .next: a build that was cut short has none.
STAMP=.next/electrode-lab.source
SOURCES=(app components public package-lock.json next.config.ts postcss.config.mjs tsconfig.json)

source_hash() {
  local present=() source
  for source in "${SOURCES[@]}"; do [ ! -e "$source" ] || present+=("$source"); done
  find "${present[@]}" -type f ! -name '*.test.*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16
}

wanted=$(source_hash)
if [ "$(cat "$STAMP" 2>/dev/null)" = "$wanted" ]; then result 'unchanged'; exit 0; fi
say 'building the web app (about half a minute)'
rm -rf .next
NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 logged web-app node_modules/.bin/next build ||
  give_up 'next build failed' 'npx next build   # shows the whole output'
echo "$wanted" >"$STAMP"
result 'built'

#!/usr/bin/env bash
# npm packages, exactly as package-lock.json says; no package runs a script of its own.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/steps/report.sh

# Written last and inside node_modules, so it is there only if the whole installation is. Native parts depend on the
# platform, so a folder that was carried to another machine counts as changed.
STAMP=node_modules/.electrode-lab.lock
wanted=$(cat package-lock.json <(node -p '`${process.platform} ${process.arch} ${process.versions.modules}`') | sha256sum | cut -c1-16)

if [ "$(cat "$STAMP" 2>/dev/null)" = "$wanted" ]; then result 'unchanged'; exit 0; fi
say 'installing npm packages (about a minute, 800 MB)'
rm -f "$STAMP"
logged npm npm ci --ignore-scripts --no-audit --no-fund ||
  give_up 'npm ci did not finish' 'read the lines above; behind a proxy: npm config set proxy URL; then npm start'
echo "$wanted" >"$STAMP"
result "$(find node_modules -maxdepth 2 -name package.json | wc -l)+ packages installed"

#!/usr/bin/env bash
# Node.js, new enough. Syntax and libraries of the panel need 20.19.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/steps/report.sh

command -v node >/dev/null || give_up 'node is not there' 'install Node.js 20.19 or newer (https://nodejs.org)'
command -v npm >/dev/null || give_up 'npm is not there' 'install npm, which belongs to Node.js (https://nodejs.org)'
version=$(node --version)
node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
  process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' ||
  give_up "Node.js $version is too old: 20.19 or newer is needed" 'install a newer Node.js (https://nodejs.org)'
result "$version"

#!/usr/bin/env bash
# Room on the disk for what is not there yet: npm packages, Docker's packages and the images.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/steps/report.sh

NEEDED_MB=3000

free_mb() { df -Pm "$1" | awk 'NR == 2 { print $4 }'; }

here=$(free_mb .)
# Docker keeps its images elsewhere, perhaps on another disk.
images_in=/var/lib
images=$(free_mb "$images_in")
least=$((here < images ? here : images))
summary="$((here / 1024)) GB free here, $((images / 1024)) GB for images"
if [ -e .next/electrode-lab.source ] && [ -e node_modules/.electrode-lab.lock ]; then result "$summary"; exit 0; fi
[ "$least" -ge "$NEEDED_MB" ] ||
  give_up "only $least MB are free in $PWD or $images_in; a first start needs about $NEEDED_MB MB" 'df -h . /var/lib  # then free some'
result "$summary"

#!/usr/bin/env bash
# The image of replica and client. Built when the sources it is made of have changed; a label on it holds their hash.
# With the argument `testing`: the one whose program clones to one follower alone, for the tests of the proof.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/steps/report.sh

case ${1:-} in
  testing) IMAGE=electrode-lab/replica-testing:dev TARGET=(--target testing) ;;
  *) IMAGE=electrode-lab/replica:dev TARGET=() ;;
esac
LABEL=electrode-lab.source
STEP=${STEP_NAME:-replica-image}

# Tests and what a build by hand leaves behind are not part of the image.
source_hash() {
  find ebpf \( -path ebpf/build -o -path ebpf/tests \) -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum |
    sha256sum | cut -c1-16
}

wanted=$(source_hash)
present=$(docker image inspect --format "{{with .Config.Labels}}{{index . \"$LABEL\"}}{{end}}" "$IMAGE" 2>/dev/null || true)
if [ "$present" = "$wanted" ]; then result "$IMAGE unchanged"; exit 0; fi

say "building $IMAGE (log: $LOG_DIR/$STEP.log)"
# The tag moves only once the whole image is there.
built="${IMAGE%:*}:building-$wanted"
logged "$STEP" docker build "${TARGET[@]}" --label "$LABEL=$wanted" --tag "$built" ebpf ||
  give_up "$IMAGE could not be built" "docker build ebpf   # shows the whole output"
previous=$(docker image inspect --format '{{.Id}}' "$IMAGE" 2>/dev/null || true)
docker tag "$built" "$IMAGE"
docker rmi "$built" >/dev/null
# The one it replaces goes, unless a container still needs it or it has another name; layers that both share stay.
docker rmi "$previous" >/dev/null 2>&1 || true
result "$IMAGE built, $(docker image inspect --format '{{.Size}}' "$IMAGE" | awk '{ printf "%.0f MB", $1 / 1e6 }')"

#!/usr/bin/env bash
# The replica image's base, debian:bookworm-slim: here already, else pulled, else made from the distribution's own archive.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/steps/report.sh
. scripts/steps/apt.sh

IMAGE=debian:bookworm-slim
SUITE=bookworm
# The stand-in says what it is: `docker inspect` shows the label.
LABEL=electrode-lab.stand-in

describe() {
  local stand_in
  stand_in=$(docker image inspect --format "{{with .Config.Labels}}{{index . \"$LABEL\"}}{{end}}" "$IMAGE")
  result "$IMAGE $1${stand_in:+ (stand-in: $stand_in)}"
}

# Everything in it comes from Debian's archive, verified by apt's keys; documentation goes, as in the public slim image.
make_stand_in() {
  local root=$1 mirror=''
  # Another distribution's archive has no bookworm; there debootstrap knows Debian's own.
  if [ "$(os_release ID)" = debian ]; then mirror=$(own_mirrors | head -n 1); fi
  debootstrap --variant=minbase "$SUITE" "$root" ${mirror:+"$mirror"} || return 1
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,info,locale}/*
  tar -C "$root" -c . | docker import --change 'CMD ["bash"]' \
    --change "LABEL $LABEL=\"debootstrap minbase $SUITE\"" - "$IMAGE"
}

if docker image inspect "$IMAGE" >/dev/null 2>&1; then describe 'is here'; exit 0; fi
say "pulling $IMAGE"
# The engine itself gives up on a registry that does not answer after 15 s; the limit is for one that answers too slowly.
if logged base-image-pull timeout 300 docker pull -q "$IMAGE" 2>/dev/null; then describe 'pulled'; exit 0; fi

say "no registry gave $IMAGE: making a stand-in with debootstrap (about a minute)"
by_hand="docker pull $IMAGE where a registry answers, docker save $IMAGE, and docker load here"
is_debian_like && [ "$(id -u)" = 0 ] || give_up "$IMAGE cannot be pulled, and a stand-in needs root on Debian or Ubuntu" "$by_hand"
apt_install "${BASE_IMAGE_PACKAGES[@]}" || give_up 'apt could not install debootstrap' 'apt-get install debootstrap'
work=$(mktemp -d /var/tmp/electrode-lab.XXXXXX)
trap 'rm -rf "$work"' EXIT
logged base-image make_stand_in "$work" || give_up "the stand-in for $IMAGE could not be made" "$by_hand"
describe 'made'

#!/usr/bin/env bash
# Makes stand-ins for the public base images where no registry answers (root, Debian): debian:bookworm-slim from the
# distribution's archive, and on it node:20-bookworm-slim from this machine's own node and npm. An image that is here already,
# or that a registry does give, is left alone. `docker inspect` shows the label electrode-lab.stand-in on what was made.
set -euo pipefail
cd "$(dirname "$0")/.."

BASE=debian:bookworm-slim
IMAGE=node:20-bookworm-slim
LABEL=electrode-lab.stand-in

bash scripts/steps/base-image.sh
if docker image inspect "$IMAGE" >/dev/null 2>&1 || docker pull -q "$IMAGE" 2>/dev/null; then
  echo "$IMAGE is here"
  exit 0
fi

case $(node --version) in v20.*) ;; *) echo "the stand-in for $IMAGE is made of this machine's node, which is $(node --version)" >&2; exit 1 ;; esac
work=$(mktemp -d /var/tmp/electrode-lab.XXXXXX)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lib" "$work/certs"
cp -L "$(command -v node)" "$work/node"
cp -RL "$(npm root --global)/npm" "$work/lib/npm"
# The authorities this machine trusts, so that npm gets out of the container the way it gets out of the machine.
for bundle in /etc/ssl/certs/ca-certificates.crt "${NODE_EXTRA_CA_CERTS:-}"; do
  [ ! -r "$bundle" ] || cat "$bundle"
done >"$work/certs/ca-certificates.crt"
cat >"$work/Dockerfile" <<DOCKERFILE
FROM $BASE
RUN apt-get update -q && apt-get install -q -y --no-install-recommends libstdc++6 && rm -rf /var/lib/apt/lists/*
COPY node /usr/local/bin/node
COPY lib /usr/local/lib/node_modules
COPY certs /usr/local/share/electrode-lab
ENV NODE_EXTRA_CA_CERTS=/usr/local/share/electrode-lab/ca-certificates.crt
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \\
	&& ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx && node --version && npm --version
LABEL $LABEL="$BASE with this machine's node"
CMD ["node"]
DOCKERFILE
docker build --tag "$IMAGE" "$work"
echo "$IMAGE made, a stand-in"

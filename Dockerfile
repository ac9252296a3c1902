# The panel in a container. The base image is an argument, so that it also builds on a stand-in (scripts/stand-in-images.sh).
ARG NODE_IMAGE=node:20-bookworm-slim

# Docker's command and its Compose plugin, as single files out of Debian's packages.
FROM ${NODE_IMAGE} AS docker-cli
WORKDIR /work
COPY scripts/packages.sh scripts/
COPY scripts/steps/apt.sh scripts/steps/report.sh scripts/steps/compose.sh scripts/steps/
RUN apt-get update -q && cd /tmp && apt-get download docker.io && dpkg -x docker.io_*.deb /tmp/docker \
	&& cp /tmp/docker/usr/bin/docker /usr/local/bin/ \
	&& cd /work && DOCKER_CONFIG=/opt/docker bash scripts/steps/compose.sh

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 node_modules/.bin/next build && rm -rf .next/cache \
	&& npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${NODE_IMAGE}
COPY --from=docker-cli /usr/local/bin/docker /usr/local/bin/docker
COPY --from=docker-cli /opt/docker/cli-plugins/docker-compose /usr/local/lib/docker/cli-plugins/docker-compose
WORKDIR /app
COPY --from=build /app ./
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=3000 LAB_DATA_DIR=/data HOME=/tmp
VOLUME /data
EXPOSE 3000
CMD ["node", "--import", "tsx", "server/main.ts"]

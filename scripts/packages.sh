# shellcheck disable=SC2034  # read by the steps that source this file
# Everything that is ever taken from apt, in one place. Sourced; Debian 12 names, which Ubuntu shares.

# The Docker Engine. iptables: the engine refuses to start without it. tini, runc and containerd come with docker.io.
ENGINE_PACKAGES=(docker.io iptables ca-certificates)

# Makes a base image out of the machine's own apt sources where no registry answers.
BASE_IMAGE_PACKAGES=(debootstrap debian-archive-keyring)

# Debian 12 has Compose v1 only. Its successor's package holds one binary that needs nothing newer than Debian 12's libc.
COMPOSE_SUITE=trixie

# What the tests need beyond what the panel needs: compiler and libraries of the replica, tools that look into network
# namespaces, a browser, and fonts for its screenshots.
TEST_PACKAGES=(
  clang clang-format libclang-rt-dev llvm gcc make libc6-dev
  libbpf-dev libelf-dev zlib1g-dev libxxhash-dev bpftool
  iproute2 iptables ethtool procps curl git shellcheck
  chromium fonts-liberation fonts-dejavu-core
)

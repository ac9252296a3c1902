#!/usr/bin/env bash
# What the tests need from apt beyond the panel's needs.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/steps/report.sh
. scripts/steps/apt.sh

is_debian_like || { result 'not a Debian or Ubuntu: scripts/packages.sh lists what the tests need'; exit 0; }
mapfile -t missing < <(missing_packages "${TEST_PACKAGES[@]}")
if [ ${#missing[@]} -eq 0 ]; then result "${#TEST_PACKAGES[@]} packages are here"; exit 0; fi
[ "$(id -u)" = 0 ] || give_up "the tests need packages that are not installed: ${missing[*]}" "sudo apt-get install ${missing[*]}"
agreed_to "installing for the tests: ${missing[*]}" || give_up 'the tests need these packages' "apt-get install ${missing[*]}"
apt_install "${missing[@]}" || give_up 'apt could not install them' "apt-get install ${missing[*]}"
result "${#missing[@]} installed: ${missing[*]}"

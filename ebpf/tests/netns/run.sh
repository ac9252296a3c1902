#!/bin/sh
# Runs every netns test of the build folder and adds up their lines.
# usage: run.sh BUILD_FOLDER
set -u
build=$1
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT
for test in broadcast trace refusals lifecycle watches clone_one packet_fuzz fault inspect inspect_maps bpfwatch; do
	"$build/netns_$test" >"$lines.one" 2>&1
	code=$?
	cat "$lines.one"
	# A test that died without a `not ok` line must not count as passed.
	if [ "$code" -ne 0 ] && ! grep -q '^not ok ' "$lines.one"; then
		echo "not ok netns_$test ended with $code" | tee -a "$lines.one"
	fi
	cat "$lines.one" >>"$lines"
	rm -f "$lines.one"
done
passed=$(grep -c '^ok ' "$lines")
failed=$(grep -c '^not ok ' "$lines")
if [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then
	echo "netns: skipped ($(sed -n 's/^skipped: //p' "$lines" | head -n 1))"
	exit 0
fi
echo "netns: $passed passed, $failed failed"
[ "$failed" -eq 0 ]

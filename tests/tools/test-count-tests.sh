#!/bin/sh
# test-count-tests.sh - what is counted as passed, failed and skipped
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: test-count-tests.sh COUNT-TESTS; speaks TAP.

set -u

count_tests=$1
log=$(mktemp) || exit 1
trap 'rm -f "$log" "$log.again"' EXIT
number=0

# expect TITLE COUNTS, with meson's log on standard input
expect () {
  number=$((number + 1))
  cat >"$log"
  counts=$(python3 "$count_tests" "$log" 3>&1 >/dev/null)
  if [ "$counts" = "$2" ]; then
    echo "ok $number $1"
  else
    echo "not ok $number $1"
    echo "# expected $2, counted $counts"
  fi
}

expect 'cases of a program' '2 1 1' <<'EOT'
{"name": "a", "result": "FAIL", "duration": 1.0, "returncode": 1, "stdout": "1..4\nok 1 /a/x\nok 2 /a/y # SKIP no net\nnot ok 3 /a/z\n# ok 9\nok 4 /a/w\n"}
EOT
expect 'a program that says nothing' '1 0 0' <<'EOT'
{"name": "a", "result": "OK", "duration": 1.0, "returncode": 0}
EOT
expect 'one that fails and says nothing' '0 1 0' <<'EOT'
{"name": "a", "result": "FAIL", "duration": 1.0, "returncode": 1}
EOT
expect 'one that is skipped' '1 0 1' <<'EOT'
{"name": "a", "result": "SKIP", "duration": 1.0, "returncode": 77}
{"name": "b", "result": "OK", "duration": 1.0, "returncode": 0}
EOT
expect 'one that dies after its cases passed' '2 1 0' <<'EOT'
{"name": "a", "result": "ERROR", "duration": 1.0, "returncode": 66, "stdout": "ok 1 /a\nok 2 /b\n1..2\n", "stderr": "leak"}
EOT
expect 'one that runs out of time' '1 1 0' <<'EOT'
{"name": "a", "result": "TIMEOUT", "duration": 1.0, "returncode": -9, "stdout": "ok 1 /a\n"}
EOT
expect 'an empty log' '0 1 0' </dev/null

# same TITLE EXPECTED GOT
same () {
  number=$((number + 1))
  if [ "$2" = "$3" ]; then
    echo "ok $number $1"
  else
    echo "not ok $number $1"
    printf 'expected %s, got %s\n' "$2" "$3" | sed 's/^/# /'
  fi
}

cat >"$log" <<'EOT'
{"name": "lab:room / a", "result": "OK", "duration": 1.0, "returncode": 0, "stdout": "ok 1\nok 2\n"}
{"name": "lab:room / b", "result": "ERROR", "duration": 1.0, "returncode": 1, "stdout": "ok 1\n", "stderr": "LeakSanitizer: detected memory leaks"}
EOT
same 'the names of what leaks' b "$(python3 "$count_tests" --leaking "$log")"
cat >"$log.again" <<'EOT'
{"name": "lab:room / c", "result": "FAIL", "duration": 1.0, "returncode": 1, "stdout": "not ok 1\n"}
{"name": "lab:room / d", "result": "ERROR", "duration": 1.0, "returncode": 1, "stderr": "ERROR: AddressSanitizer: heap-use-after-free\nLeakSanitizer: detected memory leaks"}
EOT
same 'a fault is not taken for a leak' '' "$(python3 "$count_tests" --leaking "$log.again")"
cat >"$log.again" <<'EOT'
{"name": "lab:room / b", "result": "OK", "duration": 9.0, "returncode": 0, "stdout": "ok 1\n"}
EOT
same 'a program that ran again counts as it did last' '3 0 0' \
  "$(python3 "$count_tests" "$log" "$log.again" 3>&1 >/dev/null)"
same 'no log of a second run' '3 1 0' \
  "$(python3 "$count_tests" "$log" "$log.nowhere" 3>&1 >/dev/null)"
same 'no log at all' '0 1 0' "$(python3 "$count_tests" "$log.nowhere" 3>&1 >/dev/null)"

echo "1..$number"

#!/bin/sh
# test-configure.sh - a build folder is kept while it fits, and made afresh when it does not
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: test-configure.sh CONFIGURE; speaks TAP. meson is played by a script.

set -u

configure=$1
stage=$(mktemp -d) || exit 1
trap 'rm -rf "$stage"' EXIT
number=0

mkdir "$stage/bin"
cat >"$stage/bin/meson" <<'EOT'
#!/bin/sh
echo "$*" >>"$LOG"
mkdir -p "$2" || exit 1
touch "$2/build.ninja"
case $* in *-Dbad*) exit 1 ;; esac
EOT
chmod +x "$stage/bin/meson"
export LOG="$stage/log" PATH="$stage/bin:$PATH"
folder="$stage/tree/_build/float"

# expect TITLE STATUS RUNS ARGUMENT...: how often meson has run after it
expect () {
  number=$((number + 1))
  title=$1 status=$2 runs=$3
  shift 3
  sh "$configure" "$folder" "$@"
  got=$?
  if [ "$got" -eq "$status" ] && [ "$(wc -l <"$LOG")" -eq "$runs" ]; then
    echo "ok $number $title"
  else
    echo "not ok $number $title"
    echo "# status $got; meson ran:"
    sed 's/^/# /' "$LOG"
  fi
}

expect 'a new folder is set up' 0 1 -Dwerror=true
touch "$folder/built"
expect 'the same again changes nothing' 0 1 -Dwerror=true
CC=another expect 'another compiler starts afresh' 0 2 -Dwerror=true
expect 'and back' 0 3 -Dwerror=true
expect 'a failure is handed on' 1 4 -Dbad=true
expect 'half set up is not taken for ready' 1 5 -Dbad=true
expect 'other options start afresh' 0 6 -Dprecision=double
rm "$folder/build.ninja"
expect 'a folder that lost its build file' 0 7 -Dprecision=double

number=$((number + 1))
if [ -e "$folder/built" ]; then
  echo "not ok $number nothing old is left in a fresh folder"
else
  echo "ok $number nothing old is left in a fresh folder"
fi

echo "1..$number"

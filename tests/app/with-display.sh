#!/bin/sh
# with-display.sh - runs a program with a display, a session bus and an accessibility bus of its own
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: with-display.sh PROGRAM [ARGUMENT...]
#
# The server chooses a free display itself: xvfb-run's own search is a race when tests run side by side.
set -eu

folder=$(mktemp -d)
server=
clean_up() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || :
    wait "$server" 2>/dev/null || :
  fi
  rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

Xvfb -displayfd 3 -screen 0 1280x900x24 -noreset -nolisten tcp \
  3>"$folder/display" >"$folder/log" 2>&1 &
server=$!
tries=0
until [ -s "$folder/display" ]; do
  tries=$((tries + 1))
  if [ "$tries" -gt 300 ] || ! kill -0 "$server" 2>/dev/null; then
    echo "Xvfb does not start:" >&2
    cat "$folder/log" >&2
    exit 1
  fi
  sleep 0.1
done

# what is strict is the program, not the servers that are started for it
debug=${G_DEBUG-}
perturb=${MALLOC_PERTURB_-}
unset G_DEBUG MALLOC_PERTURB_ WAYLAND_DISPLAY GTK_THEME
DISPLAY=:$(cat "$folder/display")
# drawn by the processor, so that a machine's graphics driver has no part in a test
export DISPLAY GSK_RENDERER=cairo GDK_DEBUG=gl-disable GSETTINGS_BACKEND=memory ADW_DISABLE_PORTAL=1 LC_ALL=C.UTF-8

# what the servers say of themselves is not the program's answer
exec 3>&1 4>&2
status=0
dbus-run-session -- env "G_DEBUG=$debug" "MALLOC_PERTURB_=$perturb" \
  sh -c 'exec "$@" >&3 2>&4 3>&- 4>&-' sh "$@" >/dev/null 2>&1 || status=$?
exit "$status"

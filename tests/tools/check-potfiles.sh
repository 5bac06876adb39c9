#!/bin/sh
# check-potfiles.sh - po/POTFILES lists the files with text for users, and no others
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: check-potfiles.sh SOURCE-FOLDER

set -u

cd "$1" || exit 1
wanted=$(
  {
    echo data/org.ekilab.EkiLab.desktop.in
    grep -rlE --include='*.c' --include='*.h' '(^|[^A-Za-z_])(_|N_|C_|ngettext|g_dngettext) \(' src
    grep -rl --include='*.ui' 'translatable="yes"' ui
  } | LC_ALL=C sort
)
[ "$wanted" = "$(cat po/POTFILES)" ] && exit 0
echo "po/POTFILES is to be:"
echo "$wanted"
exit 1

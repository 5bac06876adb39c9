#!/bin/sh
# check-style.sh - the C files are as clang-format 14 would leave them
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: check-style.sh SOURCE-FOLDER
#
# Headers are exempt: their prototypes are aligned by hand. Another version lays out some lines
# another way, so without version 14 the test is skipped.

set -u

cd "$1" || exit 1
formatter=
for candidate in clang-format-14 clang-format; do
  case $("$candidate" --version 2>/dev/null) in
    *'version 14.'*) formatter=$candidate; break ;;
  esac
done
[ -n "$formatter" ] || { echo "There is no clang-format 14 here."; exit 77; }

find src tests tools -name '*.c' | sort | xargs "$formatter" --style=file --dry-run -Werror || {
  echo "To mend it: $formatter --style=file -i FILE"
  exit 1
}

too_long=$(find src tests tools -name '*.[ch]' -exec awk '
  length ($0) > 120 { print FILENAME ":" FNR ": longer than 120 columns" }' {} +)
[ -z "$too_long" ] || { echo "$too_long"; exit 1; }

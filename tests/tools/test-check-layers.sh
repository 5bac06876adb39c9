#!/bin/sh
# test-check-layers.sh - the layer check finds each kind of breach, and nothing in a good tree
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: test-check-layers.sh CHECK-LAYERS; speaks TAP.

set -u

check=$1
tree=$(mktemp -d) || exit 1
trap 'rm -rf "$tree"' EXIT
number=0

result () {
  number=$((number + 1))
  echo "$1 $number $2"
}

# A tree in which everything is in order.
plant () {
  rm -rf "$tree/src"
  for room in numerics data session plot cli app; do
    mkdir -p "$tree/src/$room"
  done
  echo '#include <glib.h>' >"$tree/src/numerics/history.h"
  printf '#include <cblas.h>\n#include <omp.h>\n' >"$tree/src/numerics/kalman_inversion.h"
  printf '#include "history.h"\n#include <gio/gio.h>\n' >"$tree/src/data/dataset.h"
  printf '#include "dataset.h"\n#include <glib-object.h>\n' >"$tree/src/session/run.h"
  printf '#include "history.h"\n#include <cairo.h>\n' >"$tree/src/plot/figure.h"
  printf '#include "config.h"\n#include "run.h"\n#include "figure.h"\n' >"$tree/src/cli/main.c"
  printf '#include "run.h"\n#include "figure.h"\n#include <adwaita.h>\n' >"$tree/src/app/main.c"
}

# breach FILE LINE EXPECTED TITLE: with the line added as the file's third, the check must say so.
breach () {
  plant
  printf '\n\n%s\n' "$2" | cat - "$tree/src/$1" >"$tree/new"
  mv "$tree/new" "$tree/src/$1"
  said=$(sh "$check" "$tree" 2>&1)
  status=$?
  case $status:$said in
    "1:src/$1:3: "*"$3"*) result ok "$4" ;;
    *) result 'not ok' "$4"; echo "# status $status: $said" ;;
  esac
}

plant
if said=$(sh "$check" "$tree" 2>&1) && [ -z "$said" ]; then
  result ok 'a good tree passes in silence'
else
  result 'not ok' 'a good tree passes in silence'
  echo "# $said"
fi

breach numerics/history.h '#include "run.h"' 'numerics may not include session' 'a room to the right'
breach data/dataset.h '# include "figure.h"' 'data may not include plot' 'a room beside'
breach session/run.h '  #include "figure.h"' 'session may not include plot' 'pictures in the session'
breach plot/figure.h '#include "dataset.h"' 'plot may not include data' 'data in the pictures'
breach plot/figure.h '#include "kalman_inversion.h"' 'plain structs' 'a method in the pictures'
breach cli/main.c '#include <gtk/gtk.h>' 'only app may' 'GTK on the command line'
breach session/run.h '#include <cairo.h>' 'only plot cli app may' 'cairo in the session'
breach plot/figure.h '#include <gio/gio.h>' 'plot may not include <gio/gio.h>' 'GIO in the pictures'
breach numerics/history.h '#include <glib-object.h>' 'numerics may not' 'GObject in the mathematics'
breach app/main.c '#include <cblas.h>' 'only numerics may' 'BLAS in the window'
breach app/main.c '#include "../cli/main.h"' 'without a folder' 'a folder in the name'
breach app/main.c '#include <run.h>' 'go in quotes' 'our own header as if it were a library'

plant
mkdir "$tree/src/extras"
echo '#include <glib.h>' >"$tree/src/extras/extra.c"
case $(sh "$check" "$tree" 2>&1) in
  'src/extras/extra.c:1: src/extras is not a room'*) result ok 'an unknown room' ;;
  *) result 'not ok' 'an unknown room' ;;
esac

plant
echo '#include <glib.h>' >"$tree/src/app/dataset.h"
case $(sh "$check" "$tree" 2>&1) in
  *'one name, one file'*) result ok 'one name in two rooms' ;;
  *) result 'not ok' 'one name in two rooms' ;;
esac

rm -rf "$tree/src"
sh "$check" "$tree" >/dev/null 2>&1
case $? in
  2) result ok 'a tree without src' ;;
  *) result 'not ok' 'a tree without src' ;;
esac

echo "1..$number"

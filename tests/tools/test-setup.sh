#!/bin/sh
# test-setup.sh - tools/setup installs what is missing and nothing else, and is honest elsewhere
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: test-setup.sh SETUP; speaks TAP. No package is touched: the commands are played by scripts.

set -u

setup=$1
shell=$(command -v sh)
stage=$(mktemp -d) || exit 1
trap 'rm -rf "$stage"' EXIT
number=0

result () {
  number=$((number + 1))
  echo "$1 $number $2"
}

# expect TITLE STATUS PATTERN ARGUMENT...: run setup on the stage, look at what it says and returns.
expect () {
  title=$1 status=$2 pattern=$3
  shift 3
  said=$(PATH="$stage/bin" "$shell" "$setup" "$@" 2>&1)
  got=$?
  # shellcheck disable=SC2254
  case $got:$said in
    $status:$pattern) result ok "$title" ;;
    *) result 'not ok' "$title"; printf '%s\n' "status $got: $said" | sed 's/^/# /' ;;
  esac
}

play () {
  cat >"$stage/bin/$1"
  chmod +x "$stage/bin/$1"
}

# A machine with a shell's usual tools, and nothing else.
mkdir "$stage/bin"
for tool in sh cat grep awk sed env printf; do
  ln -s "$(command -v $tool)" "$stage/bin/$tool" 2>/dev/null
done

expect 'elsewhere: the list, what each is for, and failure' 1 \
  '*not a Debian system*libgtk-4-dev*the window*Not found*library gtk4*' run
expect 'elsewhere: the run set leaves the tests out' 1 '*adwaita*' run
case $said in
  *xvfb*) result 'not ok' 'elsewhere: no xvfb in the run set' ;;
  *) result ok 'elsewhere: no xvfb in the run set' ;;
esac
expect 'elsewhere: the test set has them' 1 '*xvfb*' test
expect 'a wrong word' 2 '*Usage*' everything

expect 'elsewhere: the pictures are a set of their own' '[01]' '*dataset-fashion-mnist*clothes*' fashion
case $said in
  *libgtk*) result 'not ok' 'elsewhere: the pictures need nothing else' ;;
  *) result ok 'elsewhere: the pictures need nothing else' ;;
esac

# What the build asks for, outside of the tests, is in the run set: a package that the test set alone brings is
# on every developer's machine, and missing on a user's.
root=$(cd "$(dirname "$setup")/.." && pwd)
asked=$(cd "$root" &&
  find . -name meson.build -not -path './tests/*' -not -path './_build/*' -exec cat {} + |
  grep -oE "(dependency|find_library|find_program) *\\( *'[^']+'" | sed "s/.*'\\(.*\\)'/\\1/" | sort -u)
expect 'elsewhere: the run set once more' 1 '*libgtk-4-dev*' run
unknown=
for name in $asked; do
  case $name in
    m | openmp | threads) name=gcc ;;
    glib-2.0 | gobject-2.0 | gio-unix-2.0) name=gio-2.0 ;;
    cairo-*) name=cairo ;;
    csv) name=libcsv-dev ;;
    glib-compile-*) name=libglib2.0-dev-bin ;;
  esac
  case $said in *"$name"*) ;; *) unknown="$unknown $name" ;; esac
done
if [ -n "$asked" ] && [ -z "$unknown" ]; then
  result ok 'the run set has all that the build asks for'
else
  result 'not ok' 'the run set has all that the build asks for'
  echo "# not in the run set:$unknown"
fi
grep -q -- '-Dtests=false' "$root/tools/run" && result ok 'who only runs it builds no tests' ||
  result 'not ok' 'who only runs it builds no tests'

# A Debian machine with everything but three packages.
play dpkg-query <<'EOT'
#!/bin/sh
case $* in
  *gettext*|*xvfb*|*fashion*) exit 1 ;;
  *) printf installed ;;
esac
EOT
play apt-get <<'EOT'
#!/bin/sh
echo "apt-get $*"
EOT
play id <<'EOT'
#!/bin/sh
echo 0
EOT
expect 'Debian: exactly the missing package' 0 \
  'Installing: gettext*update*install*--no-install-recommends gettext*' run
expect 'Debian: the pictures are offered, not installed' 0 \
  '*gettext*Fashion-MNIST*sh tools/setup fashion' run
expect 'Debian: the missing packages of both sets' 0 \
  '*--no-install-recommends gettext xvfb*Fashion-MNIST*' test
expect 'Debian: the pictures where they are asked for' 0 \
  '*install*--no-install-recommends dataset-fashion-mnist' fashion

play id <<'EOT'
#!/bin/sh
echo 1000
EOT
expect 'Debian, not root, no sudo: says what to run' 1 \
  '*no sudo*apt-get install --no-install-recommends gettext*Not found*' run
play sudo <<'EOT'
#!/bin/sh
echo "sudo:"
exec "$@"
EOT
expect 'Debian, not root: through sudo' 0 '*sudo:*update*sudo:*install*gettext*' run

play apt-get <<'EOT'
#!/bin/sh
exit 100
EOT
expect 'Debian: apt-get fails' 1 '*did not install*msgfmt*' run

play dpkg-query <<'EOT'
#!/bin/sh
printf installed
EOT
expect 'Debian: nothing missing, nothing done' 0 '' test
expect 'Debian: the pictures are there, nothing done' 0 '' fashion

echo "1..$number"

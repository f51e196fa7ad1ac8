#!/bin/sh
# On Linux, a Swift program gets no arguments at all if /proc is not mounted: CommandLine.arguments is empty, without even the
# program's name, and argc is 0, although the C main() got them. Seen with Swift 6.3.1 on Debian 12, runtime linked in or not.
#
# So in a plain chroot a command-line tool behaves as if it had no arguments: `tool --version` prints its help and exits 0. One
# would expect main()'s arguments, which C, C++ and Python programs in the same root get. Containers mount /proc; chroots,
# rescue systems and build sandboxes often do not.
#
# Needs the Swift toolchain, root (to hide /proc) and util-linux's unshare. Prints what it sees; fails if that changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
swift --version 2>/dev/null | head -1
cat >"$folder/arguments.swift" <<'SWIFT'
print(CommandLine.arguments.count, CommandLine.argc)
SWIFT
printf '#include <stdio.h>\nint main(int c, char **v) { printf("%%d\\n", c); }\n' >"$folder/arguments.c"
swiftc "$folder/arguments.swift" -o "$folder/in-swift"
cc "$folder/arguments.c" -o "$folder/in-c"
without_proc() { unshare --mount --propagation private sh -c 'mount -t tmpfs tmpfs /proc && exec "$@"' sh "$@"; }

with=$("$folder/in-swift" one two)
without=$(without_proc "$folder/in-swift" one two)
c=$(without_proc "$folder/in-c" one two)
echo "Swift, /proc mounted: $with; not mounted: $without; C, not mounted: $c"
[ "$with" = "3 3" ] && [ "$without" = "0 0" ] && [ "$c" = 3 ]

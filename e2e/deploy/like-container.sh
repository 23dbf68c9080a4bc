#!/bin/bash
# Runs COMMAND with what a container engine gives the image of the Dockerfile: process 1 of its own, the user 1000 without
# capabilities, an environment of its own, a read-only root. APP is /mnt/app (read-only), DATA is /mnt/data (writable) and
# where COMMAND starts, /tmp is empty. Needs root.
# Usage: like-container.sh APP DATA [NAME=value...] -- COMMAND...     Prints "pid N" of process 1 to stdout first.
set -eu
app=$(realpath "$1"); data=$(realpath "$2"); shift 2
vars=(); while [ "$1" != -- ]; do vars+=("$1"); shift; done; shift
node=$(realpath "${NODE:-$(command -v node)}")
export app data node
chown 1000:1000 "$data"
unshare --mount --pid --fork --kill-child --propagation private bash -c '
  mount -t tmpfs -o mode=755 tmpfs /mnt && mkdir /mnt/app /mnt/data /mnt/bin && touch /mnt/bin/node
  mount --bind "$app" /mnt/app && mount -o remount,bind,ro /mnt/app
  mount --bind "$data" /mnt/data && mount --bind "$node" /mnt/bin/node
  mount -o remount,ro /mnt && mount -t tmpfs -o size=64m tmpfs /tmp
  mount -o remount,bind,ro / && mount -t proc proc /proc
  cd /mnt/data && exec setpriv --reuid 1000 --regid 1000 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
    env -i PATH=/mnt/bin:/usr/bin:/bin "$@"
' like-container ${vars[@]+"${vars[@]}"} "$@" &
outer=$!
inner=
for _ in $(seq 100); do inner=$(pgrep -P "$outer" | head -1) && [ -n "$inner" ] && break; sleep 0.02; done
echo "pid $inner"
# unshare ignores SIGTERM while it waits: hand it on to process 1.
trap 'kill -TERM "$inner" 2>/dev/null || true' TERM INT
while kill -0 "$outer" 2>/dev/null; do wait "$outer" && rc=0 || rc=$?; done
exit "${rc:-0}"

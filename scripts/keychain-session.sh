#!/bin/sh
# Runs a command with a Secret Service in the D-Bus session around it, and ends that service afterwards.
# usage: keychain-session.sh unlocked|locked COMMAND [ARGUMENT…]
state=$1
shift

bus() {
  dbus-send --session --print-reply --dest=org.freedesktop.DBus / "org.freedesktop.DBus.$1" string:org.freedesktop.secrets 2>/dev/null
}

is_there() {
  bus NameHasOwner | grep -q 'boolean true'
}

is_open() {
  dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets/collection/login \
    org.freedesktop.DBus.Properties.Get string:org.freedesktop.Secret.Collection string:Locked 2>/dev/null |
    grep -q 'boolean false'
}

# Up to 10 seconds: a busy machine starts slowly.
wait_for() {
  tries=100
  while [ "$tries" -gt 0 ]; do
    "$1" && return 0
    sleep 0.1
    tries=$((tries - 1))
  done
  return 1
}

service_pid() {
  bus GetConnectionUnixProcessID | awk '/uint32/ { print $2 }'
}

end_service() {
  pid=$(service_pid)
  [ -z "$pid" ] || kill "$pid"
}

# The service has been seen to end in the middle of a long run; it is started again at once, with the same key ring.
keep_open() {
  trap 'kill "$service" 2>/dev/null; exit 0' TERM
  while :; do
    printf test | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
    service=$!
    wait "$service"
    sleep 0.1
  done
}

if [ "$state" = unlocked ]; then
  keep_open &
  keeper=$!
  for try in 1 2 3; do
    wait_for is_there && wait_for is_open && break
    [ "$try" = 3 ] && echo 'The Secret Service for the tests does not open' >&2 && kill "$keeper" && exit 1
    end_service
  done
else
  gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1
  wait_for is_there
fi
"$@"
code=$?
if [ "$state" = unlocked ]; then
  kill "$keeper"
  wait "$keeper"
else
  end_service
fi
exit "$code"

#!/bin/sh
# Runs a command with a Secret Service in the D-Bus session around it, and ends that service afterwards.
# usage: keychain-session.sh unlocked|locked COMMAND [ARGUMENT…]
state=$1
shift

bus() {
  dbus-send --session --print-reply --dest=org.freedesktop.DBus / "org.freedesktop.DBus.$1" string:org.freedesktop.secrets 2>/dev/null
}

# Asking for the service before it has its name would have the bus start a second, locked one.
is_there() {
  bus NameHasOwner | grep -q 'boolean true'
}

is_open() {
  dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets/collection/login \
    org.freedesktop.DBus.Properties.Get string:org.freedesktop.Secret.Collection string:Locked 2>/dev/null |
    grep -q 'boolean false'
}

wait_for() {
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    "$1" && return 0
    sleep 0.1
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

if [ "$state" = unlocked ]; then
  for try in 1 2 3; do
    printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    wait_for is_there && wait_for is_open && break
    [ "$try" = 3 ] && echo 'The Secret Service for the tests does not open' >&2 && exit 1
    end_service
  done
else
  gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1
  wait_for is_there
fi
"$@"
code=$?
end_service
exit "$code"

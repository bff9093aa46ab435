#!/bin/sh
# Runs a command with a Secret Service in the D-Bus session around it, and ends that service afterwards.
# usage: keychain-session.sh unlocked|locked COMMAND [ARGUMENT…]
state=$1
shift
if [ "$state" = unlocked ]; then
  printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
else
  gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1
fi
"$@"
code=$?
pid=$(dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets 2>/dev/null | awk '/uint32/ { print $2 }')
[ -z "$pid" ] || kill "$pid"
exit "$code"

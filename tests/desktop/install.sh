#!/bin/sh
# Install what tests/desktop needs on Debian 12 or later (as root; about 100 packages on a machine with Qt's libraries).
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends \
    xvfb openbox x11-xserver-utils xdotool dbus-daemon dbus-bin \
    ibus ibus-libpinyin fcitx5 fcitx5-chinese-addons \
    at-spi2-core gir1.2-atspi-2.0 python3-gi \
    libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 \
    libxcb-xkb1 libxkbcommon-x11-0 libegl1 libgl1 libfontconfig1 libdbus-1-3
dbus-uuidgen --ensure

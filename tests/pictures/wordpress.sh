#!/bin/sh
# Takes WordPress's own script for embeds out of Debian's package, which is only unpacked and never installed.
set -eu
cd "$(dirname "$0")"
mkdir -p wordpress
cd wordpress
apt-get download -q wordpress
dpkg-deb --fsys-tarfile wordpress_*.deb | tar -xO ./usr/share/wordpress/wp-includes/js/wp-embed.js > wp-embed.js
rm wordpress_*.deb

#!/bin/sh
# Puts what the panel reads with into a folder: plain installs from PyPI, npm and Debian; WordPress's package is only
# unpacked. Debian's ruby, php-cli, php-xml, mono and python3-venv have to be there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
tools=$(cd "$1" && pwd)
python3 -m venv "$tools/venv"
"$tools/venv/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt"
(cd "$here" && npm ci --ignore-scripts --no-audit --no-fund)
mcs -nologo -out:"$tools/Syndication.exe" -r:System.ServiceModel -r:System.Xml "$here/readers/Syndication.cs"
cd "$tools"
apt-get download -q wordpress
mkdir -p unpacked
dpkg-deb -x wordpress_*.deb unpacked
rm -rf wordpress wordpress_*.deb
mv unpacked/usr/share/wordpress wordpress
rm -r unpacked

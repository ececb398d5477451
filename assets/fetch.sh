#!/bin/sh
# Fetches the fonts and icons again from their npm packages, unmodified, at the pinned versions. Run it by hand when
# icons/list.txt or a version changes; the files themselves are committed, since the build embeds them.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# unpack NAME VERSION: leaves the package in $work/NAME, with slashes of the name as dashes.
unpack() {
	dir="$work/$(echo "$1" | tr -d @ | tr / -)"
	mkdir -p "$dir"
	(cd "$dir" && npm pack --silent "$1@$2" >/dev/null && tar xzf ./*.tgz --strip-components=1 && rm ./*.tgz)
}

unpack source-sans 3.52.0
unpack @expo-google-fonts/atkinson-hyperlegible-mono 0.4.1
unpack @phosphor-icons/core 2.1.1

mkdir -p fonts icons/regular icons/fill licences
for face in Regular Semibold It SemiboldIt; do
	cp "$work/source-sans/TTF/SourceSans3-$face.ttf" fonts/
done
mono="$work/expo-google-fonts-atkinson-hyperlegible-mono"
cp "$mono/400Regular/AtkinsonHyperlegibleMono_400Regular.ttf" fonts/
cp "$work/source-sans/LICENSE.md" licences/source-sans-OFL.md
cp "$mono/LICENSE_FONT" licences/atkinson-hyperlegible-mono-OFL.txt
cp "$work/phosphor-icons-core/LICENSE" licences/phosphor-icons-MIT.txt

rm -f icons/regular/*.svg icons/fill/*.svg
while read -r name; do
	cp "$work/phosphor-icons-core/assets/regular/$name.svg" icons/regular/
	cp "$work/phosphor-icons-core/assets/fill/$name-fill.svg" "icons/fill/$name.svg"
done <icons/list.txt

#!/bin/sh
# Fetches the reading machine and its Italian data again, at the pinned versions, checks them and packs them: the same
# bytes each time. Run it by hand when a version changes; the files themselves are committed, since the build embeds them.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$work" && npm pack --silent tesseract.js-core@7.0.0 >/dev/null && tar xzf ./*.tgz)
(cd "$work" && apt-get -qq -o APT::Sandbox::User=root download tesseract-ocr-ita=1:4.1.0-2 && dpkg-deb -x ./*.deb debian)

install -m 644 "$work/package/tesseract-core-simd-lstm.wasm" .
cp "$work"/debian/usr/share/tesseract-ocr/*/tessdata/ita.traineddata .
cp "$work/package/LICENSE" ../licences/tesseract-Apache-2.0.txt
trap 'rm -rf "$work" tesseract-core-simd-lstm.wasm ita.traineddata' EXIT

sha256sum --check --strict SHA256SUMS
gzip -9nf tesseract-core-simd-lstm.wasm ita.traineddata

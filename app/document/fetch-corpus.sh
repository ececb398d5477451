#!/bin/bash
# Fetches public PDF, TIFF and JPEG test files into $SODALE_CORPUS (by default the user's cache): those in Debian's source
# packages pdf.js, qpdf, pikepdf and pypdf, and in two Go modules. None of them is committed. A source that isn't to be
# had is named and left out. apt reads its own lists beside the corpus and changes nothing of the system's.
set -u
corpus=${SODALE_CORPUS:-${XDG_CACHE_HOME:-$HOME/.cache}/sodale/corpus}
work=$corpus/.work
mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/src" || exit 1
cd "$work" || exit 1

# keep NAME DIR: copies the test files under DIR into the corpus, each under a name of its own.
keep() {
	local n=0 file
	mkdir -p "$corpus/$1"
	while IFS= read -r -d '' file; do
		n=$((n + 1))
		cp -- "$file" "$corpus/$1/$(printf '%04d' $n)-$(basename -- "$file")"
	done < <(find "$2" -type f \( -iname '*.pdf' -o -iname '*.tif' -o -iname '*.tiff' -o -iname '*.jpg' -o -iname '*.jpeg' -o -iname '*.fuzz' \) -size -25M -print0 | LC_ALL=C sort -z)
	echo "$1: $n files"
}

debian() {
	command -v apt-get >/dev/null || { echo "apt-get is missing: no Debian sources"; return; }
	cat >sources.list <<-'LIST'
		deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm main
	LIST
	cat >apt.conf <<-CONF
		Dir::Etc::SourceList "$work/sources.list";
		Dir::Etc::SourceParts "-";
		Dir::State::Lists "$work/lists";
		Dir::Cache::Archives "$work/archives";
		Dir::Cache::PkgCache "";
		Dir::Cache::SrcPkgCache "";
		APT::Sandbox::User "root";
	CONF
	APT_CONFIG=$work/apt.conf apt-get -q update >apt.log 2>&1 || { echo "apt-get update failed: no Debian sources"; return; }
	local package archive
	for package in pdf.js qpdf pikepdf pypdf; do
		[ -d "$corpus/$package" ] && { echo "$package: here already"; continue; }
		if ! APT_CONFIG=$work/apt.conf apt-get -q source --download-only "$package" >>apt.log 2>&1; then
			echo "$package: not available"
			continue
		fi
		rm -rf src && mkdir src
		for archive in "${package}"_*.orig*.tar.*; do
			case $archive in *.asc) continue ;; esac
			tar -xf "$archive" -C src || echo "$archive: can't be unpacked"
		done
		keep "$package" src
	done
}

modules() {
	local module dir
	for module in github.com/pdfcpu/pdfcpu@v0.11.1 golang.org/x/image@v0.47.0; do
		dir=$(go mod download -json "$module" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
		[ -n "$dir" ] && keep "$(basename "${module%@*}")" "$dir" || echo "$module: not available"
	done
}

debian
modules
rm -rf "$work"

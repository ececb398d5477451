#!/bin/sh
# Fetches codice-fiscale-js from npm into out/oracle (ignored by git), for TestOracle alone. Its licence is CC BY-SA: it is
# run beside the tests and never shipped, and nothing of it is copied.
set -eu
cd "$(dirname "$0")/../.."
command -v npm >/dev/null && command -v node >/dev/null || { echo "npm and node are needed for the oracle"; exit 1; }
[ -f out/oracle/package/package.json ] && exit 0
mkdir -p out/oracle
cd out/oracle
npm pack --silent codice-fiscale-js@2.4.0 >/dev/null
tar xzf codice-fiscale-js-2.4.0.tgz
rm codice-fiscale-js-2.4.0.tgz

# What the tests on the JVM share; `test` and `test-ui` source it. Builds the native library and the server, writes the
# bindings, and ends the compiler's daemon with the script. Leaves the place of the binaries in $target.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

locked=""
if [ "${CI:-}" = true ]; then locked=--locked; fi
# Figures are taken with FIELDBOOK_PROFILE=release.
profile="${FIELDBOOK_PROFILE:-dev}"
target="$PWD/target/${profile/#dev/debug}"
case "$(uname -s)" in
    Darwin) library=libfieldbook_ffi.dylib ;;
    *) library=libfieldbook_ffi.so ;;
esac

# The whole workspace's features, so that this shares its build with the other suites.
cargo build ${locked:+"$locked"} --quiet --profile "$profile" --lib --bin fieldbook --bin uniffi-bindgen \
    ${FIELDBOOK_FEATURES:+--features "$FIELDBOOK_FEATURES"}
bindings=android/sdk/target/bindings
rm -rf "$bindings"
"$target/uniffi-bindgen" generate --language kotlin --no-format --out-dir "$bindings" "$target/$library"

# The compiler's daemon outlives Maven and holds 0.8 GB: the one that was started from here is known by this mark.
export FIELDBOOK_TEST_MARK="fieldbook-$$-$RANDOM"
end_daemon() {
    local process
    for process in $(pgrep -f KotlinCompileDaemon || true); do
        if [ -r "/proc/$process/environ" ] && tr '\0' '\n' <"/proc/$process/environ" | grep -qx "FIELDBOOK_TEST_MARK=$FIELDBOOK_TEST_MARK"; then
            kill "$process" || true
        fi
    done
}
trap end_daemon EXIT

# Maven is quiet when all is well: says what ran. Takes a name and the modules.
say_what_ran() {
    local name="$1"
    shift
    find "$@" -path '*/target/surefire-reports/TEST-*.xml' -exec cat {} + |
        awk -F'"' -v name="$name" '/<testsuite /{for (i = 1; i < NF; i++) { if ($i ~ / tests=$/) tests += $(i + 1); if ($i ~ / failures=$/ || $i ~ / errors=$/) bad += $(i + 1) } }
             END { printf "%s: %d tests, %d failed\n", name, tests, bad }'
}

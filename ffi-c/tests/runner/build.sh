# Building the runner, for the scripts in the folder above; to be sourced. Builds go to target/c.

. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
cd "$root"
vectors=(vectors/data/*/*.json)

# silently COMMAND…: says what it says only if it fails.
silently() {
  local said
  said=$("$@" 2>&1) || { echo "$said" >&2; return 1; }
}

# build FOLDER [OPTION…]: installs libyuma into target/c/installed and builds the runner against it in target/c/FOLDER.
build() {
  local folder=target/c/$1
  shift
  need cmake gcc g++ make nlohmann-json3-dev zlib1g-dev
  silently cmake -S ffi-c -B target/c/cmake
  silently cmake --build target/c/cmake
  silently cmake --install target/c/cmake --prefix target/c/installed
  silently cmake -S ffi-c/tests/runner -B "$folder" -DCMAKE_PREFIX_PATH="$PWD/target/c/installed" "$@"
  silently cmake --build "$folder" --parallel 2
}

# finds TEXT COMMAND…: the command fails with this text. A watchdog that does not see a known mistake watches nothing.
finds() {
  local text=$1 said
  shift
  said=$("$@" 2>&1) && { echo "not found: $text" >&2; return 1; }
  [[ $said == *"$text"* ]] || { echo "instead of \"$text\": $said" >&2; return 1; }
}

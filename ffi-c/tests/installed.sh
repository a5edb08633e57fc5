#!/usr/bin/env bash
# Installs libyuma into a scratch folder and, as a stranger would, builds and runs the examples and the README's program
# against it, outside of this project: with CMake, shared and static, and with pkg-config. Then the source as a part of another
# CMake project.
set -euo pipefail
. "$(dirname "$0")/common.sh"
need cmake pkg-config gcc g++
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
prefix=$scratch/prefix
make -s -C "$root" install PREFIX="$prefix"
cp -r "$root/ffi-c/examples" "$scratch/examples"
awk '/^```c$/ {inside = 1; next} /^```$/ {inside = 0} inside' "$root/README.md" > "$scratch/readme.c"
cd "$scratch"

# What `make demo` begins with
(cd "$root" && cargo run --quiet --release -p yuma-core --example epoch) > expected
same() { diff expected - || { echo "$1 prints something else" >&2; exit 1; }; }

cmake -S examples -B build -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_FLAGS="${strict[*]}" -DCMAKE_CXX_FLAGS="${strict[*]}" >/dev/null
cmake --build build >/dev/null
./build/epoch | same epoch.c
./build/epoch-static | same 'epoch.c, static'
./build/epoch_cpp 2>/dev/null | same epoch.cpp
for example in halving commit_hash; do
  [ "$(./build/$example)" = "$(./build/$example-static)" ]
done
# Whole outputs are compared: a `grep -q` that leaves early breaks the pipe of whoever still writes.
[[ $(ldd build/epoch) == *"$prefix"*libyuma.so.0* ]]
[[ $(ldd build/epoch-static) != *libyuma* ]]

# The source as a part of somebody's project
mkdir parent
cat > parent/CMakeLists.txt <<END
cmake_minimum_required(VERSION 3.16)
project(parent LANGUAGES C)
add_subdirectory($root/ffi-c yuma)
foreach(kind yuma static)
  add_executable(epoch-\${kind} ../examples/epoch.c)
  target_link_libraries(epoch-\${kind} PRIVATE yuma::\${kind})
endforeach()
END
cmake -S parent -B parent/build -DYUMA_CARGO_FOLDER="$root/target/c" >/dev/null
cmake --build parent/build >/dev/null
./parent/build/epoch-yuma | same 'epoch.c, shared, in a project'
./parent/build/epoch-static | same 'epoch.c, static, in a project'

export PKG_CONFIG_PATH=$prefix/lib/pkgconfig LD_LIBRARY_PATH=$prefix/lib
for example in epoch halving commit_hash; do
  # shellcheck disable=SC2046 # flags are words
  gcc -std=c99 "${strict[@]}" examples/$example.c $(pkg-config --cflags --libs yuma) -o $example
done
# shellcheck disable=SC2046
g++ -std=c++17 "${strict[@]}" examples/epoch.cpp $(pkg-config --cflags --libs yuma) -o epoch_cpp
# shellcheck disable=SC2046
gcc -std=c99 "${strict[@]}" readme.c $(pkg-config --cflags --libs yuma) -o readme
./epoch | same epoch.c
./epoch_cpp 2>/dev/null | same epoch.cpp
./readme | same 'the program of README.md'
[[ $(./halving 10499999000000001) == *'from 10500000000000000 rao on, in 1 blocks, it is 500000000 rao'* ]]
[[ $(./halving 21000000000000000) == *'nothing is minted any more'* ]]
[ "$(./commit_hash | wc -c)" = 65 ]
echo 'installed; examples and README built and run with CMake (shared, static, as a part of a project) and pkg-config'

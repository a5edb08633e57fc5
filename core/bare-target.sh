#!/usr/bin/env bash
# Builds a package for a target without an operating system, and so without std and without an allocator.
#
#   core/bare-target.sh [TARGET [PACKAGE [OPTION OF CARGO …]]]       default: thumbv7em-none-eabihf yuma-core
#
# Takes the target where rustup has it; otherwise, on Debian 12, the distribution's compiler and the source of its core
# library, kept under ~/.cache/libyuma; otherwise it says what to install.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:-thumbv7em-none-eabihf}
package=${2:-yuma-core}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/libyuma/debian-rust
arguments=(--quiet --package "$package" --no-default-features --target "$target" "${@:3}")

has_target() { grep -qx "$target" <(rustup target list --installed 2>/dev/null); }
on_debian() { grep -qx 'ID=debian' /etc/os-release 2>/dev/null; }

# Unpacks Debian's compiler into the cache; the machine's own toolchain stays as it is.
fetch_debian_compiler() {
  [ ! -x "$cache/usr/bin/rustc" ] || return 0
  echo "installing Debian's Rust compiler for $target into $cache"
  local sudo= version upstream debs
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq
  $sudo apt-get install -y -qq --no-install-recommends libllvm22 lld-22 >/dev/null
  version=$(apt-cache policy rustc-web | awk '/Candidate/ {print $2}')
  upstream=${version%%+*}
  debs=$(mktemp -d)
  (cd "$debs" && apt-get -o APT::Sandbox::User=root download -qq \
    rustc-web libstd-rust-web-dev rust-web-src "libstd-rust-web-${upstream%.*}")
  mkdir -p "$cache"
  for deb in "$debs"/*.deb; do dpkg -x "$deb" "$cache"; done
  rm -rf "$debs"
  cat > "$cache/rustc" <<END
#!/bin/sh
LD_LIBRARY_PATH='$cache/usr/lib/x86_64-linux-gnu' exec '$cache/usr/bin/rustc' "\$@"
END
  chmod +x "$cache/rustc"
}

if has_target; then
  cargo build "${arguments[@]}"
elif on_debian; then
  fetch_debian_compiler
  RUSTC=$cache/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=target/debian \
    cargo build -Zbuild-std=core "${arguments[@]}"
else
  echo "the target is missing: rustup target add $target" >&2
  exit 1
fi
echo "$package builds for $target, without std"

# A compiler for targets that rustup may not have; to be sourced.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/libyuma/debian-rust

has_target() { grep -qx "$1" <(rustup target list --installed 2>/dev/null); }
on_debian() { grep -qx 'ID=debian' /etc/os-release 2>/dev/null; }

# Unpacks Debian's compiler, and the source of its library, into the cache; the machine's own toolchain stays as it is.
fetch_debian_compiler() {
  [ ! -x "$cache/usr/bin/rustc" ] || return 0
  echo "installing Debian's Rust compiler into $cache"
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

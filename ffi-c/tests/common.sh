# What the scripts here share; to be sourced.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck disable=SC2034 # for those who source this
strict=(-Wall -Wextra -Wpedantic -Werror)

# need PACKAGE…: installs what is missing of these Debian packages. A command of the same name serves as well.
need() {
  command -v dpkg-query >/dev/null || return 0 # elsewhere whoever builds sees to it
  local package missing=() sudo=
  for package in "$@"; do
    command -v "$package" >/dev/null ||
      [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
      missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "installing ${missing[*]}" >&2
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

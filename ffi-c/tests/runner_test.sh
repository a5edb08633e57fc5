#!/usr/bin/env bash
# The runner itself: a changed value in any file must be found, and what is no file of vectors must not pass.
set -euo pipefail
source "$(dirname "$0")/runner/build.sh"
build runner
need gzip perl-base
verify=$PWD/target/c/runner/yuma-verify
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() { echo "$1" >&2; exit 1; }

# refuses FILE TEXT: the runner fails on the file, and says the text.
refuses() {
  local said
  said=$("$verify" "$1") && fail "$1 passed"
  [[ $said == *"$2"* ]] || fail "$1: instead of \"$2\": $said"
}

# One value changed in a copy of every file: the first digit of some result, or a flag where there are no numbers.
changed=$scratch/changed.json
for file in "${vectors[@]}"; do
  perl -0pe 's/("expect":\{[^}]*?[:\[,]"?-?)(\d)/$1.($2 == 9 ? 8 : $2 + 1)/se
    or s/("expect":\{[^}]*?)(true|false)/$1.($2 eq "true" ? "false" : "true")/se' "$file" > "$changed"
  cmp --silent "$file" "$changed" && fail "nothing to change in $file"
  said=$("$verify" "$changed") && fail "$file passed with a changed value"
  [[ $said =~ ([0-9]+)\ of\ ([0-9]+)\ passed && $((BASH_REMATCH[1] + 1)) == "${BASH_REMATCH[2]}" &&
    $said =~ $'\n  '[^$'\n']+': '[^$'\n']*': expected '[^$'\n']+', computed ' ]] || fail "$file: $said"
done

# One of them to the letter.
sed 's/"payouts":\["3","3","4"\]/"payouts":["3","4","4"]/' vectors/data/subtensor-475/apportion.json > "$changed"
refuses "$changed" 'apportion, subtensor-475: 59 of 60 passed
  thirds-10: payouts[1]: expected "4", computed "3"
59 passed, 1 failed'

file=vectors/data/emission/weights-upscale.json
cp "$file" "$scratch/same.json"
gzip --stdout "$file" > "$scratch/same.json.gz"
"$verify" "$scratch/same.json" "$scratch/same.json.gz" >/dev/null || fail 'an unchanged copy fails'

edit() { sed --expression="$2" "$file" > "$scratch/$1"; }
edit kind.json 's/"kind":"weights-upscale"/"kind":"weights-downscale"/'
refuses "$scratch/kind.json" 'unknown kind `weights-downscale` under the rules `subtensor-425`'
edit rules.json 's/"rules":"subtensor-425"/"rules":"subtensor-426"/'
refuses "$scratch/rules.json" 'unknown rules `subtensor-426`'
refuses "$scratch/rules.json" "and $(($(grep --only-matching '"name"' "$file" | wc -l) - 5)) more"
edit schema.json 's/"schema":"yuma-vectors\/1"/"schema":"yuma-vectors\/2"/'
refuses "$scratch/schema.json" 'schema `yuma-vectors/2`'
edit field.json 's/"input":{"values"/"input":{"valves"/'
refuses "$scratch/field.json" 'values: missing'
edit float.json 's/\("max_upscaled":\[[0-9]\{1,\}\)\([],]\)/\1.0\2/'
refuses "$scratch/float.json" 'max_upscaled[0]: expected '
edit more.json 's/"expect":{/"expect":{"another":1,/'
refuses "$scratch/more.json" 'another: expected 1, computed nothing'
edit less.json 's/"max_upscaled"/"min_upscaled"/'
refuses "$scratch/less.json" 'max_upscaled: expected nothing, computed '
echo '{"schema":"yuma-vectors/1","kind":"weights-upscale","rules":"subtensor-425","note":"","cases":[]}' > "$scratch/empty.json"
refuses "$scratch/empty.json" 'no case'
head --bytes=1000 "$file" > "$scratch/cut.json"
refuses "$scratch/cut.json" 'parse error'
head --bytes=1000 "$scratch/same.json.gz" > "$scratch/cut.json.gz"
refuses "$scratch/cut.json.gz" 'unexpected end of file'
cp "$file" "$scratch/plain.json.gz"
refuses "$scratch/plain.json.gz" 'not compressed'
refuses "$scratch/none.json" 'No such file'
"$verify" "$scratch/empty.json" "$file" >/dev/null && fail 'a file that fails is forgotten behind one that passes'
"$verify" >/dev/null 2>&1 && fail 'no file passes'

# Every 425 file that also holds under 475 (vectors/README.md), read by those rules.
both=(vectors/data/epoch/*.json)
for kind in fixed-arith transcendental pow-normalize block-emission moving-price flow-shares root-proportion root-sell-flag \
  subnet-terms pending-split parent-child-dividends mechanism-index weights-{upscale,max-limited,set,commit-hash}; do
  both+=(vectors/data/{emission,edges}/"$kind".json)
done
mkdir "$scratch/both"
for file in "${both[@]}"; do
  [[ ! -e $file ]] || sed 's/"rules":"subtensor-425"/"rules":"subtensor-475"/' "$file" > "$scratch/both/${file//\//-}"
done
said=$("$verify" "$scratch"/both/*.json) || fail "$said"
echo "the runner finds what is changed in ${#vectors[@]} files, and under subtensor-475: ${said##*$'\n'}"

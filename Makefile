# Everything starts here: `make` alone lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
CARGO ?= cargo
VECTORS := target/release/yuma-vectors

VIA ?= rust
FILES ?= vectors/data/*/*.json
COUNT ?= 10000
SECONDS ?= 60
# The demo's subnet: of 256 neurons, unless FILE names another.
FILE ?= vectors/data/epoch/large.json --case large-256-64-yuma3-liquid

.PHONY: help demo test verify check-random bench fuzz lint unit docs bare licences index clean build cargo verify-rust verify-model verify-c verify-python verify-wasm

include core/portability.mk core/firmware/firmware.mk ffi-c/ffi-c.mk ffi-c/tests/tests.mk ffi-python/python.mk ffi-wasm/wasm.mk ffi-wasm/www/www.mk

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: build python-build ## An epoch of 256 neurons, a block, the halvings, a plot (FILE=subnet.json: your subnet)
	@$(CARGO) run --quiet --release -p yuma-core --example epoch
	@echo
	@$(VECTORS) show epoch $(FILE)
	@echo
	@$(VECTORS) show compare $(FILE)
	@echo
	@$(VECTORS) show block
	@echo
	@$(VECTORS) show halvings
	@echo
	@echo 'The same epoch in Python, and as a picture:'
	@mkdir -p target/demo
	@$(PYTHON_VENV)/bin/yuma epoch $(FILE) --top 5
	@$(PYTHON_VENV)/bin/yuma plot shares $(FILE) -o target/demo/shares.png

test: lint unit docs bare build c-test c-bare c-runner-test c-sanitize c-valgrind c-threads c-verify embedded portability python-test python-sdk-test python-verify wasm-test wasm-verify page-test ## Everything, in all languages: style, tests, documentation, bare target, golden vectors, random comparison
	@$(VECTORS) index --check vectors/data
	@$(VECTORS) check-random --count 300
	@$(VECTORS) verify vectors/data/*/*.json

verify: verify-$(VIA) ## Judge vectors: VIA=rust (model, c, python, wasm), FILES="vectors/data/epoch/*.json"

verify-rust verify-model: verify-%: build
	@$(VECTORS) verify --via $* $(FILES)

verify-c: c-verify

verify-python: python-verify

verify-wasm: wasm-verify

check-random: build ## Compare core with the naive model on random input: COUNT=10000, KIND=epoch
	@$(VECTORS) check-random --count $(COUNT) $(if $(KIND),--kind $(KIND))

bench: cargo ## Measure core against the naive model; writes target/bench/summary.json
	$(CARGO) bench --quiet -p yuma-vectors --bench epoch

fuzz: cargo ## Fuzz core against the naive model, its canonical bytes, and the frames of the firmware: SECONDS=60 for each
	@command -v cargo-fuzz >/dev/null || { echo 'installing cargo-fuzz'; $(CARGO) install cargo-fuzz --version 0.13.2 --locked; }
	RUSTC_BOOTSTRAP=1 $(CARGO) fuzz run epoch_differential -- -max_total_time=$(SECONDS)
	RUSTC_BOOTSTRAP=1 $(CARGO) fuzz run digest_canonical -- -max_total_time=$(SECONDS)
	RUSTC_BOOTSTRAP=1 $(CARGO) fuzz run device_frames -- -max_total_time=$(SECONDS)

lint: cargo ## Formatting and clippy, of the fuzz targets and the firmware too
	$(CARGO) fmt --all --check
	$(CARGO) fmt --manifest-path fuzz/Cargo.toml --check
	$(CARGO) fmt --manifest-path core/firmware/Cargo.toml --all --check
	$(CARGO) clippy --quiet --workspace --all-targets -- -D warnings
	$(CARGO) clippy --quiet --manifest-path fuzz/Cargo.toml -- -D warnings
	$(CARGO) clippy --quiet --manifest-path core/firmware/Cargo.toml --workspace --all-targets --target-dir target/embedded/host -- -D warnings

unit: cargo ## Unit tests, integration tests, examples of the documentation
	$(CARGO) test --quiet --workspace

docs: cargo ## The documentation, without a warning
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --quiet --workspace --no-deps

bare: cargo ## core for a processor without an operating system
	@core/bare-target.sh thumbv7em-none-eabihf

licences: cargo ## The dependencies' licences (installs cargo-deny, minutes)
	@command -v cargo-deny >/dev/null || { echo 'installing cargo-deny'; $(CARGO) install cargo-deny --version 0.20.2; }
	$(CARGO) deny --log-level error check licenses bans sources
	cd core/firmware && $(CARGO) deny --log-level error --config ../../deny.toml check licenses bans sources
	cd fuzz && $(CARGO) deny --log-level error --config ../deny.toml check licenses bans sources

index: build ## Write vectors/data/index.json anew
	@$(VECTORS) index vectors/data

build: cargo
	@$(CARGO) build --quiet --release -p yuma-vectors

clean: ## Remove what was built
	rm -rf target fuzz/target core/firmware/target

cargo:
	@command -v $(CARGO) >/dev/null || { echo 'Rust is missing: see https://rustup.rs'; exit 1; }

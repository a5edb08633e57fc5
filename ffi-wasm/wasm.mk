# JavaScript: the npm package of ffi-wasm, under target/wasm. Included by the Makefile.
NODE ?= node
WASM_TOOLS := target/wasm/tools
WASM_SOURCES := $(shell find ffi-wasm/src ffi-wasm/npm ffi-wasm/package ffi-wasm/build.sh ffi-wasm/Cargo.toml core/src \
	core/Cargo.toml Cargo.toml Cargo.lock -type f)
WASM_TESTS := $(shell find ffi-wasm/tests -type f)

.PHONY: wasm-build wasm-test wasm-verify

wasm-build: target/wasm/built ## The npm package: target/wasm/package, for browsers, bundlers and Node
	@:

wasm-test: target/wasm/tested ## JavaScript: bad input, types, and projects that use the package
	@:

wasm-verify: target/wasm/built ## Judge vectors through JavaScript: FILES="vectors/data/epoch/*.json"
	@$(NODE) ffi-wasm/tests/verify.mjs $(FILES)

$(WASM_TOOLS)/installed: ffi-wasm/wasm.mk
	@command -v $(NODE) >/dev/null || { echo 'Node is missing: 20 or newer, with npm'; exit 1; }
	@echo 'installing binaryen, esbuild, TypeScript and Vite in $(WASM_TOOLS)'
	@mkdir -p $(WASM_TOOLS)
	@echo '{ "private": true }' > $(WASM_TOOLS)/package.json
	@cd $(WASM_TOOLS) && npm install --silent --no-audit --no-fund binaryen@132 esbuild@0.28 typescript@5 vite@8
	@touch $@

target/wasm/built: $(WASM_SOURCES) $(WASM_TOOLS)/installed
	@echo 'building the module and the package in target/wasm/package'
	@ffi-wasm/build.sh $(WASM_TOOLS)/node_modules
	@touch $@

target/wasm/tested: target/wasm/built $(WASM_TESTS)
	$(NODE) --test ffi-wasm/tests/bad-input.test.mjs
	@rm -rf target/wasm/types
	@mkdir -p target/wasm/types/node_modules
	@cp ffi-wasm/tests/types/* target/wasm/types
	@ln -sfn ../../package target/wasm/types/node_modules/libyuma
	$(WASM_TOOLS)/node_modules/.bin/tsc -p target/wasm/types
	ffi-wasm/tests/consumers.sh $(WASM_TOOLS)
	@touch $@

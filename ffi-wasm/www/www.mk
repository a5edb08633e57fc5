# The playground page of ffi-wasm/www, built into target/wasm/www. Included by the Makefile, after
# ffi-wasm/wasm.mk, which makes the package (target/wasm/built).
PAGE := ffi-wasm/www
PAGE_MODULES := target/wasm/page
PAGE_PORT ?= 4173
CHROMIUM ?= /usr/bin/chromium
PAGE_VECTORS := $(addprefix vectors/data/,epoch/large.json epoch/ties.json epoch/features.json subtensor-475/epoch.json)
# What the tests compare with beside the files the page holds itself.
PAGE_JUDGES := $(addsuffix /subnet-shares.json,$(addprefix vectors/data/,emission edges subtensor-475))
PAGE_SOURCES := $(shell find $(PAGE)/src $(PAGE)/public $(PAGE)/index.html $(PAGE)/offline.js $(PAGE)/vite.config.mjs $(PAGE)/tsconfig.json -type f)

.PHONY: page page-build page-test

page: target/wasm/www/index.html ## The playground page, served on localhost (PAGE_PORT=4173)
	@echo 'the page: http://localhost:$(PAGE_PORT)/ (end with Ctrl-C)'
	@node $(PAGE)/serve.mjs target/wasm/www $(PAGE_PORT)

page-build: target/wasm/www/index.html ## The playground page: types checked, built into target/wasm/www
	@:

page-test: target/wasm/page-tested ## The playground page in Chromium: numbers, bad files, golden vectors, no request elsewhere
	@:

target/wasm/page-tested: target/wasm/www/index.html $(PAGE)/tests/page.test.mjs $(PAGE)/serve.mjs $(VECTORS) $(PAGE_JUDGES)
	@[ $(CHROMIUM) != /usr/bin/chromium ] || { . ffi-c/tests/common.sh; need chromium; }
	@[ -x $(CHROMIUM) ] || { echo 'there is no Chromium at $(CHROMIUM): give its path, CHROMIUM=…'; exit 1; }
	@CHROMIUM=$(CHROMIUM) $(NODE) --test --test-reporter=spec $(PAGE)/tests/page.test.mjs
	@touch $@

# Cargo decides whether the binary that judges the page is still right; if it is, its file stays as it is.
$(VECTORS): build
	@:

$(PAGE_MODULES)/installed: $(PAGE)/package.json $(PAGE)/package-lock.json
	@command -v npm >/dev/null || { echo 'Node.js is missing: 20 or newer, with npm'; exit 1; }
	@echo 'installing Vite, TypeScript, uPlot, Playwright and axe in $(PAGE_MODULES)'
	@mkdir -p $(PAGE_MODULES)
	@cp $(PAGE)/package.json $(PAGE)/package-lock.json $(PAGE)/.npmrc $(PAGE_MODULES)
	@cd $(PAGE_MODULES) && npm ci --silent
	@ln -sfn ../../$(PAGE_MODULES)/node_modules $(PAGE)/node_modules
	@touch $@

target/wasm/www/index.html: $(PAGE_SOURCES) $(PAGE_VECTORS) target/wasm/built $(PAGE_MODULES)/installed
	@echo 'building the page in target/wasm/www'
	@cd $(PAGE) && node_modules/.bin/tsc && node_modules/.bin/vite build --logLevel warn
	@touch $@

# libyuma for C and C++. Included by the Makefile.
PREFIX ?= /usr/local
C_LIBRARY := target/c/release/libyuma.so
C_CMAKE := target/c/cmake

.PHONY: c-build c-header c-header-check c-test c-bare install

c-build: cargo ## Build libyuma.so and libyuma.a (target/c/release)
	@ffi-c/build.sh

c-header: cargo ## Write ffi-c/include/yuma.h from its source
	@$(CARGO) run --quiet -p yuma-c-header

c-header-check: cargo ## Check that ffi-c/include/yuma.h is current
	@$(CARGO) run --quiet -p yuma-c-header -- --check

c-test: c-build c-header-check ## Test libyuma: headers, symbols, bad input, examples against an installed copy
	@ffi-c/tests/headers.sh
	@ffi-c/tests/symbols.sh $(C_LIBRARY)
	@ffi-c/tests/complete.sh
	@gcc -std=c99 -O1 -g -Wall -Wextra -Wpedantic -Werror -Iffi-c/include ffi-c/tests/bad_input.c $(C_LIBRARY) \
	  -Wl,-rpath,$(CURDIR)/target/c/release -o target/c/bad_input
	@g++ -std=c++17 -O1 -g -Wall -Wextra -Wpedantic -Werror -Iffi-c/include ffi-c/tests/layer.cpp $(C_LIBRARY) \
	  -Wl,-rpath,$(CURDIR)/target/c/release -o target/c/layer
	@ln -sf libyuma.so target/c/release/libyuma.so.0
	@target/c/bad_input
	@target/c/layer
	@ffi-c/tests/installed.sh

c-bare: cargo ## libyuma for a processor without an operating system
	@ffi-c/tests/bare.sh thumbv7em-none-eabihf

install: cargo ## Install libyuma for C and C++: PREFIX=/usr/local
	@. ffi-c/tests/common.sh && need cmake
	@cmake -S ffi-c -B $(C_CMAKE) -DCMAKE_INSTALL_PREFIX="$(PREFIX)" >/dev/null
	@cmake --build $(C_CMAKE) >/dev/null
	@cmake --install $(C_CMAKE) >/dev/null
	@echo "libyuma is in $(PREFIX)"

# The tests of the C API by vectors. Included by the Makefile.
.PHONY: c-verify c-runner-test c-random c-sanitize c-valgrind c-threads

c-verify: cargo ## Judge vectors through the C API: FILES="vectors/data/epoch/*.json"
	@ffi-c/tests/verify.sh $(FILES)

c-runner-test: cargo ## Test that the runner over C finds what is wrong
	@ffi-c/tests/runner_test.sh

c-random: cargo ## Random cases of every kind through the C API: COUNT=300
	@ffi-c/tests/random.sh $(if $(filter-out file,$(origin COUNT)),$(COUNT))

c-sanitize: cargo ## All vectors through the C API under AddressSanitizer and UndefinedBehaviorSanitizer
	@ffi-c/tests/sanitize.sh

c-valgrind: cargo ## All vectors through the C API under Valgrind
	@ffi-c/tests/valgrind.sh

c-threads: cargo ## Eight threads at once through the C API, also under ThreadSanitizer and Helgrind
	@ffi-c/tests/threads.sh

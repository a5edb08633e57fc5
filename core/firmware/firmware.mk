# The hardware validator. Included by the Makefile.
.PHONY: embedded firmware

firmware: cargo ## The image of the hardware validator for a Cortex-M4 (target/embedded)
	@core/firmware/build.sh target/embedded

embedded: cargo ## Run the hardware validator on a model of its board: golden vectors, damaged frames; writes target/embedded/summary.json
	@core/firmware/embedded.sh

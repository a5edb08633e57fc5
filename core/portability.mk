# The golden vectors on other processors. Included by the Makefile.
.PHONY: portability

portability: cargo ## The golden vectors on other processors: 32- and 64-bit, little- and big-endian
	@core/portability.sh

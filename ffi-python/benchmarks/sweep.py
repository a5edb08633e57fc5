"""A thousand parameter sets of a 256-neuron subnet on one thread and on two."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import libyuma
import numpy as np

N, VALIDATORS = 256, 64
GRID = {"kappa": range(20_000, 45_000, 50), "yuma3": [False, True]}


def subnet() -> libyuma.Subnet:
    """A full subnet whose validators weigh and hold bonds of everybody."""
    random = np.random.default_rng(1)
    weights = np.zeros((N, N), dtype=np.uint16)
    weights[:VALIDATORS] = random.integers(0, 65536, (VALIDATORS, N))
    stake = np.zeros(N, dtype=np.uint64)
    stake[:VALIDATORS] = random.integers(1, 10**15, VALIDATORS)
    return libyuma.Subnet(
        current_block=5000,
        last_step_block=4640,
        rao_emission=10**12,
        stake_rao=stake,
        last_update=[4990] * N,
        validator_permit=stake > 0,
        weights=weights,
        bonds=weights,
    )


def seconds(threads: int, swept: libyuma.Subnet) -> float:
    """The best of eight runs."""
    best = float("inf")
    for _ in range(8):
        with ThreadPoolExecutor(threads) as executor:
            start = time.perf_counter()
            table = libyuma.sweep(
                swept, GRID, params=libyuma.Params(), executor=executor, progress=False
            )
            best = min(best, time.perf_counter() - start)
        assert len(table) == 1000
    return best


if __name__ == "__main__":
    swept = subnet()
    one, two = seconds(1, swept), seconds(2, swept)
    print(
        f"1000 sweeps: 1 thread {one:.3f} s, 2 threads {two:.3f} s, {one / two:.2f} times as fast"
    )

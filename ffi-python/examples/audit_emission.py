"""Audit an emission: the halvings, what a day mints, and where every rao of a block goes."""

import libyuma

ISSUANCE = 10_900_000_000_000_000  # rao; the chain keeps it in TotalIssuance

# The halvings: thresholds of the issuance, not block numbers.
for halving in libyuma.halvings()[:4]:
    print(f"from {halving.threshold} rao: {halving.reward} rao per block")
ahead = libyuma.next_halving(ISSUANCE)
assert ahead is not None
print(
    f"now {ahead.reward} per block, {ahead.reward_after} in {ahead.blocks} blocks at the earliest"
)
print(f"a day mints {libyuma.daily_emission(ISSUANCE)} rao, there will never be more than")
print(f"{ISSUANCE + libyuma.emission_over(ISSUANCE, 10**9)} rao")

# One block for three subnets, of which one gets no TAO.
COIN = 10**9


def subnet(
    netuid: int, price_percent: int, *, emission_enabled: bool = True
) -> libyuma.SubnetState:
    """A subnet whose alpha costs so many hundredths of a TAO."""
    return libyuma.SubnetState(
        netuid=netuid,
        first_emission_block=5_000_000,
        pool_price_raw=(price_percent << 64) // 100,
        moving_price_raw=(price_percent << 32) // 100,
        tao_reserve=price_percent * 1_000 * COIN,
        alpha_in_reserve=100_000 * COIN,
        alpha_out_supply=1_900_000 * COIN,
        emission_enabled=emission_enabled,
    )


network = libyuma.Network(
    total_issuance=ISSUANCE, balances_issuance=ISSUANCE, root_tao=5_500_000 * COIN
)
subnets = [subnet(1, 9), subnet(2, 4), subnet(3, 4, emission_enabled=False)]
block = libyuma.coinbase(9_300_000, network, subnets)

print(f"a block of {block.minted} rao by {block.rules}")
for state, report in zip(block.subnets, block.reports, strict=True):
    injection, pending = report.injection, report.pending
    print(
        f"  subnet {state.netuid}: {injection.tao_in} rao into the pool, "
        f"{injection.excess_tao} spent on alpha; alpha for miners {pending.server}, "
        f"validators {pending.validator}, root {pending.root}, owner {pending.owner_cut}"
    )
    # Root's part is recycled while root must not sell; rounding loses a rao or two of alpha.
    divided = pending.server + pending.validator + pending.root + pending.owner_cut
    creation = report.creation
    lost = creation.alpha_out - creation.recycled - divided
    print(f"    of {creation.alpha_out} rao of alpha {creation.recycled} recycled, {lost} lost")
    assert 0 <= lost <= 3

placed = sum(one.injection.tao_in + one.injection.excess_tao for one in block.reports)
assert block.minted == placed + block.recycled
assert block.network.total_issuance == ISSUANCE + placed
print(f"  {placed} placed, {block.recycled} recycled by rounding, not a rao lost")

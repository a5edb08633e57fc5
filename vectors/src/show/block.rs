//! One block of emission.

use yuma_core::emission::{
    Issuance, Network, PassivePool, RootStake, SubnetReport, SubnetShare, SubnetState, coinbase,
};
use yuma_core::fixed::{I96F32, U64F64, U96F32};

use super::{coins, refused, table};

/// An issuance soon after the first halving, in rao.
pub const ISSUANCE: u64 = 10_900_000_000_000_000;

/// Shows one block for five made-up subnets: a strong one, three middling ones of which one burns a quarter of its miners'
/// emission and one is disabled, and a weak one.
pub fn block() -> Result<(), String> {
    const COIN: u64 = 1_000_000_000;
    let hundredths = |price: u32| u64::from(price) * (1 << 32) / 100;
    let subnet = |netuid, price: u32| SubnetState {
        first_emission_block: Some(5_000_000),
        pool_price: U64F64::from_bits(u128::from(hundredths(price)) << 32),
        moving_price: I96F32::from_bits(hundredths(price).into()),
        tao_reserve: u64::from(price) * 1_000 * COIN,
        alpha_in_reserve: 100_000 * COIN,
        alpha_out_supply: 1_900_000 * COIN,
        ..SubnetState::new(netuid)
    };
    let mut subnets = [
        subnet(1, 9),
        subnet(2, 4),
        SubnetState { miner_burned: U96F32::from_bits(1 << 30), ..subnet(3, 4) },
        SubnetState { emission_enabled: false, ..subnet(4, 4) },
        subnet(5, 1),
    ];
    let mut network = Network {
        issuance: Issuance { total: ISSUANCE, balances: ISSUANCE },
        root: RootStake { tao: 5_500_000 * COIN, ..RootStake::CHAIN_DEFAULT },
        ..Network::CHAIN_DEFAULT
    };
    let mut shares = [SubnetShare::default(); 5];
    let mut reports = [SubnetReport::default(); 5];
    let block = coinbase(9_300_000, &mut network, &mut subnets, &mut PassivePool, &mut shares, &mut reports)
        .map_err(refused)?;

    println!("One block for five subnets, in rao, rules {}: {} minted", block.rules.id(), block.minted);
    let mut table =
        table(["netuid", "price", "TAO in", "TAO for alpha", "alpha in", "alpha out", "miners", "validators", "owner"]);
    for (subnet, report) in subnets.iter().zip(&reports) {
        table.add_row([
            subnet.netuid.to_string(),
            format!("{:.2}", subnet.pool_price),
            report.injection.tao_in.to_string(),
            report.injection.excess_tao.to_string(),
            report.injection.alpha_in.to_string(),
            report.creation.alpha_out.to_string(),
            report.pending.server.to_string(),
            report.pending.validator.to_string(),
            report.pending.owner_cut.to_string(),
        ]);
    }
    println!("{table}");
    println!(
        "{} rao of rounding recycled; issuance {} TAO. Subnet 3 burns a quarter of its miners' part, 4 gets no TAO.",
        block.recycled,
        coins(network.issuance.total),
    );
    Ok(())
}

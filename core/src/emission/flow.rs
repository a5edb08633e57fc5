//! Shares by the flow of TAO into the subnets (spec `emission.md` §6).
//!
//! **Dormant**: the chain keeps this code but does not run it; [`coinbase`](super::coinbase) shares by price.

use crate::error::{Error, check_length};
use crate::fixed::{I64F64, U64F64, convert, pow_normalize, safe_div};

/// The parameters of the flow shares (§2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowParameters {
    /// The weight of a new flow in the average, of 2^63 − 1.
    pub smoothing_factor: u64,
    /// Whether the protocol's own flow is subtracted.
    pub net_flow_enabled: bool,
    /// Flows up to here have no share.
    pub flow_cutoff: I64F64,
    /// The power to which flows are raised before they become shares.
    pub exponent: U64F64,
}

impl FlowParameters {
    /// The chain's defaults.
    pub const CHAIN_DEFAULT: Self = Self {
        smoothing_factor: 29_597_889_189_277,
        net_flow_enabled: true,
        flow_cutoff: I64F64::ZERO,
        exponent: U64F64::ONE,
    };
}

/// A stored average of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowAverage {
    /// The block of its last update.
    pub block: u64,
    /// Rao per block.
    pub value: I64F64,
}

/// One flow of TAO into a subnet, and its average.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flow {
    /// Rao since the last update; negative: out of the subnet.
    pub since_update: i64,
    /// The average so far; none before the first update.
    pub average: Option<FlowAverage>,
}

impl Flow {
    /// The average's value, 0 where there is none yet.
    fn value(&self) -> I64F64 {
        self.average.map_or(I64F64::ZERO, |average| average.value)
    }

    /// Takes the flow since the last update into the average, once per block (§6.2).
    fn update(&mut self, block: u64, alpha: I64F64) {
        // An absent average counts as updated in block 0.
        if self.average.map_or(0, |average| average.block) == block {
            return;
        }
        let kept = I64F64::ONE.saturating_sub(alpha).saturating_mul(self.value());
        let value = kept.saturating_add(alpha.saturating_mul(self.since_update.into()));
        *self = Self { since_update: 0, average: Some(FlowAverage { block, value }) };
    }
}

/// The two flows of one subnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SubnetFlows {
    /// What users brought and took.
    pub user: Flow,
    /// What the protocol brought and took.
    pub protocol: Flow,
}

/// Brings the averages to `block` and gives each subnet's share by its net flow (§6). Dormant on the chain.
///
/// # Errors
/// [`ErrorCode::Length`](crate::ErrorCode::Length) unless there is one share for each subnet.
///
/// ```
/// use yuma_core::emission::{Flow, FlowParameters, SubnetFlows, flow_shares};
/// use yuma_core::fixed::U64F64;
/// let inflow = |rao| SubnetFlows { user: Flow { since_update: rao, average: None }, ..SubnetFlows::default() };
/// let mut flows = [inflow(1_000_000_000), inflow(-5)];
/// let mut shares = [U64F64::ZERO; 2];
/// flow_shares(100, &FlowParameters::CHAIN_DEFAULT, &mut flows, &mut shares)?;
/// assert!(shares[0] > shares[1]);
/// assert_eq!(flows[0].user.since_update, 0);
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn flow_shares(
    block: u64,
    parameters: &FlowParameters,
    subnets: &mut [SubnetFlows],
    shares: &mut [U64F64],
) -> Result<(), Error> {
    const LARGEST_FACTOR: I64F64 = I64F64::const_from_int(i64::MAX as i128);
    check_length("shares", shares, subnets.len())?;

    let alpha = safe_div(I64F64::saturating_from_num(parameters.smoothing_factor), LARGEST_FACTOR);
    for subnet in subnets.iter_mut() {
        subnet.user.update(block, alpha);
        subnet.protocol.update(block, alpha);
    }

    let protocol_weight = protocol_weight(parameters, subnets);
    let net_flow = |subnet: &SubnetFlows| protocol_weight.map_or(subnet.user.value(), |weight| net(subnet, weight));
    let lowest = subnets.iter().map(net_flow).fold(I64F64::ZERO, I64F64::min);
    let limit = parameters.flow_cutoff.max(lowest);
    for (subnet, share) in subnets.iter().zip(shares.iter_mut()) {
        // Not above the limit: a negative difference becomes 0.
        *share = convert(net_flow(subnet).saturating_sub(limit));
    }
    pow_normalize(shares, parameters.exponent);
    Ok(())
}

/// What a positive protocol flow counts: no more in all than what users brought; `None` where it counts nothing (§6.3).
fn protocol_weight(parameters: &FlowParameters, subnets: &[SubnetFlows]) -> Option<I64F64> {
    let inflows = |flow: fn(&SubnetFlows) -> &Flow| {
        let positive = subnets.iter().map(|subnet| flow(subnet).value().max(I64F64::ZERO));
        positive.fold(I64F64::ZERO, I64F64::saturating_add)
    };
    parameters
        .net_flow_enabled
        .then(|| safe_div(inflows(|subnet| &subnet.user), inflows(|subnet| &subnet.protocol)).min(I64F64::ONE))
}

/// The users' flow without the protocol's; only a positive one is weighed (§6.3).
fn net(subnet: &SubnetFlows, protocol_weight: I64F64) -> I64F64 {
    let protocol = subnet.protocol.value();
    let counted = if protocol > I64F64::ZERO { protocol_weight.saturating_mul(protocol) } else { protocol };
    subnet.user.value().saturating_sub(counted)
}

//! The module behind the package `libyuma`: core's functions over JavaScript's values and typed arrays.
//!
//! It holds no rule of the chain. Every function reads its arguments (`door`), calls core, and hands back plain values
//! and typed arrays; the package's JavaScript side gives them their defaults, names and documentation. Of a function's
//! arguments, `undefined` and `null` mean that there is none.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic
)]

mod distribution;
mod door;
mod emission;
mod epoch;
mod mechanisms;
mod numbers;
mod schedule;
mod submission;

use js_sys::Object;
use wasm_bindgen::prelude::*;
use yuma_core::Rules;

use crate::door::{Answer, ToJs, dict, integer};

/// The functions that JavaScript calls.
macro_rules! exports {
    ($($module:ident: $($name:ident($($argument:ident),*)),* $(,)?;)*) => {$($(
        #[wasm_bindgen]
        #[allow(missing_docs, reason = "the package's types document it")]
        #[allow(clippy::missing_errors_doc, reason = "what it throws is documented there too")]
        pub fn $name($($argument: &JsValue),*) -> Answer<JsValue> {
            $module::$name($($argument),*).map(ToJs::to_js)
        }
    )*)*};
}

exports! {
    about:
        rules(),
        rules_for_spec_version(spec_version),
        constants();
    distribution:
        stake_weights(call),
        inherited_stake(call),
        effective_childkey_take(childkey_take, min_take, min_take_subnet),
        split_dividend(call),
        dividend_distribution(rules, pending_alpha, pending_root, tao_weight, rows),
        root_claimable_update(root_stake, amount, rate_raw),
        distribute(call);
    emission:
        block_emission(issuance),
        block_emission_steps(issuance),
        halvings(),
        next_halving(issuance),
        emission_over(issuance, blocks),
        daily_emission(issuance),
        spot_price(mechanism, pool_price_raw),
        share_price(mechanism, moving_price_raw),
        moving_price(call),
        root_proportion(root_tao, tao_weight, alpha_issuance),
        alpha_issuance(rules, alpha_in_reserve, alpha_out_supply, alpha_reservoir),
        root_sell_flag(prices_raw),
        emission_gate_bar(gate, block, shares_raw),
        subnet_shares(rules, block, minted, gate, subnets),
        flow_shares(block, parameters, subnets),
        subnet_terms(tao_emission_raw, spot_price_raw, alpha_issuance, root_tao, tao_weight),
        pending_split(alpha_out_raw, root_proportion_raw, owner_cut),
        inject(rules, subnet, terms, credit, pool),
        create_alpha(network, subnet, terms, root_sell_flag),
        coinbase(block, network, subnets, pool),
        emission_defaults();
    epoch:
        default_params(),
        epoch(params, subnet, workspace_words),
        null_epoch(params, subnet, mining, dividend, fallback),
        null_budgets_of_emission(rao_emission),
        apportion(shares, budget);
    mechanisms:
        mechanism_storage_index(netuid, mecid),
        mechanism_of_index(index),
        emission_split_accepted(rules, split, mechanism_count),
        split_emission(rules, alpha, mechanism_count, split),
        split_null_emission(rules, drained, mechanism_count, split),
        mechanism_weights(total, parts),
        fold_mechanisms(rules, epoch_mode, weights_raw, mechanisms, places, hotkeys);
    numbers:
        fixed_saturating_add(format, a, b),
        fixed_saturating_sub(format, a, b),
        fixed_saturating_mul(format, a, b),
        fixed_checked_div(format, a, b),
        fixed_safe_div(format, a, b),
        fixed_log2(format, x),
        fixed_ln(format, x),
        fixed_exp(format, x),
        fixed_round(format, x),
        fixed_convert(format, to, x),
        fixed_to_u64(format, x),
        fixed_to_u16(format, x),
        fixed_exp_safe(x),
        fixed_root(x, epsilon),
        fixed_power(x, p),
        fixed_pow_normalize(values, p),
        fixed_proportion(x),
        fixed_proportion_to_u16(x),
        fixed_proportion_of_u64(x);
    schedule:
        default_schedule_state(),
        visiting_key(netuid),
        should_run_epoch(rules, subnet, block),
        next_epoch_start_block(subnet),
        blocks_until_next_auto_epoch(subnet, block),
        in_admin_freeze_window(subnet, block, window),
        activity_cutoff_blocks(tempo, factor_milli),
        epoch_with_lookahead(rules, subnet, block),
        reveal_now(rules, subnet, block, commit_epoch, reveal_period),
        commit_expired(rules, subnet, block, commit_epoch, reveal_period),
        schedule_block(rules, block, max_epochs_per_block, subnets),
        finish_epoch(rules, subnet, block),
        trigger_epoch(subnet, at),
        change_tempo(subnet, block, tempo),
        change_mode(subnet, epoch_mode);
    submission:
        max_upscale(values),
        sum_normalize(values),
        max_weight_within(values, limit),
        validate_weights(call),
        weights_commit(call);
}

mod about {
    use super::{Answer, Object, Rules, dict, integer};
    use wasm_bindgen::JsValue;
    use yuma_core::{distribution, emission, fixed};

    /// The sets of rules, oldest first.
    pub fn rules() -> Answer<Vec<Object>> {
        let write = |rules: &Rules| {
            Ok(dict!({
                "id": rules.id(),
                "spec_version": rules.spec_version(),
                "first_block": rules.first_block(),
            }))
        };
        Rules::ALL.iter().map(write).collect()
    }

    /// The id of the rules of a spec version.
    pub fn rules_for_spec_version(spec_version: &JsValue) -> Answer<&'static str> {
        let version = integer(spec_version, "spec_version")?;
        Ok(Rules::for_spec_version(version).map_err(super::door::refused)?.id())
    }

    /// Core's constants.
    pub fn constants() -> Answer<Object> {
        Ok(dict!({
            "cap": emission::CAP,
            "blocks_per_day": emission::BLOCKS_PER_DAY,
            "tao_weight": fixed::TAO_WEIGHT,
            "default_take": distribution::DEFAULT_TAKE,
        }))
    }
}

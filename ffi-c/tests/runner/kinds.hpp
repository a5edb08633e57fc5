// Which function computes a kind under a rule set, through the C API.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

#include "json.hpp"

/// The result of one input of `kind` under the rules with the id `rules`, in the order of computation. Throws for an unknown
/// kind or rule set, and [`Malformed`] for what is wrong with the input.
Json compute(const std::string& rules, const std::string& kind, const Json& input);

// One function per kind; `rules` is the number the C API knows a rule set by.

Json fixed_arith(std::uint32_t rules, const Reader& input);
Json transcendental(std::uint32_t rules, const Reader& input);
Json pow_normalize(std::uint32_t rules, const Reader& input);

Json epoch(std::uint32_t rules, const Reader& input);
Json epoch_error(std::uint32_t rules, const Reader& input);
Json null_epoch(std::uint32_t rules, const Reader& input);
Json apportion(std::uint32_t rules, const Reader& input);

Json digest(std::uint32_t rules, const Reader& input);
Json digest_error(std::uint32_t rules, const Reader& input);

Json mechanism_index(std::uint32_t rules, const Reader& input);
Json mechanism_split(std::uint32_t rules, const Reader& input);
Json mechanism_aggregate_425(std::uint32_t rules, const Reader& input);
Json mechanism_aggregate_475(std::uint32_t rules, const Reader& input);

Json epoch_schedule(std::uint32_t rules, const Reader& input);
Json epoch_simulation_425(std::uint32_t rules, const Reader& input);
Json epoch_simulation_475(std::uint32_t rules, const Reader& input);

Json weights_upscale(std::uint32_t rules, const Reader& input);
Json weights_max_limited(std::uint32_t rules, const Reader& input);
Json weights_set(std::uint32_t rules, const Reader& input);
Json weights_commit_hash(std::uint32_t rules, const Reader& input);

Json stake_weights_425(std::uint32_t rules, const Reader& input);
Json stake_weights_475(std::uint32_t rules, const Reader& input);
Json parent_child_dividends(std::uint32_t rules, const Reader& input);
Json dividend_distribution_425(std::uint32_t rules, const Reader& input);
Json dividend_distribution_475(std::uint32_t rules, const Reader& input);
Json root_claimable(std::uint32_t rules, const Reader& input);
Json distribution_425(std::uint32_t rules, const Reader& input);
Json distribution_475(std::uint32_t rules, const Reader& input);

Json block_emission(std::uint32_t rules, const Reader& input);
Json moving_price(std::uint32_t rules, const Reader& input);
Json emission_gate_bar(std::uint32_t rules, const Reader& input);
Json subnet_shares_425(std::uint32_t rules, const Reader& input);
Json subnet_shares_475(std::uint32_t rules, const Reader& input);
Json flow_shares(std::uint32_t rules, const Reader& input);
Json root_proportion(std::uint32_t rules, const Reader& input);
Json root_sell_flag(std::uint32_t rules, const Reader& input);
Json subnet_terms(std::uint32_t rules, const Reader& input);
Json pending_split(std::uint32_t rules, const Reader& input);
Json coinbase_425(std::uint32_t rules, const Reader& input);
Json coinbase_475(std::uint32_t rules, const Reader& input);

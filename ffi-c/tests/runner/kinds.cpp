#include "kinds.hpp"

#include <optional>

#include <yuma.h>

namespace {

struct Kind {
    /// The rules it is for; all, where the format does not differ.
    std::optional<std::uint32_t> rules;
    const char* name;
    Json (*compute)(std::uint32_t rules, const Reader& input);
};

constexpr std::optional<std::uint32_t> ALL = std::nullopt;
constexpr std::optional<std::uint32_t> ONLY_425 = YUMA_RULES_SUBTENSOR_425;
constexpr std::optional<std::uint32_t> ONLY_475 = YUMA_RULES_SUBTENSOR_475;

const Kind KINDS[] = {
    {ALL, "fixed-arith", fixed_arith},
    {ALL, "transcendental", transcendental},
    {ALL, "pow-normalize", pow_normalize},
    {ALL, "epoch", epoch},
    {ALL, "epoch-error", epoch_error},
    {ONLY_475, "null-epoch", null_epoch},
    {ONLY_475, "apportion", apportion},
    {ALL, "digest", digest},
    {ALL, "digest-error", digest_error},
    {ALL, "mechanism-index", mechanism_index},
    {ALL, "mechanism-split", mechanism_split},
    {ONLY_425, "mechanism-aggregate", mechanism_aggregate_425},
    {ONLY_475, "mechanism-aggregate", mechanism_aggregate_475},
    {ALL, "epoch-schedule", epoch_schedule},
    {ONLY_425, "epoch-simulation", epoch_simulation_425},
    {ONLY_475, "epoch-simulation", epoch_simulation_475},
    {ALL, "weights-upscale", weights_upscale},
    {ALL, "weights-max-limited", weights_max_limited},
    {ALL, "weights-set", weights_set},
    {ALL, "weights-commit-hash", weights_commit_hash},
    {ONLY_425, "stake-weights", stake_weights_425},
    {ONLY_475, "stake-weights", stake_weights_475},
    {ALL, "parent-child-dividends", parent_child_dividends},
    {ONLY_425, "dividend-distribution", dividend_distribution_425},
    {ONLY_475, "dividend-distribution", dividend_distribution_475},
    {ONLY_425, "root-claimable", root_claimable},
    {ONLY_425, "distribution", distribution_425},
    {ONLY_475, "distribution", distribution_475},
    {ALL, "block-emission", block_emission},
    {ALL, "moving-price", moving_price},
    {ONLY_475, "emission-gate-bar", emission_gate_bar},
    {ONLY_425, "subnet-shares", subnet_shares_425},
    {ONLY_475, "subnet-shares", subnet_shares_475},
    {ALL, "flow-shares", flow_shares},
    {ALL, "root-proportion", root_proportion},
    {ALL, "root-sell-flag", root_sell_flag},
    {ALL, "subnet-terms", subnet_terms},
    {ALL, "pending-split", pending_split},
    {ONLY_425, "coinbase", coinbase_425},
    {ONLY_475, "coinbase", coinbase_475},
};

std::uint32_t number_of(const std::string& id) {
    for (const std::uint32_t rules : {YUMA_RULES_SUBTENSOR_425, YUMA_RULES_SUBTENSOR_475}) {
        if (id == yuma_rules_id(rules)) {
            return rules;
        }
    }
    throw std::runtime_error("unknown rules `" + id + "`");
}

} // namespace

Json compute(const std::string& rules, const std::string& kind, const Json& input) {
    const std::uint32_t number = number_of(rules);
    for (const Kind& each : KINDS) {
        if (kind == each.name && each.rules.value_or(number) == number) {
            return each.compute(number, Reader(input));
        }
    }
    throw std::runtime_error("unknown kind `" + kind + "` under the rules `" + rules + "`");
}

// Kinds of epoch.md.

#include <algorithm>

#include "epoch_tables.hpp"
#include "kinds.hpp"

namespace {

/// The rows that are not empty. `count` is what the library says there is, which the offsets must end in.
template <class Value, class Show>
Json matrix_json(
    const std::vector<std::uint32_t>& offsets,
    const std::vector<std::uint16_t>& columns,
    const std::vector<Value>& values,
    std::size_t count,
    Show show) {
    if (offsets.front() != 0 || offsets.back() != count) {
        throw std::runtime_error("the offsets of a matrix do not span its entries");
    }
    Json rows = Json::array();
    for (std::size_t row = 0; row + 1 < offsets.size(); ++row) {
        Json entries = Json::array();
        for (std::size_t entry = offsets[row]; entry < offsets[row + 1]; ++entry) {
            entries.push_back(Json::array({columns.at(entry), show(values.at(entry))}));
        }
        if (!entries.empty()) {
            rows.push_back(Json::array({row, std::move(entries)}));
        }
    }
    return rows;
}

/// What follows the raw values in the results of both epochs.
void append_payouts(Json& json, const Outcome& outcome) {
    json["server_emission"] = decimals_json(outcome.server_emission);
    json["validator_emission"] = decimals_json(outcome.validator_emission);
    json["emission"] = decimals_json(outcome.emission);
}

void append_shares(Json& json, const Outcome& outcome) {
    json["stake_weight"] = numbers_json(outcome.stake_weight);
    json["consensus"] = numbers_json(outcome.consensus);
    json["validator_trust"] = numbers_json(outcome.validator_trust);
    json["incentive"] = numbers_json(outcome.incentive);
    json["dividends"] = numbers_json(outcome.dividends);
}

} // namespace

Json epoch(std::uint32_t rules, const Reader& input) {
    const Tables tables(rules, input);
    Outcome outcome(tables.subnet);
    run(tables, outcome, Memory(workspace_size(tables)));

    Json raw;
    raw["stake"] = decimals_json(outcome.raw_stake);
    raw["active_stake"] = decimals_json(outcome.raw_active_stake);
    raw["consensus"] = decimals_json(outcome.raw_consensus);
    raw["validator_trust"] = decimals_json(outcome.raw_validator_trust);
    raw["incentive"] = decimals_json(outcome.raw_incentive);
    raw["ema_bonds"] = matrix_json(
        outcome.raw_bond_offsets, outcome.raw_bond_columns, outcome.raw_bond_values, outcome.c.raw_bond_count,
        [](std::int64_t bond) { return decimal_json(bond); });
    raw["dividends"] = decimals_json(outcome.raw_dividends);
    Json json;
    json["raw"] = std::move(raw);
    append_payouts(json, outcome);
    json["bonds"] = matrix_json(
        outcome.bond_offsets, outcome.bond_columns, outcome.bond_values, outcome.c.bond_count,
        [](std::uint16_t bond) { return Json(bond); });
    json["active"] = flags_json(outcome.active);
    json["validator_permit"] = flags_json(outcome.validator_permit);
    append_shares(json, outcome);
    return json;
}

namespace {

/// The rules of a spec version, as the library is asked for them. The C API's 0 is no version but its newest rules.
std::uint32_t rules_of(const Reader& spec_version) {
    const auto version = spec_version.number<std::uint64_t>();
    if (version == YUMA_RULES_DEFAULT) {
        throw Malformed("unknown_rules", "rules", version, "no spec version");
    }
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(version, UINT32_MAX));
}

void run_anything(std::uint32_t rules, const Reader& input) {
    const Tables tables(input.has("spec_version") ? rules_of(input["spec_version"]) : rules, input);
    Outcome outcome(tables.subnet);
    if (!input.has("workspace_words")) {
        run(tables, outcome, Memory(workspace_size(tables)));
        return;
    }
    // The format counts words, the C API bytes.
    constexpr std::size_t word = 8;
    try {
        run(tables, outcome, Memory(word * input["workspace_words"].number<std::uint32_t>()));
    } catch (Malformed& refusal) {
        if (refusal.code == "too_small") {
            refusal.index = *refusal.index / word;
        }
        throw;
    }
}

} // namespace

Json epoch_error(std::uint32_t rules, const Reader& input) {
    try {
        run_anything(rules, input);
    } catch (const Malformed& refusal) {
        Json json;
        json["code"] = refusal.code;
        json["field"] = refusal.field;
        json["index"] = refusal.index ? Json(*refusal.index) : Json();
        return json;
    }
    throw std::runtime_error("the input was accepted");
}

Json null_epoch(std::uint32_t rules, const Reader& input) {
    const Tables tables(rules, input);
    yuma_null_budgets budgets;
    budgets.mining = input["mining_budget"].decimal<std::uint64_t>();
    budgets.dividend = input["dividend_budget"].decimal<std::uint64_t>();
    budgets.fallback = input["fallback_budget"].decimal<std::uint64_t>();
    Outcome outcome(tables.subnet);
    const Memory memory(yuma_null_epoch_workspace_size(tables.subnet.n));
    call(yuma_null_epoch, &outcome.c, &tables.params, &tables.subnet, &budgets, memory.begin(), memory.size());
    check_rules(tables, outcome);

    Json json;
    json["validator_permit"] = flags_json(outcome.validator_permit);
    json["raw"]["stake"] = decimals_json(outcome.raw_stake);
    json["raw"]["incentive"] = decimals_json(outcome.raw_incentive);
    json["raw"]["dividends"] = decimals_json(outcome.raw_dividends);
    append_payouts(json, outcome);
    json["active"] = flags_json(outcome.active);
    append_shares(json, outcome);
    return json;
}

Json apportion(std::uint32_t, const Reader& input) {
    const std::vector<yuma_u128> shares = input["shares"].list(raw_unsigned);
    std::vector<std::uint64_t> payouts = room<std::uint64_t>(shares.size());
    call(yuma_apportion, payouts.data(), shares.data(), shares.size(), input["budget"].decimal<std::uint64_t>());
    Json json;
    json["payouts"] = decimals_json(payouts);
    return json;
}

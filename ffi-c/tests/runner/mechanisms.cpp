// Kinds of mechanisms.md.

#include "accounts.hpp"
#include "calls.hpp"
#include "kinds.hpp"
#include "modes.hpp"

namespace {

using Split = std::optional<std::vector<std::uint16_t>>;

Split read_split(const Reader& split) {
    return split.maybe([](const Reader& shares) { return shares.numbers<std::uint16_t>(); });
}

/// What the C API points to. A list without elements is a list all the same, which NULL is not.
const std::uint16_t* shares_of(const Split& split) {
    static constexpr std::uint16_t nothing = 0;
    if (!split) {
        return nullptr;
    }
    return split->empty() ? &nothing : split->data();
}

std::size_t count_of(const Split& split) { return split ? split->size() : 0; }

std::vector<std::uint64_t> parts_of(std::uint32_t rules, std::uint64_t alpha, std::uint8_t mechanism_count, const Split& split) {
    std::vector<std::uint64_t> parts = room<std::uint64_t>(mechanism_count);
    call(yuma_split_emission, parts.data(), parts.size(), rules, alpha, shares_of(split), count_of(split));
    return parts;
}

yuma_mechanism_term read_term(const Accounts& hotkeys, const Reader& given) {
    yuma_mechanism_term term;
    term.hotkey = hotkeys.place(given["hotkey"].number<std::uint64_t>());
    term.uid = given["uid"].number<std::uint16_t>();
    term.dividend = given["dividend"].number<std::uint16_t>();
    term.incentive = given["incentive"].number<std::uint16_t>();
    term.stake_weight = given["stake_weight"].number<std::uint16_t>();
    term.consensus = given["consensus"].number<std::uint16_t>();
    term.validator_trust = given["validator_trust"].number<std::uint16_t>();
    term.validator_emission = given["validator_emission"].decimal<std::uint64_t>();
    term.server_emission = given["server_emission"].decimal<std::uint64_t>();
    term.emission = given["emission"].decimal<std::uint64_t>();
    term.stake = given["stake"].decimal<std::uint64_t>();
    term.active = given["active"].flag();
    term.new_validator_permit = given["new_validator_permit"].flag();
    return term;
}

Json term_json(const Accounts& hotkeys, const yuma_mechanism_term& term) {
    Json json;
    json["hotkey"] = hotkeys.at(term.hotkey);
    json["uid"] = term.uid;
    json["dividend"] = term.dividend;
    json["incentive"] = term.incentive;
    json["validator_emission"] = decimal_json(term.validator_emission);
    json["server_emission"] = decimal_json(term.server_emission);
    json["stake_weight"] = term.stake_weight;
    json["active"] = term.active != 0;
    json["emission"] = decimal_json(term.emission);
    json["consensus"] = term.consensus;
    json["validator_trust"] = term.validator_trust;
    json["new_validator_permit"] = term.new_validator_permit != 0;
    json["stake"] = decimal_json(term.stake);
    return json;
}

/// The terms of all mechanisms, one behind the other.
struct Terms {
    Accounts hotkeys;
    std::vector<yuma_mechanism_term> terms = {};
    std::vector<std::size_t> counts = {};
};

Terms read_terms(const Reader& mechanisms) {
    std::vector<std::uint64_t> named;
    for (std::size_t index = 0; index < mechanisms.count(); ++index) {
        for (std::size_t term = 0; term < mechanisms.at(index).count(); ++term) {
            named.push_back(mechanisms.at(index).at(term)["hotkey"].number<std::uint64_t>());
        }
    }
    Terms read{Accounts(named)};
    for (std::size_t index = 0; index < mechanisms.count(); ++index) {
        const Reader mechanism = mechanisms.at(index);
        read.counts.push_back(mechanism.count());
        for (std::size_t term = 0; term < mechanism.count(); ++term) {
            read.terms.push_back(read_term(read.hotkeys, mechanism.at(term)));
        }
    }
    return read;
}

/// Weights and folded terms from the parts of the emission `total`.
void append_folded(
    Json& json,
    std::uint32_t rules,
    std::uint32_t mode,
    std::uint64_t total,
    const std::vector<std::uint64_t>& parts,
    const Reader& mechanisms) {
    std::vector<yuma_u128> weights = room<yuma_u128>(parts.size());
    call(yuma_mechanism_weights, weights.data(), total, parts.data(), parts.size());

    const Terms terms = read_terms(mechanisms);
    if (terms.counts.size() != weights.size()) {
        throw Malformed("length", "mechanisms", terms.counts.size(), "not one list per mechanism");
    }
    std::vector<yuma_mechanism_term> folded = room<yuma_mechanism_term>(terms.hotkeys.count());
    std::vector<std::uint8_t> named = room<std::uint8_t>(terms.hotkeys.count());
    const Memory memory(yuma_fold_mechanisms_workspace_size(terms.counts.size(), terms.terms.size(), folded.size()));
    call(yuma_fold_mechanisms, folded.data(), named.data(), folded.size(), rules, mode, weights.data(), terms.terms.data(),
         terms.counts.data(), terms.counts.size(), memory.begin(), memory.size());

    Json aggregated = Json::array();
    Json hotkey_emission = Json::array();
    for (std::size_t place = 0; place < folded.size(); ++place) {
        if (named[place] != 0) {
            const yuma_mechanism_term& term = folded[place];
            aggregated.push_back(term_json(terms.hotkeys, term));
            hotkey_emission.push_back(Json::array({terms.hotkeys.at(term.hotkey), decimal_json(term.server_emission),
                                                   decimal_json(term.validator_emission)}));
        }
    }
    json["weights"] = raws_json(weights);
    json["aggregated"] = std::move(aggregated);
    json["hotkey_emission"] = std::move(hotkey_emission);
}

} // namespace

Json mechanism_index(std::uint32_t, const Reader& input) {
    const std::uint16_t index =
        yuma_mechanism_storage_index(input["netuid"].number<std::uint16_t>(), input["mecid"].number<std::uint8_t>());
    std::uint16_t netuid = 0;
    std::uint8_t mecid = 0;
    call(yuma_mechanism_of_index, &netuid, &mecid, index);
    Json json;
    json["storage_index"] = index;
    json["netuid_of_index"] = netuid;
    json["mecid_of_index"] = mecid;
    return json;
}

Json mechanism_split(std::uint32_t rules, const Reader& input) {
    const Split split = read_split(input["split"]);
    const auto mechanism_count = input["mechanism_count"].number<std::uint8_t>();
    std::uint8_t accepted = 0;
    call(yuma_emission_split_accepted, &accepted, rules, shares_of(split), count_of(split), mechanism_count);
    Json json;
    json["split_accepted_by_setter"] = accepted != 0;
    json["parts"] = decimals_json(parts_of(rules, input["alpha"].decimal<std::uint64_t>(), mechanism_count, split));
    return json;
}

Json mechanism_aggregate_425(std::uint32_t rules, const Reader& input) {
    const auto alpha = input["alpha"].decimal<std::uint64_t>();
    const std::vector<std::uint64_t> parts =
        parts_of(rules, alpha, input["mechanism_count"].number<std::uint8_t>(), read_split(input["split"]));
    Json json;
    json["parts"] = decimals_json(parts);
    append_folded(json, rules, YUMA_MODE_YUMA, alpha, parts, input["mechanisms"]);
    return json;
}

Json mechanism_aggregate_475(std::uint32_t rules, const Reader& input) {
    const std::uint32_t mode = read_mode(input["epoch_mode"]);
    yuma_pending drained;
    drained.server = input["server"].decimal<std::uint64_t>();
    drained.validator = input["validator"].decimal<std::uint64_t>();
    drained.root = input["root"].decimal<std::uint64_t>();
    drained.owner_cut = 0;
    const std::uint64_t total = yuma_epoch_emission(drained);
    const Split split = read_split(input["split"]);
    const auto mechanism_count = input["mechanism_count"].number<std::uint8_t>();

    std::vector<std::uint64_t> parts;
    Json budgets_json;
    if (mode == YUMA_MODE_NULL) {
        parts = room<std::uint64_t>(mechanism_count);
        std::vector<yuma_null_budgets> budgets = room<yuma_null_budgets>(mechanism_count);
        call(yuma_split_null_emission, parts.data(), budgets.data(), parts.size(), rules, &drained, shares_of(split),
             count_of(split));
        budgets_json = json_list(budgets, [](const yuma_null_budgets& each) {
            return Json::array({decimal_json(each.mining), decimal_json(each.dividend), decimal_json(each.fallback)});
        });
    } else {
        parts = parts_of(rules, total, mechanism_count, split);
    }
    Json json;
    json["parts"] = decimals_json(parts);
    json["budgets"] = std::move(budgets_json);
    append_folded(json, rules, mode, total, parts, input["mechanisms"]);
    return json;
}

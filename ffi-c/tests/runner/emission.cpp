// Kinds of emission.md, but for whole blocks.

#include "calls.hpp"
#include "kinds.hpp"

namespace {

std::uint64_t amount(const Reader& reader) { return reader.decimal<std::uint64_t>(); }

} // namespace

Json block_emission(std::uint32_t, const Reader& input) {
    const std::uint64_t issuance = amount(input["issuance"]);
    yuma_reward_steps steps;
    Json raw;
    if (has_value(yuma_block_emission_steps, &steps, issuance)) {
        raw["ratio"] = raw_json(steps.ratio);
        raw["inverse"] = raw_json(steps.inverse);
        raw["log2"] = raw_json(steps.log2);
    }
    Json json;
    json["raw"] = std::move(raw);
    json["emission"] = decimal_json(yuma_block_emission(issuance));
    return json;
}

Json moving_price(std::uint32_t, const Reader& input) {
    const auto first_emission_block = input["first_emission_block"].maybe_decimal<std::uint64_t>();
    yuma_price_update update;
    update.mechanism = input["mechanism"].number<std::uint16_t>();
    update.pool_price = raw_unsigned(input["price"]);
    update.moving_price = raw_signed(input["moving_price"]);
    update.moving_alpha = raw_signed(input["moving_alpha"]);
    update.has_first_emission_block = first_emission_block.has_value();
    update.first_emission_block = first_emission_block.value_or(0);
    update.block = amount(input["current_block"]);
    update.halving_blocks = amount(input["halving_blocks"]);
    yuma_i128 after;
    call(yuma_moving_price, &after, &update);
    Json json;
    json["moving_price"] = raw_json(after);
    return json;
}

namespace {

yuma_emission_gate read_gate(const Reader& input) {
    yuma_emission_gate gate = yuma_emission_gate_default();
    gate.bar = raw_unsigned(input["gate_bar"]);
    gate.bar_rank = input["bar_rank"].number<std::uint16_t>();
    gate.bar_quantile = raw_unsigned(input["bar_quantile"]);
    return gate;
}

bool sell_flag(const std::vector<yuma_u128>& prices) {
    std::uint8_t sell = 0;
    call(yuma_root_sell_flag, &sell, prices.data(), prices.size());
    return sell != 0;
}

yuma_u128 read_share_price(const Reader& subnet) {
    return yuma_share_price(subnet["mechanism"].number<std::uint16_t>(), raw_signed(subnet["moving_price"]));
}

std::vector<yuma_subnet_share> shared(
    std::uint32_t rules, std::uint64_t block, const Reader& input, yuma_emission_gate& gate) {
    std::vector<yuma_subnet_share> shares = room<yuma_subnet_share>(input["subnets"].count());
    for (std::size_t index = 0; index < shares.size(); ++index) {
        const Reader subnet = input["subnets"].at(index);
        shares[index].size = sizeof shares[index];
        shares[index].emission_enabled = subnet["emission_enabled"].flag();
        shares[index].price = read_share_price(subnet);
        shares[index].miner_burned = raw_unsigned(subnet["miner_burned"]);
    }
    const Memory memory(yuma_subnet_shares_workspace_size(shares.size()));
    call(yuma_subnet_shares, shares.data(), shares.size(), &gate, rules, block, amount(input["block_emission"]),
         memory.begin(), memory.size());
    return shares;
}

Json member_json(const std::vector<yuma_subnet_share>& shares, yuma_u128 yuma_subnet_share::*member) {
    return json_list(shares, [member](const yuma_subnet_share& share) { return raw_json(share.*member); });
}

bool sell_flag(const std::vector<yuma_subnet_share>& shares) {
    std::vector<yuma_u128> prices;
    for (const yuma_subnet_share& share : shares) {
        prices.push_back(share.price);
    }
    return sell_flag(prices);
}

} // namespace

Json subnet_shares_425(std::uint32_t rules, const Reader& input) {
    yuma_emission_gate gate = yuma_emission_gate_default();
    const std::vector<yuma_subnet_share> shares = shared(rules, 0, input, gate);
    Json json;
    json["price_shares"] = member_json(shares, &yuma_subnet_share::price_share);
    json["shares"] = member_json(shares, &yuma_subnet_share::share);
    json["tao_emission"] = member_json(shares, &yuma_subnet_share::tao_emission);
    json["root_sell_flag"] = sell_flag(shares);
    return json;
}

Json subnet_shares_475(std::uint32_t rules, const Reader& input) {
    yuma_emission_gate gate = read_gate(input);
    gate.exponent = raw_unsigned(input["gate_exponent"]);
    const std::vector<yuma_subnet_share> shares = shared(rules, amount(input["block"]), input, gate);
    Json json;
    json["price_shares"] = member_json(shares, &yuma_subnet_share::price_share);
    json["shares"] = member_json(shares, &yuma_subnet_share::share);
    json["gate_bar"] = raw_json(gate.bar);
    json["gated_shares"] = member_json(shares, &yuma_subnet_share::gated_share);
    json["tao_emission"] = member_json(shares, &yuma_subnet_share::tao_emission);
    json["root_sell_flag"] = sell_flag(shares);
    return json;
}

Json emission_gate_bar(std::uint32_t, const Reader& input) {
    const yuma_emission_gate gate = read_gate(input);
    const std::vector<yuma_u128> shares = input["shares"].list(raw_unsigned);
    yuma_u128 bar;
    call(yuma_emission_gate_bar, &bar, &gate, amount(input["block"]), shares.data(), shares.size());
    Json json;
    json["gate_bar"] = raw_json(bar);
    return json;
}

Json root_sell_flag(std::uint32_t, const Reader& input) {
    Json json;
    json["root_sell_flag"] = sell_flag(input["subnets"].list(read_share_price));
    return json;
}

namespace {

yuma_flow read_flow(const Reader& since_update, const Reader& average) {
    yuma_flow flow;
    flow.since_update = since_update.decimal<std::int64_t>();
    flow.has_average = !average.is_null();
    flow.average_block = flow.has_average != 0 ? amount(average.of(2).at(0)) : 0;
    flow.average = flow.has_average != 0 ? raw_signed(average.at(1)) : yuma_i128{0, 0};
    return flow;
}

Json average_json(const yuma_flow& flow) {
    if (flow.has_average == 0) {
        return Json();
    }
    return Json::array({decimal_json(flow.average_block), raw_json(flow.average)});
}

} // namespace

Json flow_shares(std::uint32_t, const Reader& input) {
    yuma_flow_params params = yuma_flow_params_default();
    params.smoothing_factor = amount(input["smoothing_factor"]);
    params.net_flow_enabled = input["net_flow_enabled"].flag();
    params.flow_cutoff = raw_signed(input["flow_cutoff"]);
    params.exponent = raw_unsigned(input["exponent"]);
    std::vector<yuma_subnet_flows> flows = input["subnets"].list([](const Reader& subnet) {
        return yuma_subnet_flows{read_flow(subnet["tao_flow"], subnet["ema_tao_flow"]),
                                 read_flow(subnet["protocol_flow"], subnet["ema_protocol_flow"])};
    });

    std::vector<yuma_u128> shares = room<yuma_u128>(flows.size());
    const Memory memory(yuma_flow_shares_workspace_size(flows.size()));
    call(yuma_flow_shares, shares.data(), flows.data(), flows.size(), amount(input["current_block"]), &params,
         memory.begin(), memory.size());
    Json json;
    json["after"] = json_list(flows, [](const yuma_subnet_flows& subnet) {
        Json after;
        after["tao_flow"] = decimal_json(subnet.user.since_update);
        after["ema_tao_flow"] = average_json(subnet.user);
        after["protocol_flow"] = decimal_json(subnet.protocol.since_update);
        after["ema_protocol_flow"] = average_json(subnet.protocol);
        return after;
    });
    json["shares"] = raws_json(shares);
    return json;
}

namespace {

/// A subnet without a reservoir.
std::uint64_t alpha_issuance(std::uint32_t rules, const Reader& in_reserve, const Reader& out_supply) {
    std::uint64_t issuance = 0;
    call(yuma_alpha_issuance, &issuance, rules, amount(in_reserve), amount(out_supply), std::uint64_t{0});
    return issuance;
}

} // namespace

Json root_proportion(std::uint32_t rules, const Reader& input) {
    const std::uint64_t tao_weight = amount(input["tao_weight"]);
    const std::uint64_t issuance = alpha_issuance(rules, input["alpha_in"], input["alpha_out"]);
    Json json;
    json["tao_weight_fixed"] = raw_json(yuma_proportion_of_u64(tao_weight));
    json["alpha_issuance"] = decimal_json(issuance);
    json["root_proportion"] = raw_json(yuma_root_proportion(amount(input["root_tao"]), tao_weight, issuance));
    return json;
}

namespace {

/// An amount in whole rao: what the library's conversion of it gives.
Json whole_json(yuma_u128 value) {
    yuma_arithmetic results;
    call(yuma_fixed_arithmetic, &results, std::uint32_t{YUMA_FORMAT_U96F32}, value, value);
    return decimal_json(results.to_u64);
}

yuma_terms terms_of(std::uint32_t rules, std::uint16_t mechanism, const Reader& input) {
    const yuma_u128 price = yuma_spot_price(mechanism, raw_unsigned(input["price"]));
    const std::uint64_t issuance = alpha_issuance(rules, input["alpha_in_reserve"], input["alpha_out_supply"]);
    yuma_terms terms;
    call(yuma_subnet_terms, &terms, raw_unsigned(input["tao_emission"]), price, issuance, amount(input["root_tao"]),
         amount(input["tao_weight"]));
    return terms;
}

} // namespace

Json subnet_terms(std::uint32_t rules, const Reader& input) {
    const yuma_terms terms = terms_of(rules, input["mechanism"].number<std::uint16_t>(), input);
    Json json;
    json["root_proportion"] = raw_json(terms.root_proportion);
    json["alpha_out"] = raw_json(terms.alpha_out);
    json["alpha_in"] = raw_json(terms.alpha_in);
    json["tao_in"] = raw_json(terms.tao_in);
    json["excess_tao"] = raw_json(terms.excess_tao);
    json["alpha_out_u64"] = whole_json(terms.alpha_out);
    json["alpha_in_u64"] = whole_json(terms.alpha_in);
    json["tao_in_u64"] = whole_json(terms.tao_in);
    json["excess_tao_u64"] = whole_json(terms.excess_tao);
    return json;
}

Json pending_split(std::uint32_t rules, const Reader& input) {
    yuma_network network = started(yuma_network_init);
    network.rules = rules;
    network.root_tao = amount(input["root_tao"]);
    network.tao_weight = amount(input["tao_weight"]);
    network.owner_cut = input["owner_cut"].number<std::uint16_t>();

    constexpr std::uint16_t netuid = 1;
    yuma_subnet_state subnet;
    call(yuma_subnet_state_init, &subnet, netuid);
    subnet.mechanism = 1;
    subnet.pool_price = raw_unsigned(input["price"]);
    subnet.alpha_in_reserve = amount(input["alpha_in_reserve"]);
    subnet.alpha_out_supply = amount(input["alpha_out_supply"]);
    subnet.owner_cut_enabled = input["owner_cut_enabled"].flag();
    subnet.pending.server = amount(input["pending_before"]["server"]);
    subnet.pending.validator = amount(input["pending_before"]["validator"]);
    subnet.pending.root = amount(input["pending_before"]["root"]);
    subnet.pending.owner_cut = amount(input["pending_before"]["owner_cut"]);

    const yuma_terms terms = terms_of(rules, subnet.mechanism, input);
    std::uint64_t credit = UINT64_MAX;
    yuma_injection injection;
    call(yuma_inject, &injection, &subnet, &credit, rules, &terms, nullptr);
    yuma_creation creation;
    call(yuma_create_alpha, &creation, &subnet, &network, &terms, static_cast<std::uint8_t>(input["root_sell_flag"].flag()));
    Json json;
    json["root_proportion_cap"] = raw_json(terms.root_proportion);
    json["alpha_injected"] = decimal_json(injection.alpha_in);
    json["alpha_created"] = decimal_json(creation.alpha_out);
    json["alpha_issuance_at_split"] = decimal_json(creation.alpha_issuance);
    json["root_proportion_split"] = raw_json(creation.root_proportion);
    json["pending_owner_cut"] = decimal_json(subnet.pending.owner_cut);
    json["pending_server"] = decimal_json(subnet.pending.server);
    json["pending_validator"] = decimal_json(subnet.pending.validator);
    json["pending_root"] = decimal_json(subnet.pending.root);
    json["recycled"] = decimal_json(creation.recycled);
    json["alpha_in_reserve"] = decimal_json(subnet.alpha_in_reserve);
    json["alpha_out_supply"] = decimal_json(subnet.alpha_out_supply);
    return json;
}

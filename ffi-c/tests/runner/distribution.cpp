// Kinds of distribution.md, but for the distribution of a whole subnet.

#include <map>

#include "hotkeys.hpp"
#include "kinds.hpp"

namespace {

Json stake_weights(
    std::uint32_t rules, const Reader& input, const std::vector<Account>& suspended, std::optional<Account> owner_hotkey) {
    const std::vector<Edge> edges = read_edges(input["edges"]);
    const std::vector<std::optional<Account>> uids = input["uids"].list(maybe_account);
    Named named;
    named.add_rows(input["hotkeys"]);
    named.add(edges);
    named.add(suspended);
    named.add(owner_hotkey);
    for (const auto& uid : uids) {
        named.add(uid);
    }
    const Accounts accounts = named.collected();
    HotkeyTable table(rules, accounts, edges);
    table.suspend(suspended);
    table.set_owner_hotkey(owner_hotkey);
    for (std::size_t row = 0; row < input["hotkeys"].count(); ++row) {
        const Reader hotkey = input["hotkeys"].at(row).of(3);
        table.stake(account(hotkey.at(0))) = read_stake(hotkey.at(1), hotkey.at(2));
    }
    std::vector<std::int32_t> places;
    for (const auto& uid : uids) {
        places.push_back(uid ? std::int32_t{accounts.place(*uid)} : YUMA_NONE);
    }

    std::vector<yuma_weighed_stake> weights = room<yuma_weighed_stake>(places.size());
    const Memory memory(yuma_stake_weights_workspace_size(accounts.count(), places.size()));
    call(yuma_stake_weights, weights.data(), &table.c, amount(input["tao_weight"]), places.data(), places.size(),
         memory.begin(), memory.size());
    // The upper half of an I64F64 is its integer part.
    Json json;
    json["inherited_alpha"] = json_list(weights, [](const auto& each) { return decimal_json(each.alpha.high); });
    json["inherited_tao"] = json_list(weights, [](const auto& each) { return decimal_json(each.tao.high); });
    json["alpha_stake"] = json_list(weights, [](const auto& each) { return raw_json(each.alpha); });
    json["tao_stake"] = json_list(weights, [](const auto& each) { return raw_json(each.tao); });
    json["total_stake"] = json_list(weights, [](const auto& each) { return raw_json(each.total); });
    return json;
}

} // namespace

Json stake_weights_425(std::uint32_t rules, const Reader& input) {
    return stake_weights(rules, input, {}, std::nullopt);
}

Json stake_weights_475(std::uint32_t rules, const Reader& input) {
    return stake_weights(rules, input, read_accounts(input["suspended"]), maybe_account(input["subnet_owner_hotkey"]));
}

Json parent_child_dividends(std::uint32_t rules, const Reader& input) {
    const std::vector<Edge> edges = read_edges(input["edges"]);
    const Account validator = account(input["hotkey"]);
    Named named;
    named.add_rows(input["hotkeys"]);
    named.add(validator);
    named.add(edges);
    Named owners;
    for (std::size_t row = 0; row < input["hotkeys"].count(); ++row) {
        owners.add(maybe_account(input["hotkeys"].at(row).of(4).at(3)));
    }
    const Accounts accounts = named.collected();
    const Accounts coldkeys = collected_coldkeys(owners);
    HotkeyTable table(rules, accounts, edges);
    for (std::size_t row = 0; row < input["hotkeys"].count(); ++row) {
        const Reader hotkey = input["hotkeys"].at(row);
        table.stake(account(hotkey.at(0))) = read_stake(hotkey.at(1), hotkey.at(2));
        const auto owner = maybe_account(hotkey.at(3));
        table.hotkey(account(hotkey.at(0))).owner = owner ? coldkeys.place(*owner) : YUMA_ZERO_ACCOUNT;
    }
    table.hotkey(validator).childkey_take = input["childkey_take"].number<std::uint16_t>();
    const yuma_childkey_terms terms = read_terms(input);

    // Every edge may be one of the validator's.
    std::vector<yuma_payout> payouts = room<yuma_payout>(edges.size() + 1);
    yuma_dividend_split split;
    const Memory memory(yuma_hotkeys_workspace_size(accounts.count()));
    call(yuma_split_dividend, &split, payouts.data(), payouts.size(), &table.c, &terms, accounts.place(validator),
         amount(input["dividends"]), memory.begin(), memory.size());
    payouts.resize(split.payout_count);
    Json json;
    json["effective_take"] = split.effective_take;
    json["self_contribution"] = decimal_json(split.self_contribution);
    json["payouts"] = json_list(payouts, [&](const yuma_payout& payout) {
        return Json::array({accounts.at(payout.hotkey), decimal_json(payout.amount)});
    });
    json["recycled"] = Json::array();
    for (const yuma_payout& payout : payouts) {
        if (payout.recycled > 0) {
            json["recycled"].push_back(decimal_json(payout.recycled));
        }
    }
    return json;
}

namespace {

Json dividend_distribution(std::uint32_t rules, const Reader& input, bool with_root) {
    // Ascending, as the results are listed.
    std::map<Account, yuma_dividend_row> by_hotkey;
    const Reader hotkeys = input["hotkeys"];
    for (std::size_t index = 0; index < hotkeys.count(); ++index) {
        const Reader hotkey = hotkeys.at(index).of(with_root ? 4 : 3);
        yuma_dividend_row row;
        row.dividend = raw_unsigned(hotkey.at(1));
        row.has_stake = !hotkey.at(2).is_null();
        row.stake = row.has_stake != 0 ? read_stake(hotkey.at(2).of(2).at(0), hotkey.at(2).at(1)) : yuma_stake{0, 0};
        row.on_root = with_root && hotkey.at(3).flag();
        by_hotkey[account(hotkey.at(0))] = row;
    }
    std::vector<Account> names;
    std::vector<yuma_dividend_row> rows;
    for (const auto& [name, row] : by_hotkey) {
        names.push_back(name);
        rows.push_back(row);
    }

    const std::uint64_t tao_weight = amount(input["tao_weight"]);
    std::vector<yuma_dividend_parts> parts = room<yuma_dividend_parts>(rows.size());
    const Memory memory(yuma_dividend_distribution_workspace_size(rows.size()));
    call(yuma_dividend_distribution, parts.data(), rows.data(), rows.size(), rules, amount(input["pending_alpha"]),
         amount(input["pending_root_alpha"]), tao_weight, memory.begin(), memory.size());
    Json alpha = Json::array();
    Json root = Json::array();
    for (std::size_t index = 0; index < parts.size(); ++index) {
        if (parts[index].exists != 0) {
            alpha.push_back(Json::array({names[index], raw_json(parts[index].alpha)}));
            root.push_back(Json::array({names[index], raw_json(parts[index].root)}));
        }
    }
    Json json;
    json["tao_weight_fixed"] = raw_json(yuma_proportion_of_u64(tao_weight));
    json["alpha_dividends"] = std::move(alpha);
    json["root_alpha_dividends"] = std::move(root);
    return json;
}

} // namespace

Json dividend_distribution_425(std::uint32_t rules, const Reader& input) {
    return dividend_distribution(rules, input, false);
}

Json dividend_distribution_475(std::uint32_t rules, const Reader& input) {
    return dividend_distribution(rules, input, true);
}

Json root_claimable(std::uint32_t, const Reader& input) {
    const std::uint64_t given = amount(input["amount"]);
    const auto before = input["rate_before"].maybe(raw_signed);
    yuma_root_dividend update;
    call(yuma_root_claimable_update, &update, amount(input["root_stake"]), given,
         static_cast<std::uint8_t>(before.has_value()), before.value_or(yuma_i128{0, 0}));
    const bool staked = update.staked != 0;
    Json json;
    json["fallback_to_stake"] = staked;
    json["staked"] = decimal_json(staked ? given : 0);
    // The rate stays where the amount is staked.
    json["rate_after"] = !staked ? raw_json(update.rate) : before ? raw_json(*before) : Json();
    return json;
}

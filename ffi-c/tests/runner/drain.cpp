// Kind distribution of distribution.md: what becomes of all that was drained from a subnet.

#include "hotkeys.hpp"
#include "kinds.hpp"

namespace {

/// Hotkey, coldkey, and what is locked.
struct Collateral {
    Account hotkey;
    Account coldkey;
    yuma_collateral entry;
};

std::vector<Collateral> read_collateral(const Reader& entries) {
    return entries.list([](const Reader& row) {
        row.of(6);
        yuma_collateral entry;
        entry.locked = amount(row.at(2));
        entry.min_locked = amount(row.at(3));
        entry.earned = amount(row.at(4));
        entry.drain_ratio = raw_unsigned(row.at(5));
        entry.exists = 1;
        return Collateral{account(row.at(0)), account(row.at(1)), entry};
    });
}

Json collateral_json(const Collateral& collateral) {
    const yuma_collateral& entry = collateral.entry;
    return Json::array({collateral.hotkey, collateral.coldkey, decimal_json(entry.locked), decimal_json(entry.min_locked),
                        decimal_json(entry.earned), raw_json(entry.drain_ratio)});
}

/// A drained subnet as the C API takes it, and what it made of it.
class Drained {
public:
    Drained(std::uint32_t rules, const Reader& input, const std::vector<Collateral>& collateral);
    Drained(const Drained&) = delete;
    Drained& operator=(const Drained&) = delete;

    /// The fields that only 475 has.
    void read_475(const Reader& input, const std::vector<Collateral>& collateral);
    void distribute();

    /// Whether an entry is the present owner's; those are the ones the library is given.
    bool is_owners(const Collateral& collateral) const {
        return coldkeys_.at(known(collateral.hotkey).owner) == collateral.coldkey;
    }
    std::vector<Account> owner_hotkeys() const;
    const yuma_hotkey_outcome& outcome(Account hotkey) const { return outcomes_.at(accounts_.place(hotkey)); }
    const yuma_distribution& sums() const { return sums_; }

    /// `[[hotkey, what `show` finds], …]`, ascending, of the hotkeys that `has` finds.
    template <class Has, class Show> Json by_hotkey(Has has, Show show) const {
        Json json = Json::array();
        for (std::size_t place = 0; place < outcomes_.size(); ++place) {
            if (has(outcomes_[place])) {
                json.push_back(Json::array({accounts_.at(place), show(outcomes_[place])}));
            }
        }
        return json;
    }
    Json credits(bool to_nominators) const;

private:
    static Accounts all_hotkeys(const Reader& input, const std::vector<Collateral>& collateral);
    static Accounts all_coldkeys(const Reader& input);
    void read_hotkeys(const Reader& hotkeys);
    const yuma_hotkey& known(Account hotkey) const { return table_.c.hotkeys[accounts_.place(hotkey)]; }
    std::size_t workspace_size() const;

    Accounts accounts_;
    Accounts coldkeys_;
    HotkeyTable table_;
    std::vector<yuma_epoch_share> epoch_;
    std::vector<std::int32_t> auto_stake_;
    std::vector<yuma_collateral> collateral_;
    std::vector<std::uint64_t> basket_pending_;
    yuma_drained_subnet subnet_ = started(yuma_drained_subnet_init);
    yuma_distribution sums_;
    std::vector<yuma_hotkey_outcome> outcomes_;
    std::vector<yuma_credit> credits_;
};

Accounts Drained::all_hotkeys(const Reader& input, const std::vector<Collateral>& collateral) {
    Named named;
    named.add(input["hotkeys"].list([](const Reader& hotkey) { return account(hotkey["id"]); }));
    named.add_rows(input["epoch"]);
    named.add(input["auto_stake"].list([](const Reader& row) { return account(row.of(2).at(1)); }));
    named.add(maybe_account(input["subnet_owner_hotkey"]));
    named.add(read_edges(input["edges"]));
    for (const Collateral& each : collateral) {
        named.add(each.hotkey);
    }
    if (input.has("suspended")) {
        named.add(read_accounts(input["suspended"]));
        named.add_rows(input["basket_pending"]);
    }
    return named.collected();
}

Accounts Drained::all_coldkeys(const Reader& input) {
    Named named;
    for (const auto& owner : input["hotkeys"].list([](const Reader& hotkey) { return maybe_account(hotkey["owner"]); })) {
        named.add(owner);
    }
    named.add_rows(input["auto_stake"]);
    named.add(maybe_account(input["subnet_owner_coldkey"]));
    return collected_coldkeys(named);
}

Drained::Drained(std::uint32_t rules, const Reader& input, const std::vector<Collateral>& collateral)
    : accounts_(all_hotkeys(input, collateral)), coldkeys_(all_coldkeys(input)),
      table_(rules, accounts_, read_edges(input["edges"])) {
    read_hotkeys(input["hotkeys"]);
    table_.set_owner_hotkey(maybe_account(input["subnet_owner_hotkey"]));

    epoch_ = input["epoch"].list([this](const Reader& row) {
        row.of(3);
        yuma_epoch_share share;
        share.hotkey = accounts_.place(account(row.at(0)));
        share.incentive = amount(row.at(1));
        share.dividend = amount(row.at(2));
        return share;
    });
    auto_stake_.assign(coldkeys_.count(), YUMA_NONE);
    const Reader auto_stake = input["auto_stake"];
    for (std::size_t row = 0; row < auto_stake.count(); ++row) {
        auto_stake_[coldkeys_.place(account(auto_stake.at(row).at(0)))] = accounts_.place(account(auto_stake.at(row).at(1)));
    }
    const Reader pending = input["pending"];
    subnet_.drained.server = amount(pending["server"]);
    subnet_.drained.validator = amount(pending["validator"]);
    subnet_.drained.root = amount(pending["root"]);
    subnet_.drained.owner_cut = amount(pending["owner_cut"]);
    subnet_.terms = read_terms(input);
    if (const auto owner = maybe_account(input["subnet_owner_coldkey"])) {
        subnet_.owner_coldkey = coldkeys_.place(*owner);
    }
    const Reader choice = input["recycle_or_burn"];
    if (!choice.is_null()) {
        const bool recycle = choice.text() == "recycle";
        if (!recycle && choice.text() != "burn") {
            choice.fail("type", "neither recycle nor burn");
        }
        subnet_.withheld = recycle ? YUMA_WITHHELD_RECYCLED : YUMA_WITHHELD_BURNED;
    }
    subnet_.epoch = epoch_.data();
    subnet_.epoch_count = epoch_.size();
    subnet_.auto_stake = auto_stake_.data();
    subnet_.auto_stake_count = auto_stake_.size();
}

void Drained::read_hotkeys(const Reader& hotkeys) {
    for (std::size_t index = 0; index < hotkeys.count(); ++index) {
        const Reader given = hotkeys.at(index);
        const Account id = account(given["id"]);
        table_.stake(id) = read_stake(given["alpha"], given["root"]);
        yuma_hotkey& hotkey = table_.hotkey(id);
        const auto owner = maybe_account(given["owner"]);
        hotkey.owner = owner ? coldkeys_.place(*owner) : YUMA_ZERO_ACCOUNT;
        // Without a take of its own it has the default one.
        hotkey.take = given["take"].maybe_number<std::uint16_t>().value_or(hotkey.take);
        hotkey.childkey_take = given["childkey_take"].number<std::uint16_t>();
        const auto uid = given["uid"].maybe_number<std::uint16_t>();
        hotkey.uid = uid ? std::int32_t{*uid} : YUMA_NONE;
        hotkey.registered_at = given["registered_at"].number<std::uint64_t>();
        if (given.has("on_root")) {
            hotkey.on_root = given["on_root"].flag();
            hotkey.has_members = given["has_members"].flag();
        }
    }
}

void Drained::read_475(const Reader& input, const std::vector<Collateral>& collateral) {
    table_.suspend(read_accounts(input["suspended"]));
    subnet_.epoch_mode = input["null_mode"].flag() ? YUMA_MODE_NULL : YUMA_MODE_YUMA;
    const auto lease_share = input["lease_share"].maybe_number<std::uint8_t>();
    subnet_.lease_share = lease_share ? std::int32_t{*lease_share} : YUMA_NONE;

    collateral_.assign(accounts_.count(), yuma_collateral{});
    for (const Collateral& each : collateral) {
        if (is_owners(each)) {
            collateral_[accounts_.place(each.hotkey)] = each.entry;
        }
    }
    subnet_.collateral = collateral_.data();
    subnet_.collateral_count = collateral_.size();

    basket_pending_.assign(accounts_.count(), 0);
    const Reader waiting = input["basket_pending"];
    for (std::size_t row = 0; row < waiting.count(); ++row) {
        basket_pending_[accounts_.place(account(waiting.at(row).of(2).at(0)))] = amount(waiting.at(row).at(1));
    }
    subnet_.basket_pending = basket_pending_.data();
    subnet_.basket_pending_count = basket_pending_.size();
}

std::size_t Drained::workspace_size() const {
    std::size_t size = 0;
    call(yuma_distribute_workspace_size, &size, &table_.c, &subnet_);
    return size;
}

void Drained::distribute() {
    outcomes_ = room<yuma_hotkey_outcome>(accounts_.count());
    for (yuma_hotkey_outcome& outcome : outcomes_) {
        outcome.size = sizeof outcome;
    }
    sums_ = room<yuma_distribution>(1).front();
    sums_.size = sizeof sums_;
    credits_ = room<yuma_credit>(yuma_max_credits(accounts_.count()));
    const Memory memory(workspace_size());
    call(yuma_distribute, &sums_, outcomes_.data(), credits_.data(), credits_.size(), &table_.c, &subnet_, memory.begin(),
         memory.size());
    if (sums_.rules != yuma_rules_spec_version(table_.c.rules)) {
        throw std::runtime_error("the sums name other rules than those asked for");
    }
    credits_.resize(sums_.credit_count);
}

std::vector<Account> Drained::owner_hotkeys() const {
    std::vector<std::uint16_t> places = room<std::uint16_t>(accounts_.count());
    std::size_t count = 0;
    const Memory memory(workspace_size());
    call(yuma_owner_hotkeys, &count, places.data(), places.size(), &table_.c, &subnet_, memory.begin(), memory.size());
    std::vector<Account> hotkeys;
    for (std::size_t index = 0; index < count; ++index) {
        hotkeys.push_back(accounts_.at(places.at(index)));
    }
    return hotkeys;
}

Json Drained::credits(bool to_nominators) const {
    Json json = Json::array();
    for (const yuma_credit& credit : credits_) {
        if ((credit.to_nominators != 0) != to_nominators) {
            continue;
        }
        Json row = Json::array({accounts_.at(credit.hotkey)});
        if (!to_nominators) {
            row.push_back(coldkeys_.at(credit.coldkey));
        }
        row.push_back(decimal_json(credit.amount));
        json.push_back(std::move(row));
    }
    return json;
}

using Outcome = const yuma_hotkey_outcome&;

/// The fields up to the stages in which the rule sets part.
Json dividends_json(const Drained& drained) {
    const auto has = [](Outcome outcome) { return outcome.has_dividends != 0; };
    Json json;
    json["epoch_emission"] = decimal_json(drained.sums().epoch_emission);
    json["incentive_sum"] = decimal_json(drained.sums().incentive_sum);
    json["validator_alpha"] = decimal_json(drained.sums().validator_alpha);
    json["dividends"] = drained.by_hotkey(has, [](Outcome outcome) { return raw_json(outcome.payouts); });
    json["alpha_dividends"] = drained.by_hotkey(has, [](Outcome outcome) { return raw_json(outcome.alpha); });
    json["root_alpha_dividends"] = drained.by_hotkey(has, [](Outcome outcome) { return raw_json(outcome.root); });
    return json;
}

void append_credits(Json& json, const Drained& drained, const std::vector<Account>& owner_hotkeys) {
    json["owner_hotkeys"] = numbers_json(owner_hotkeys);
    json["miner_burned"] = raw_json(drained.sums().miner_burned);
    json["burned"] = decimal_json(drained.sums().burned);
    json["recycled"] = decimal_json(drained.sums().recycled);
    json["credits"] = drained.credits(false);
    json["nominator_credits"] = drained.credits(true);
    json["alpha_dividends_per_subnet"] = drained.by_hotkey(
        [](Outcome outcome) { return outcome.has_alpha_paid != 0; },
        [](Outcome outcome) { return decimal_json(outcome.alpha_paid); });
}

Json root_paid_json(const Drained& drained) {
    return drained.by_hotkey(
        [](Outcome outcome) { return outcome.has_root_paid != 0; },
        [](Outcome outcome) { return decimal_json(outcome.root_paid); });
}

void append_totals(Json& json, const Drained& drained) {
    json["alpha_out_supply_delta"] = raw_json(drained.sums().alpha_out_supply_delta);
    json["total_hotkey_alpha"] = drained.by_hotkey(
        [](Outcome outcome) { return outcome.total_alpha > 0; },
        [](Outcome outcome) { return decimal_json(outcome.total_alpha); });
}

} // namespace

Json distribution_425(std::uint32_t rules, const Reader& input) {
    Drained drained(rules, input, {});
    drained.distribute();
    Json json = dividends_json(drained);
    append_credits(json, drained, drained.owner_hotkeys());
    json["root_claimable_increment"] = drained.by_hotkey(
        [](Outcome outcome) { return outcome.has_root_claimable_increment != 0; },
        [](Outcome outcome) { return raw_json(outcome.root_claimable_increment); });
    json["root_alpha_dividends_per_subnet"] = root_paid_json(drained);
    append_totals(json, drained);
    return json;
}

Json distribution_475(std::uint32_t rules, const Reader& input) {
    std::vector<Collateral> collateral = read_collateral(input["collateral"]);
    Drained drained(rules, input, collateral);
    drained.read_475(input, collateral);
    drained.distribute();

    // A set here: its order has no meaning.
    std::vector<Account> owner_hotkeys = drained.owner_hotkeys();
    std::sort(owner_hotkeys.begin(), owner_hotkeys.end());
    std::sort(collateral.begin(), collateral.end(), [](const Collateral& one, const Collateral& other) {
        return std::pair(one.hotkey, one.coldkey) < std::pair(other.hotkey, other.coldkey);
    });
    Json entries = Json::array();
    for (Collateral& each : collateral) {
        if (drained.is_owners(each)) {
            each.entry = drained.outcome(each.hotkey).collateral;
        }
        if (each.entry.exists != 0) {
            entries.push_back(collateral_json(each));
        }
    }
    Json json = dividends_json(drained);
    json["recycled_root"] = decimal_json(drained.sums().recycled_root);
    json["owner_cut_kept"] = decimal_json(drained.sums().owner_cut_kept);
    append_credits(json, drained, owner_hotkeys);
    json["root_alpha_dividends_per_subnet"] = root_paid_json(drained);
    json["collateral"] = std::move(entries);
    json["basket_pending"] = drained.by_hotkey(
        [](Outcome outcome) { return outcome.basket_pending > 0; },
        [](Outcome outcome) { return decimal_json(outcome.basket_pending); });
    append_totals(json, drained);
    return json;
}

// Kind coinbase of emission.md: whole blocks, one after the other.

#include "calls.hpp"
#include "kinds.hpp"

namespace {

std::uint64_t amount(const Reader& reader) { return reader.decimal<std::uint64_t>(); }

/// At the end of a block an epoch is triggered.
struct Trigger {
    std::uint64_t block;
    std::uint16_t netuid;
    std::uint64_t target;
};

/// The state of all subnets, block by block.
class Chain {
public:
    Chain(std::uint32_t rules, const Reader& input);
    /// The fields that only 475 has.
    void read_475(const Reader& input);
    Json run();

private:
    void read_subnet(const Reader& subnet);
    Json step(std::size_t number);
    Json subnet_json(std::size_t index, const yuma_subnet_report& report) const;

    std::uint64_t start_block_;
    std::uint64_t blocks_;
    yuma_network network_ = started(yuma_network_init);
    std::vector<yuma_subnet_state> subnets_;
    std::vector<yuma_schedule_state> schedules_;
    /// Per subnet, then per block.
    std::vector<std::vector<yuma_u128>> prices_;
    /// Likewise; none before 475, where pools accept everything.
    std::vector<std::vector<yuma_pool_answers>> pools_;
    std::vector<Trigger> triggers_;
};

Chain::Chain(std::uint32_t rules, const Reader& input)
    : start_block_(input["start_block"].number<std::uint64_t>()), blocks_(input["blocks"].number<std::uint64_t>()) {
    network_.rules = rules;
    network_.issuance.total = amount(input["total_issuance"]);
    network_.issuance.balances = amount(input["balances_issuance"]);
    network_.root_tao = amount(input["root_tao"]);
    network_.tao_weight = amount(input["tao_weight"]);
    network_.owner_cut = input["owner_cut"].number<std::uint16_t>();
    network_.moving_alpha = raw_signed(input["moving_alpha"]);
    network_.max_epochs_per_block = input["max_epochs_per_block"].number<std::uint8_t>();
    triggers_ = input["triggers"].list([](const Reader& trigger) {
        trigger.of(3);
        return Trigger{trigger.at(0).number<std::uint64_t>(), trigger.at(1).number<std::uint16_t>(),
                       trigger.at(2).number<std::uint64_t>()};
    });
    for (std::size_t index = 0; index < input["subnets"].count(); ++index) {
        read_subnet(input["subnets"].at(index));
    }
}

void Chain::read_subnet(const Reader& given) {
    yuma_subnet_state subnet;
    call(yuma_subnet_state_init, &subnet, given["netuid"].number<std::uint16_t>());
    const auto first_emission_block = given["first_emission_block"].maybe_decimal<std::uint64_t>();
    subnet.mechanism = given["mechanism"].number<std::uint16_t>();
    subnet.moving_price = raw_signed(given["moving_price"]);
    subnet.miner_burned = raw_unsigned(given["miner_burned"]);
    subnet.emission_enabled = given["emission_enabled"].flag();
    subnet.has_first_emission_block = first_emission_block.has_value();
    subnet.first_emission_block = first_emission_block.value_or(0);
    subnet.subtoken_enabled = given["subtoken_enabled"].flag();
    subnet.registration_allowed = given["registration_allowed"].flag();
    subnet.owner_cut_enabled = given["owner_cut_enabled"].flag();
    subnet.alpha_in_reserve = amount(given["alpha_in_reserve"]);
    subnet.alpha_out_supply = amount(given["alpha_out_supply"]);
    subnet.tao_reserve = amount(given["tao_reserve"]);
    subnet.ema_halving_blocks = amount(given["ema_halving_blocks"]);
    subnets_.push_back(subnet);

    yuma_schedule_state schedule = started(yuma_schedule_state_init);
    schedule.tempo = given["tempo"].number<std::uint16_t>();
    schedule.last_epoch_block = amount(given["last_epoch_block"]);
    schedule.pending_epoch_at = amount(given["pending_epoch_at"]);
    schedules_.push_back(schedule);

    prices_.push_back(given["prices"].list(raw_unsigned));
    if (prices_.back().size() < blocks_) {
        given["prices"].fail("length", "fewer prices than blocks");
    }
}

yuma_pool_answers read_answers(const Reader& given) {
    yuma_pool_answers answers = yuma_pool_answers_default();
    const Reader buy = given["buy"];
    answers.buys = !buy.is_null();
    if (answers.buys != 0) {
        const auto paid_in = buy.of(2).at(0).maybe_decimal<std::uint64_t>();
        answers.has_paid_in = paid_in.has_value();
        answers.paid_in = paid_in.value_or(0);
        answers.paid_out = amount(buy.at(1));
    }
    const Reader accepts = given["accepts"].of(3);
    for (std::size_t offer = 0; offer < 3; ++offer) {
        answers.accepts[offer] = accepts.at(offer).flag();
    }
    return answers;
}

void Chain::read_475(const Reader& input) {
    network_.gate.bar = raw_unsigned(input["gate_bar"]);
    network_.gate.exponent = raw_unsigned(input["gate_exponent"]);
    network_.gate.bar_rank = input["bar_rank"].number<std::uint16_t>();
    network_.gate.bar_quantile = raw_unsigned(input["bar_quantile"]);
    for (std::size_t index = 0; index < subnets_.size(); ++index) {
        const Reader given = input["subnets"].at(index);
        subnets_[index].tao_reservoir = amount(given["tao_reservoir"]);
        subnets_[index].alpha_reservoir = amount(given["alpha_reservoir"]);
        subnets_[index].protocol_alpha = amount(given["protocol_alpha"]);
        schedules_[index].epoch_mode = given["null_mode"].flag() ? YUMA_MODE_NULL : YUMA_MODE_YUMA;
        pools_.push_back(given["pool"].list(read_answers));
        if (pools_.back().size() < blocks_) {
            given["pool"].fail("length", "fewer answers than blocks");
        }
    }
}

Json Chain::run() {
    Json blocks = Json::array();
    for (std::size_t number = 0; number < blocks_; ++number) {
        blocks.push_back(step(number));
    }
    Json json;
    json["blocks"] = std::move(blocks);
    return json;
}

Json Chain::step(std::size_t number) {
    const std::uint64_t block = start_block_ + number;
    std::vector<yuma_pool_answers> answers;
    for (std::size_t index = 0; index < subnets_.size(); ++index) {
        subnets_[index].pool_price = prices_[index][number];
        if (!pools_.empty()) {
            answers.push_back(pools_[index][number]);
        }
    }
    yuma_block_report block_report = room<yuma_block_report>(1).front();
    block_report.size = sizeof block_report;
    std::vector<yuma_subnet_report> reports = room<yuma_subnet_report>(subnets_.size());
    for (yuma_subnet_report& report : reports) {
        report.size = sizeof report;
    }
    const Memory memory(yuma_coinbase_workspace_size(subnets_.size()));
    call(yuma_coinbase, &block_report, reports.data(), &network_, subnets_.data(), schedules_.data(),
         answers.empty() ? nullptr : answers.data(), subnets_.size(), block, memory.begin(), memory.size());
    if (block_report.rules != yuma_rules_spec_version(network_.rules)) {
        throw std::runtime_error("the report names other rules than those asked for");
    }
    for (const Trigger& trigger : triggers_) {
        for (std::size_t index = 0; trigger.block == block && index < subnets_.size(); ++index) {
            if (subnets_[index].netuid == trigger.netuid) {
                call(yuma_trigger_epoch, &schedules_[index], trigger.target);
            }
        }
    }
    Json json;
    json["block"] = block;
    json["minted"] = decimal_json(block_report.minted);
    json["root_sell_flag"] = block_report.root_sell_flag != 0;
    if (!pools_.empty()) {
        json["gate_bar"] = raw_json(network_.gate.bar);
    }
    json["subnets"] = json_count(subnets_.size(), [&](std::size_t index) { return subnet_json(index, reports[index]); });
    json["total_issuance"] = decimal_json(network_.issuance.total);
    json["balances_issuance"] = decimal_json(network_.issuance.balances);
    return json;
}

Json pending_json(const yuma_pending& pending) {
    return Json::array({decimal_json(pending.server), decimal_json(pending.validator), decimal_json(pending.root),
                        decimal_json(pending.owner_cut)});
}

Json Chain::subnet_json(std::size_t index, const yuma_subnet_report& report) const {
    const yuma_subnet_state& subnet = subnets_[index];
    Json json;
    json["netuid"] = subnet.netuid;
    json["tao_emission"] = report.has_terms != 0 ? raw_json(report.terms.tao_emission) : Json();
    json["excess_tao"] = decimal_json(report.injection.excess_tao);
    json["tao_in"] = decimal_json(report.injection.tao_in);
    json["alpha_in"] = decimal_json(report.injection.alpha_in);
    json["alpha_out"] = decimal_json(report.creation.alpha_out);
    if (!pools_.empty()) {
        json["tao_reservoir"] = decimal_json(subnet.tao_reservoir);
        json["alpha_reservoir"] = decimal_json(subnet.alpha_reservoir);
        json["protocol_alpha"] = decimal_json(subnet.protocol_alpha);
    }
    json["pending"] = pending_json(report.pending);
    json["drained"] = report.has_drained != 0 ? pending_json(report.drained) : Json();
    json["tao_reserve"] = decimal_json(subnet.tao_reserve);
    json["alpha_in_reserve"] = decimal_json(subnet.alpha_in_reserve);
    json["alpha_out_supply"] = decimal_json(subnet.alpha_out_supply);
    json["moving_price"] = raw_json(subnet.moving_price);
    json["root_prop"] = raw_json(subnet.root_proportion);
    return json;
}

} // namespace

Json coinbase_425(std::uint32_t rules, const Reader& input) { return Chain(rules, input).run(); }

Json coinbase_475(std::uint32_t rules, const Reader& input) {
    Chain chain(rules, input);
    chain.read_475(input);
    return chain.run();
}

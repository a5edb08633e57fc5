// Kinds of schedule.md.

#include <algorithm>

#include "calls.hpp"
#include "kinds.hpp"
#include "modes.hpp"

Json epoch_schedule(std::uint32_t rules, const Reader& input) {
    yuma_schedule_state state = started(yuma_schedule_state_init);
    state.tempo = input["tempo"].number<std::uint16_t>();
    state.last_epoch_block = input["last_epoch_block"].decimal<std::uint64_t>();
    state.pending_epoch_at = input["pending_epoch_at"].decimal<std::uint64_t>();
    state.blocks_since_last_step = input["blocks_since_last_step"].decimal<std::uint64_t>();
    state.epoch_index = input["epoch_index"].decimal<std::uint64_t>();
    const auto block = input["current_block"].decimal<std::uint64_t>();
    const auto window = input["admin_freeze_window"].number<std::uint16_t>();
    const auto factor = input["activity_cutoff_factor_milli"].number<std::uint32_t>();
    const auto commit_epoch = input["commit_epoch"].decimal<std::uint64_t>();
    const auto reveal_period = input["reveal_period"].decimal<std::uint64_t>();

    std::uint8_t due = 0;
    std::uint8_t frozen = 0;
    std::uint8_t now = 0;
    std::uint8_t expired = 0;
    std::uint64_t next = 0;
    std::uint64_t until = 0;
    std::uint64_t epoch = 0;
    call(yuma_should_run_epoch, &due, rules, &state, block);
    const bool has_next = has_value(yuma_next_epoch_start_block, &next, &state);
    call(yuma_blocks_until_next_auto_epoch, &until, &state, block);
    call(yuma_in_admin_freeze_window, &frozen, &state, block, window);
    call(yuma_epoch_with_lookahead, &epoch, rules, &state, block);
    call(yuma_reveal_now, &now, rules, &state, block, commit_epoch, reveal_period);
    call(yuma_commit_expired, &expired, rules, &state, block, commit_epoch, reveal_period);
    Json json;
    json["should_run_epoch"] = due != 0;
    json["next_epoch_start_block"] = has_next ? decimal_json(next) : Json();
    json["blocks_until_next_auto_epoch"] = decimal_json(until);
    json["in_admin_freeze_window"] = frozen != 0;
    json["activity_cutoff_blocks"] = decimal_json(yuma_activity_cutoff_blocks(state.tempo, factor));
    json["epoch_with_lookahead"] = decimal_json(epoch);
    json["reveal_now"] = now != 0;
    json["commit_expired"] = expired != 0;
    return json;
}

namespace {

/// The blocks in which a subnet is inconsistent, both inclusive.
struct Inconsistent {
    std::uint64_t first;
    std::uint64_t last;
};

/// A call made after a block's step.
struct Change {
    std::uint64_t block;
    std::uint16_t netuid;
    std::uint64_t value;
};

template <class Read> std::vector<Change> read_changes(const Reader& changes, Read read_value) {
    return changes.list([read_value](const Reader& change) {
        change.of(3);
        return Change{change.at(0).number<std::uint64_t>(), change.at(1).number<std::uint16_t>(), read_value(change.at(2))};
    });
}

std::uint64_t read_block(const Reader& block) { return block.number<std::uint64_t>(); }

class Simulation {
public:
    Simulation(std::uint32_t rules, const Reader& input);
    /// The log, of the blocks in which something happened.
    Json run();

    std::vector<std::uint16_t> netuids;
    std::vector<yuma_schedule_state> states;
    /// Only 475 has them.
    std::vector<Change> mode_changes;

private:
    Json step(std::uint64_t block);
    void apply_changes(std::uint64_t block);

    template <class Call> void each(const std::vector<Change>& changes, std::uint64_t block, Call apply) {
        for (const Change& change : changes) {
            for (std::size_t index = 0; change.block == block && index < states.size(); ++index) {
                if (netuids[index] == change.netuid) {
                    apply(&states[index], change.value);
                }
            }
        }
    }

    std::uint32_t rules_;
    std::uint64_t start_block_;
    std::uint64_t blocks_;
    std::uint8_t max_epochs_per_block_;
    std::vector<std::optional<Inconsistent>> inconsistent_;
    std::vector<Change> triggers_;
    std::vector<Change> tempo_changes_;
};

Simulation::Simulation(std::uint32_t rules, const Reader& input)
    : rules_(rules), start_block_(input["start_block"].number<std::uint64_t>()),
      blocks_(input["blocks"].number<std::uint64_t>()),
      max_epochs_per_block_(input["max_epochs_per_block"].number<std::uint8_t>()) {
    const Reader subnets = input["subnets"];
    for (std::size_t index = 0; index < subnets.count(); ++index) {
        const Reader subnet = subnets.at(index);
        netuids.push_back(subnet["netuid"].number<std::uint16_t>());
        yuma_schedule_state state = started(yuma_schedule_state_init);
        state.tempo = subnet["tempo"].number<std::uint16_t>();
        state.last_epoch_block = read_block(subnet["last_epoch_block"]);
        state.pending_epoch_at = read_block(subnet["pending_epoch_at"]);
        state.blocks_since_last_step = read_block(subnet["blocks_since_last_step"]);
        states.push_back(state);
        inconsistent_.push_back(subnet["inconsistent_blocks"].maybe([](const Reader& blocks) {
            return Inconsistent{read_block(blocks.of(2).at(0)), read_block(blocks.at(1))};
        }));
    }
    triggers_ = read_changes(input["triggers"], read_block);
    tempo_changes_ = read_changes(input["tempo_changes"], [](const Reader& tempo) -> std::uint64_t {
        return tempo.number<std::uint16_t>();
    });
}

Json Simulation::run() {
    Json log = Json::array();
    for (std::uint64_t step_number = 0; step_number < blocks_; ++step_number) {
        const std::uint64_t block = start_block_ + step_number;
        Json entry = step(block);
        apply_changes(block);
        if (!entry.is_null()) {
            log.push_back(std::move(entry));
        }
    }
    return log;
}

/// What happened in the block; null where nothing did.
Json Simulation::step(std::uint64_t block) {
    for (std::size_t index = 0; index < states.size(); ++index) {
        const auto& interval = inconsistent_[index];
        states[index].consistent = !interval || block < interval->first || interval->last < block;
    }
    std::vector<yuma_verdict> verdicts = room<yuma_verdict>(states.size());
    const Memory memory(yuma_schedule_block_workspace_size(states.size()));
    call(yuma_schedule_block, verdicts.data(), states.data(), states.size(), rules_, block, max_epochs_per_block_,
         memory.begin(), memory.size());
    for (std::size_t index = 0; index < states.size(); ++index) {
        if (verdicts[index].slot == YUMA_SLOT_RAN) {
            call(yuma_finish_epoch, &states[index], rules_, block);
        }
    }
    const auto which = [&](auto chosen) {
        Json list = Json::array();
        for (std::size_t index = 0; index < verdicts.size(); ++index) {
            if (chosen(verdicts[index])) {
                list.push_back(netuids[index]);
            }
        }
        return list;
    };
    Json entry;
    entry["block"] = block;
    entry["ran"] = which([](const yuma_verdict& verdict) { return verdict.slot == YUMA_SLOT_RAN; });
    entry["deferred"] = which([](const yuma_verdict& verdict) { return verdict.slot == YUMA_SLOT_DEFERRED; });
    entry["skipped"] = which([](const yuma_verdict& verdict) { return verdict.slot == YUMA_SLOT_SKIPPED; });
    entry["reveal_deferred"] = which([](const yuma_verdict& verdict) { return verdict.reveal_deferred != 0; });
    const bool happened = std::any_of(verdicts.begin(), verdicts.end(), [](const yuma_verdict& verdict) {
        return verdict.slot != YUMA_SLOT_NOT_DUE || verdict.reveal_deferred != 0;
    });
    return happened ? entry : Json();
}

void Simulation::apply_changes(std::uint64_t block) {
    each(tempo_changes_, block, [block](yuma_schedule_state* state, std::uint64_t tempo) {
        call(yuma_change_tempo, state, block, static_cast<std::uint16_t>(tempo));
    });
    each(triggers_, block, [](yuma_schedule_state* state, std::uint64_t at) { call(yuma_trigger_epoch, state, at); });
    each(mode_changes, block, [](yuma_schedule_state* state, std::uint64_t mode) {
        call(yuma_change_mode, state, static_cast<std::uint32_t>(mode));
    });
}

Json final_json(std::uint16_t netuid, const yuma_schedule_state& state) {
    Json json;
    json["netuid"] = netuid;
    json["last_epoch_block"] = state.last_epoch_block;
    json["pending_epoch_at"] = state.pending_epoch_at;
    json["blocks_since_last_step"] = state.blocks_since_last_step;
    json["last_mechanism_step_block"] = state.last_mechanism_step_block;
    json["epoch_index"] = state.epoch_index;
    return json;
}

} // namespace

Json epoch_simulation_425(std::uint32_t rules, const Reader& input) {
    Simulation simulation(rules, input);
    Json json;
    json["log"] = simulation.run();
    json["final"] = json_count(simulation.states.size(), [&](std::size_t index) {
        return final_json(simulation.netuids[index], simulation.states[index]);
    });
    return json;
}

Json epoch_simulation_475(std::uint32_t rules, const Reader& input) {
    Simulation simulation(rules, input);
    simulation.mode_changes = read_changes(input["mode_changes"], [](const Reader& mode) -> std::uint64_t {
        return read_mode(mode);
    });
    for (std::size_t index = 0; index < simulation.states.size(); ++index) {
        const Reader subnet = input["subnets"].at(index);
        const auto block = subnet["last_yuma_step_block"].maybe_number<std::uint64_t>();
        simulation.states[index].epoch_mode = read_mode(subnet["epoch_mode"]);
        simulation.states[index].has_last_yuma_step_block = block.has_value();
        simulation.states[index].last_yuma_step_block = block.value_or(0);
    }
    Json json;
    json["log"] = simulation.run();
    json["final"] = json_count(simulation.states.size(), [&](std::size_t index) {
        const yuma_schedule_state& state = simulation.states[index];
        Json after = final_json(simulation.netuids[index], state);
        after["epoch_mode"] = mode_name(state.epoch_mode);
        after["last_yuma_step_block"] = state.has_last_yuma_step_block != 0 ? Json(state.last_yuma_step_block) : Json();
        return after;
    });
    return json;
}

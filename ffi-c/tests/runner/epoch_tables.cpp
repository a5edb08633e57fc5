#include "epoch_tables.hpp"

#include <algorithm>

namespace {

/// Fields `offsets`, `columns`, `values`.
Matrix matrix_of_csr(const Reader& csr) {
    Matrix matrix;
    matrix.offsets = csr["offsets"].numbers<std::uint32_t>();
    matrix.columns = csr["columns"].numbers<std::uint16_t>();
    matrix.values = csr["values"].numbers<std::uint16_t>();
    return matrix;
}

/// `[[row, [[column, value], …]], …]`, rows ascending, entries in stored order.
Matrix matrix_of_rows(std::size_t n, const Reader& rows) {
    Matrix matrix;
    const std::size_t count = rows.count();
    for (std::size_t index = 0; index < count; ++index) {
        const Reader row = rows.at(index).of(2);
        const auto uid = row.at(0).number<std::uint16_t>();
        const std::size_t next = matrix.offsets.size() - 1;
        const Reader entries = row.at(1);
        for (std::size_t entry = 0; entry < entries.count(); ++entry) {
            const Reader pair = entries.at(entry).of(2);
            matrix.columns.push_back(pair.at(0).number<std::uint16_t>());
            matrix.values.push_back(pair.at(1).number<std::uint16_t>());
        }
        if (uid < next) {
            const bool repeated = uid + 1U == next;
            row.fail(repeated ? "repeated" : "order", "rows do not ascend");
        }
        // The rows left out are empty: they end where the last one did.
        matrix.offsets.resize(uid + std::size_t{1}, matrix.offsets.back());
        matrix.end_row();
    }
    matrix.offsets.resize(std::max(matrix.offsets.size(), n + 1), matrix.offsets.back());
    return matrix;
}

Matrix matrix_of(std::size_t n, const Reader& reader) {
    return reader.is_object() ? matrix_of_csr(reader) : matrix_of_rows(n, reader);
}

std::uint32_t consensus_mode(const Reader& name) {
    const std::string& mode = name.text();
    if (mode == "current") {
        return YUMA_CONSENSUS_CURRENT;
    }
    if (mode == "previous") {
        return YUMA_CONSENSUS_PREVIOUS;
    }
    if (mode != "auto") {
        name.fail("type", "no consensus mode");
    }
    return YUMA_CONSENSUS_AUTO;
}

/// The C API takes one count for all lists of a subnet, so that their lengths are checked before they reach it.
template <class Element> void check_length(const char* field, std::size_t n, const std::vector<Element>& list) {
    if (list.size() != n) {
        throw Malformed("length", field, list.size(), to_decimal(static_cast<Unsigned>(n)) + " elements are needed");
    }
}

/// Likewise one count for columns and values; and no offsets at all stand for a matrix without rows.
void check_matrix(const char* field, const Matrix& matrix) {
    if (matrix.offsets.empty()) {
        throw Malformed("offsets", field, 0, "no offset");
    }
    if (matrix.columns.size() != matrix.values.size()) {
        throw Malformed("entries", field, matrix.columns.size(), "not as many values as columns");
    }
}

} // namespace

Tables::Tables(std::uint32_t rules, const Reader& input) {
    read_params(rules, input);
    read_subnet(input);
}

void Tables::read_params(std::uint32_t rules, const Reader& input) {
    params.rules = rules;
    params.tempo = input["tempo"].decimal<std::uint64_t>();
    params.activity_cutoff = input["activity_cutoff"].decimal<std::uint64_t>();
    params.kappa = input["kappa"].number<std::uint16_t>();
    params.bonds_penalty = input["bonds_penalty"].number<std::uint16_t>();
    params.bonds_moving_average = input["bonds_moving_average"].decimal<std::uint64_t>();
    params.yuma3 = input["yuma3"].flag();
    params.liquid_alpha = input["liquid_alpha"].flag();
    params.commit_reveal = input["commit_reveal"].flag();
    params.alpha_low = input["alpha_low"].number<std::uint16_t>();
    params.alpha_high = input["alpha_high"].number<std::uint16_t>();
    params.alpha_sigmoid_steepness = input["alpha_sigmoid_steepness"].number<std::int16_t>();
    params.max_allowed_validators = input["max_allowed_validators"].number<std::uint16_t>();
    params.stake_threshold = input["stake_threshold"].decimal<std::uint64_t>();
    // Only the files of 475 have it.
    params.consensus_mode = input.has("consensus_mode") ? consensus_mode(input["consensus_mode"]) : YUMA_CONSENSUS_AUTO;
}

void Tables::read_subnet(const Reader& input) {
    const auto n = input["n"].number<std::uint16_t>();
    subnet.n = n;
    subnet.current_block = input["current_block"].decimal<std::uint64_t>();
    subnet.last_step_block = input["last_step_block"].decimal<std::uint64_t>();
    if (input.has("last_yuma_step_block")) {
        const auto block = input["last_yuma_step_block"].maybe_decimal<std::uint64_t>();
        subnet.has_last_yuma_step_block = block.has_value();
        subnet.last_yuma_step_block = block.value_or(0);
    }
    const auto owner = input["owner_uid"].maybe_number<std::uint16_t>();
    subnet.owner_uid = owner ? std::int32_t{*owner} : YUMA_NONE;
    subnet.rao_emission = input["rao_emission"].decimal<std::uint64_t>();
    stake_ = input["stake"].list(raw_signed);
    last_update_ = input["last_update"].decimals<std::uint64_t>();
    block_at_registration_ = input["block_at_registration"].decimals<std::uint64_t>();
    validator_permit_ = input["validator_permit"].flags();
    commit_block_ = input["commit_block"].maybe([](const Reader& list) { return list.decimals<std::uint64_t>(); });
    weights_ = matrix_of(n, input["weights"]);
    bonds_ = matrix_of(n, input["bonds"]);
    if (input.has("previous_consensus")) {
        previous_consensus_ = input["previous_consensus"].numbers<std::uint16_t>();
    }
    if (commit_block_ && params.commit_reveal == 0) {
        commit_block_->resize(n, UINT64_MAX); // ignored by the epoch, whatever its length; those missing are nobody's
    }
    if (input.has("mining_budget") && validator_permit_.size() < n) {
        validator_permit_.resize(n, 0); // ignored by a Null epoch; those missing are not given
    }

    check_length("stake", n, stake_);
    check_length("last_update", n, last_update_);
    check_length("block_at_registration", n, block_at_registration_);
    check_length("validator_permit", n, validator_permit_);
    if (commit_block_) {
        check_length("commit_block", n, *commit_block_);
    }
    check_matrix("weights", weights_);
    check_matrix("bonds", bonds_);

    subnet.stake = stake_.data();
    subnet.last_update = last_update_.data();
    subnet.block_at_registration = block_at_registration_.data();
    subnet.validator_permit = validator_permit_.data();
    subnet.commit_block = commit_block_ ? commit_block_->data() : nullptr;
    subnet.weights = weights_.rows();
    subnet.bonds = bonds_.rows();
    subnet.previous_consensus = previous_consensus_.data();
    subnet.previous_consensus_count = previous_consensus_.size();
}

Outcome::Outcome(const yuma_epoch_subnet& subnet) : n(subnet.n) {
    std::size_t bonds_max = 0;
    call(yuma_epoch_bonds_max, &bonds_max, &subnet);
    bond_columns = room<std::uint16_t>(bonds_max);
    bond_values = room<std::uint16_t>(bonds_max);
    raw_bond_columns = room<std::uint16_t>(bonds_max);
    raw_bond_values = room<std::int64_t>(bonds_max);

    c.active = active.data();
    c.validator_permit = validator_permit.data();
    c.stake_weight = stake_weight.data();
    c.consensus = consensus.data();
    c.incentive = incentive.data();
    c.dividends = dividends.data();
    c.validator_trust = validator_trust.data();
    c.server_emission = server_emission.data();
    c.validator_emission = validator_emission.data();
    c.emission = emission.data();
    c.bond_offsets = bond_offsets.data();
    c.bond_columns = bond_columns.data();
    c.bond_values = bond_values.data();
    c.bond_capacity = bonds_max;
    c.raw_stake = raw_stake.data();
    c.raw_active_stake = raw_active_stake.data();
    c.raw_consensus = raw_consensus.data();
    c.raw_validator_trust = raw_validator_trust.data();
    c.raw_incentive = raw_incentive.data();
    c.raw_dividends = raw_dividends.data();
    c.raw_bond_offsets = raw_bond_offsets.data();
    c.raw_bond_columns = raw_bond_columns.data();
    c.raw_bond_values = raw_bond_values.data();
    c.raw_bond_capacity = bonds_max;
}

bool Outcome::operator==(const Outcome& other) const {
    return active == other.active && validator_permit == other.validator_permit && stake_weight == other.stake_weight &&
           consensus == other.consensus && incentive == other.incentive && dividends == other.dividends &&
           validator_trust == other.validator_trust && server_emission == other.server_emission &&
           validator_emission == other.validator_emission && emission == other.emission &&
           bond_offsets == other.bond_offsets && bond_columns == other.bond_columns && bond_values == other.bond_values &&
           raw_stake == other.raw_stake && raw_active_stake == other.raw_active_stake &&
           raw_consensus == other.raw_consensus && raw_validator_trust == other.raw_validator_trust &&
           raw_incentive == other.raw_incentive && raw_dividends == other.raw_dividends &&
           raw_bond_offsets == other.raw_bond_offsets && raw_bond_columns == other.raw_bond_columns &&
           raw_bond_values == other.raw_bond_values && c.rules == other.c.rules && c.bond_count == other.c.bond_count &&
           c.raw_bond_count == other.c.raw_bond_count;
}

void check_rules(const Tables& tables, const Outcome& outcome) {
    if (outcome.c.rules != yuma_rules_spec_version(tables.params.rules)) {
        throw std::runtime_error("the outcome names other rules than those asked for");
    }
}

void run(const Tables& tables, Outcome& outcome, const Memory& memory) {
    call(yuma_epoch, &outcome.c, &tables.params, &tables.subnet, memory.begin(), memory.size());
    check_rules(tables, outcome);
}

std::size_t workspace_size(const Tables& tables) {
    std::size_t size = 0;
    call(yuma_epoch_workspace_size, &size, &tables.subnet);
    return size;
}

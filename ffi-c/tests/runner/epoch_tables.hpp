// An epoch's input and result as the C API takes them.
#pragma once

#include "calls.hpp"

/// A sparse matrix as sparse libraries have it.
struct Matrix {
    std::vector<std::uint32_t> offsets = {0};
    std::vector<std::uint16_t> columns;
    std::vector<std::uint16_t> values;

    void end_row() { offsets.push_back(static_cast<std::uint32_t>(columns.size())); }

    yuma_rows rows() const {
        return {offsets.data(), offsets.size(), columns.data(), values.data(), columns.size()};
    }
};

/// An input of kind `epoch`, in lists of our own that the C API points to.
class Tables {
public:
    Tables(std::uint32_t rules, const Reader& input);

    yuma_epoch_params params = started(yuma_epoch_params_init);
    yuma_epoch_subnet subnet = started(yuma_epoch_subnet_init);

    Tables(const Tables&) = delete;
    Tables& operator=(const Tables&) = delete;

private:
    void read_params(std::uint32_t rules, const Reader& input);
    void read_subnet(const Reader& input);

    std::vector<yuma_i128> stake_;
    std::vector<std::uint64_t> last_update_;
    std::vector<std::uint64_t> block_at_registration_;
    std::vector<std::uint8_t> validator_permit_;
    std::optional<std::vector<std::uint64_t>> commit_block_;
    Matrix weights_;
    Matrix bonds_;
    std::vector<std::uint16_t> previous_consensus_;
};

/// Everything an epoch can tell.
struct Outcome {
    explicit Outcome(const yuma_epoch_subnet& subnet);
    bool operator==(const Outcome& other) const;
    Outcome(const Outcome&) = delete;
    Outcome& operator=(const Outcome&) = delete;

    std::size_t n;
    std::vector<std::uint8_t> active = room<std::uint8_t>(n);
    std::vector<std::uint8_t> validator_permit = room<std::uint8_t>(n);
    std::vector<std::uint16_t> stake_weight = room<std::uint16_t>(n);
    std::vector<std::uint16_t> consensus = room<std::uint16_t>(n);
    std::vector<std::uint16_t> incentive = room<std::uint16_t>(n);
    std::vector<std::uint16_t> dividends = room<std::uint16_t>(n);
    std::vector<std::uint16_t> validator_trust = room<std::uint16_t>(n);
    std::vector<std::uint64_t> server_emission = room<std::uint64_t>(n);
    std::vector<std::uint64_t> validator_emission = room<std::uint64_t>(n);
    std::vector<std::uint64_t> emission = room<std::uint64_t>(n);
    std::vector<std::uint32_t> bond_offsets = room<std::uint32_t>(n + 1);
    std::vector<std::uint16_t> bond_columns;
    std::vector<std::uint16_t> bond_values;
    std::vector<std::int64_t> raw_stake = room<std::int64_t>(n);
    std::vector<std::int64_t> raw_active_stake = room<std::int64_t>(n);
    std::vector<std::int64_t> raw_consensus = room<std::int64_t>(n);
    std::vector<std::int64_t> raw_validator_trust = room<std::int64_t>(n);
    std::vector<std::int64_t> raw_incentive = room<std::int64_t>(n);
    std::vector<std::int64_t> raw_dividends = room<std::int64_t>(n);
    std::vector<std::uint32_t> raw_bond_offsets = room<std::uint32_t>(n + 1);
    std::vector<std::uint16_t> raw_bond_columns;
    std::vector<std::int64_t> raw_bond_values;
    /// Points to all of them.
    yuma_epoch_outcome c = started(yuma_epoch_outcome_init);
};

/// Throws unless the result names the rules that were asked for.
void check_rules(const Tables& tables, const Outcome& outcome);

/// Runs the epoch. Its inputs are only read, and may be shared by many threads.
void run(const Tables& tables, Outcome& outcome, const Memory& memory);

std::size_t workspace_size(const Tables& tables);

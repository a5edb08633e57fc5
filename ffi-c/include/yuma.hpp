// libyuma for C++17 and later: yuma.h with spans, buffers that free themselves, and exceptions. No rule is in here.
//
//   yuma::error      thrown where a function of yuma.h returns another status than YUMA_STATUS_OK
//   yuma::call       calls any function of yuma.h that returns a status, and throws
//   yuma::started    a structure of yuma.h that its ..._init function has filled: yuma::epoch_params, yuma::network, …
//   yuma::span       std::span, or as much of it as is needed before C++20
//   yuma::workspace  working memory that grows as needed and can serve many calls, of one thread at a time
//
// and the functions that own their results: yuma::epoch, yuma::decode_input, yuma::distribute, yuma::coinbase, …
#ifndef YUMA_HPP
#define YUMA_HPP

#include <yuma.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>
#if __cplusplus >= 202002L
#include <span>
#endif

namespace yuma {

// Why an input was refused: the status, the field, where in it, and the limit it broke.
class error : public std::invalid_argument {
public:
    explicit error(const yuma_error &detail) : std::invalid_argument(describe(detail)), detail_(detail) {}

    yuma_status status() const noexcept { return detail_.status; }
    // The status' name, the same in every language.
    std::string_view code() const noexcept { return yuma_status_string(detail_.status); }
    std::string_view field() const noexcept { return detail_.field; }
    std::uint64_t index() const noexcept { return detail_.index; }
    std::uint64_t limit() const noexcept { return detail_.limit; }

private:
    static std::string describe(const yuma_error &detail) {
        return std::string(yuma_status_string(detail.status)) + ": " + detail.field + '[' +
               std::to_string(detail.index) + "], limit " + std::to_string(detail.limit);
    }

    yuma_error detail_;
};

// Throws a refusal of this layer: where a span has another length than yuma.h's pointer would be trusted to have.
[[noreturn]] inline void refuse(yuma_status status, const char *field, std::size_t index, std::size_t limit) {
    yuma_error detail{};
    detail.status = status;
    for (std::size_t i = 0; i + 1 < sizeof detail.field && field[i] != 0; ++i) detail.field[i] = field[i];
    detail.index = index;
    detail.limit = limit;
    throw error(detail);
}

// Calls a function of yuma.h that returns a status; its last argument, the error, is added.
template <class... Parameters, class... Arguments>
void call(yuma_status (*function)(Parameters...), Arguments &&...arguments) {
    yuma_error detail{};
    if (function(std::forward<Arguments>(arguments)..., &detail) != YUMA_STATUS_OK) throw error(detail);
}

#if __cplusplus >= 202002L
template <class T>
using span = std::span<T>;
#else
// A pointer and a length. What it points to must outlive it.
template <class T>
class span {
public:
    constexpr span() noexcept = default;
    constexpr span(T *data, std::size_t size) noexcept : data_(data), size_(size) {}
    template <std::size_t N>
    constexpr span(T (&array)[N]) noexcept : data_(array), size_(N) {}
    template <class Container, class = std::enable_if_t<
                                   std::is_convertible_v<decltype(std::declval<Container &>().data()), T *>>>
    constexpr span(Container &&container) noexcept : data_(container.data()), size_(container.size()) {}

    constexpr T *data() const noexcept { return data_; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr T *begin() const noexcept { return data_; }
    constexpr T *end() const noexcept { return data_ + size_; }
    constexpr T &operator[](std::size_t index) const noexcept { return data_[index]; }

private:
    T *data_ = nullptr;
    std::size_t size_ = 0;
};
#endif

// Working memory. It keeps what it has, so that the next call need not ask for it again.
class workspace {
public:
    // At least `size` bytes; what they held before is gone.
    void *bytes(std::size_t size) {
        if (memory_.size() < size) memory_.resize(size);
        return memory_.data();
    }

private:
    std::vector<unsigned char> memory_;
};

// A structure as its init function leaves it.
template <class T, yuma_status (*Init)(T *, yuma_error *)>
struct started : T {
    started() : T{} { call(Init, static_cast<T *>(this)); }
};
using epoch_params = started<yuma_epoch_params, yuma_epoch_params_init>;
using network = started<yuma_network, yuma_network_init>;
using schedule_state = started<yuma_schedule_state, yuma_schedule_state_init>;
using hotkey = started<yuma_hotkey, yuma_hotkey_init>;
using hotkey_table = started<yuma_hotkey_table, yuma_hotkey_table_init>;
using drained_subnet = started<yuma_drained_subnet, yuma_drained_subnet_init>;
using weights_request = started<yuma_weights_request, yuma_weights_request_init>;
using weights_subnet = started<yuma_weights_subnet, yuma_weights_subnet_init>;
using weights_commit = started<yuma_weights_commit, yuma_weights_commit_init>;

// A subnet of the coinbase, by its netuid.
struct subnet_state : yuma_subnet_state {
    explicit subnet_state(std::uint16_t netuid) : yuma_subnet_state{} {
        call(yuma_subnet_state_init, static_cast<yuma_subnet_state *>(this), netuid);
    }
};

// Stake in whole rao, as an epoch takes it.
constexpr yuma_i128 stake_of(std::uint64_t rao) noexcept { return yuma_i128{0, rao}; }

// A borrowed sparse matrix. Throws YUMA_STATUS_ENTRIES unless there is a value for every column.
inline yuma_rows rows(span<const std::uint32_t> offsets, span<const std::uint16_t> columns,
                      span<const std::uint16_t> values) {
    if (columns.size() != values.size()) refuse(YUMA_STATUS_ENTRIES, "rows", columns.size(), values.size());
    return yuma_rows{offsets.data(), offsets.size(), columns.data(), values.data(), columns.size()};
}

// A subnet before its epoch. The setters borrow, and throw YUMA_STATUS_LENGTH unless a list has n elements; set n first.
struct epoch_subnet : started<yuma_epoch_subnet, yuma_epoch_subnet_init> {
    explicit epoch_subnet(std::uint16_t neurons) { n = neurons; }

    epoch_subnet &set_stake(span<const yuma_i128> list) { return set(stake, "stake", list); }
    epoch_subnet &set_last_update(span<const std::uint64_t> list) { return set(last_update, "last_update", list); }
    epoch_subnet &set_block_at_registration(span<const std::uint64_t> list) {
        return set(block_at_registration, "block_at_registration", list);
    }
    epoch_subnet &set_validator_permit(span<const std::uint8_t> list) {
        return set(validator_permit, "validator_permit", list);
    }
    epoch_subnet &set_commit_block(span<const std::uint64_t> list) { return set(commit_block, "commit_block", list); }
    epoch_subnet &set_previous_consensus(span<const std::uint16_t> list) {
        previous_consensus = list.data();
        previous_consensus_count = list.size();
        return *this;
    }

private:
    template <class T>
    epoch_subnet &set(const T *&member, const char *field, span<const T> list) {
        if (list.size() != n) refuse(YUMA_STATUS_LENGTH, field, list.size(), n);
        member = list.data();
        return *this;
    }
};

// An epoch's results, in buffers of its own. One element per uid, but for the bonds.
struct epoch_outcome {
    std::uint32_t rules = 0;
    std::vector<std::uint8_t> active, validator_permit;
    std::vector<std::uint16_t> stake_weight, consensus, incentive, dividends, validator_trust;
    std::vector<std::uint64_t> server_emission, validator_emission, emission;
    // The bonds to store, as the next epoch takes them: rows(bond_offsets, bond_columns, bond_values).
    std::vector<std::uint32_t> bond_offsets;
    std::vector<std::uint16_t> bond_columns, bond_values;
};

namespace detail {

// Makes room, and has a structure of yuma.h point to it.
template <class T>
void want(T *&member, std::vector<T> &list, std::size_t size) {
    list.resize(size);
    member = list.data();
}

// Has an outcome written into buffers of the right sizes.
template <class Run>
epoch_outcome run_epoch(std::uint16_t n, std::size_t bonds_max, Run run) {
    epoch_outcome results;
    started<yuma_epoch_outcome, yuma_epoch_outcome_init> to;
    want(to.active, results.active, n);
    want(to.validator_permit, results.validator_permit, n);
    want(to.stake_weight, results.stake_weight, n);
    want(to.consensus, results.consensus, n);
    want(to.incentive, results.incentive, n);
    want(to.dividends, results.dividends, n);
    want(to.validator_trust, results.validator_trust, n);
    want(to.server_emission, results.server_emission, n);
    want(to.validator_emission, results.validator_emission, n);
    want(to.emission, results.emission, n);
    want(to.bond_offsets, results.bond_offsets, std::size_t{n} + 1);
    want(to.bond_columns, results.bond_columns, bonds_max);
    want(to.bond_values, results.bond_values, bonds_max);
    to.bond_capacity = bonds_max;
    run(static_cast<yuma_epoch_outcome *>(&to));
    results.rules = to.rules;
    results.bond_columns.resize(to.bond_count);
    results.bond_values.resize(to.bond_count);
    return results;
}

}  // namespace detail

// One epoch of a subnet: yuma_epoch.
inline epoch_outcome epoch(const yuma_epoch_params &params, const yuma_epoch_subnet &subnet, workspace &memory) {
    std::size_t size = 0, bonds_max = 0;
    call(yuma_epoch_workspace_size, &size, &subnet);
    call(yuma_epoch_bonds_max, &bonds_max, &subnet);
    return detail::run_epoch(subnet.n, bonds_max, [&](yuma_epoch_outcome *to) {
        call(yuma_epoch, to, &params, &subnet, memory.bytes(size), size);
    });
}

inline epoch_outcome epoch(const yuma_epoch_params &params, const yuma_epoch_subnet &subnet) {
    workspace memory;
    return epoch(params, subnet, memory);
}

// One epoch of a subnet in Null mode: yuma_null_epoch.
inline epoch_outcome null_epoch(const yuma_epoch_params &params, const yuma_epoch_subnet &subnet,
                                const yuma_null_budgets &budgets, workspace &memory) {
    const std::size_t size = yuma_null_epoch_workspace_size(subnet.n);
    return detail::run_epoch(subnet.n, 0, [&](yuma_epoch_outcome *to) {
        call(yuma_null_epoch, to, &params, &subnet, &budgets, memory.bytes(size), size);
    });
}

// A SHA-256.
using sha256 = std::array<std::uint8_t, 32>;

// Everything one epoch is computed from, in buffers of its own. `subnet` points into them, so that it can be moved, but not
// copied.
struct epoch_input {
    epoch_params params;
    started<yuma_epoch_subnet, yuma_epoch_subnet_init> subnet;
    // What a Null epoch may pay; nothing for a Yuma epoch.
    std::optional<yuma_null_budgets> null_budgets;
    // The SHA-256 of the canonical bytes.
    sha256 digest{};

    std::vector<yuma_i128> stake;
    std::vector<std::uint64_t> last_update, block_at_registration, commit_block;
    std::vector<std::uint8_t> validator_permit;
    std::vector<std::uint32_t> weight_offsets, bond_offsets;
    std::vector<std::uint16_t> weight_columns, weight_values, bond_columns, bond_values, previous_consensus;

    epoch_input() = default;
    epoch_input(epoch_input &&) = default;
    epoch_input &operator=(epoch_input &&) = default;
};

// The canonical bytes of an input; of a Null epoch with budgets, of a Yuma epoch without: yuma_encode_input.
inline std::vector<std::uint8_t> encode_input(const yuma_epoch_params &params, const yuma_epoch_subnet &subnet,
                                              const std::optional<yuma_null_budgets> &null_budgets, workspace &memory) {
    const yuma_null_budgets *budgets = null_budgets ? &*null_budgets : nullptr;
    const std::size_t size = yuma_input_workspace_size(subnet.n);
    std::size_t length = 0;
    call(yuma_input_length, &length, &params, &subnet, budgets, memory.bytes(size), size);
    std::vector<std::uint8_t> bytes(length);
    call(yuma_encode_input, &length, bytes.data(), bytes.size(), &params, &subnet, budgets, memory.bytes(size), size);
    return bytes;
}

// The SHA-256 of an input's canonical bytes: yuma_input_digest.
inline sha256 input_digest(const yuma_epoch_params &params, const yuma_epoch_subnet &subnet,
                           const std::optional<yuma_null_budgets> &null_budgets, workspace &memory) {
    const std::size_t size = yuma_input_workspace_size(subnet.n);
    sha256 digest{};
    call(yuma_input_digest, digest.data(), &params, &subnet, null_budgets ? &*null_budgets : nullptr,
         memory.bytes(size), size);
    return digest;
}

// The input with these canonical bytes: yuma_decode_input. Allocates no more than a small multiple of what was received.
inline epoch_input decode_input(span<const std::uint8_t> bytes, workspace &memory) {
    epoch_input input;
    started<yuma_input_buffers, yuma_input_buffers_init> to;
    call(yuma_input_sizes, &to.room, bytes.data(), bytes.size());
    const std::size_t n = to.room.n;
    detail::want(to.stake, input.stake, n);
    detail::want(to.last_update, input.last_update, n);
    detail::want(to.block_at_registration, input.block_at_registration, n);
    detail::want(to.validator_permit, input.validator_permit, n);
    detail::want(to.commit_block, input.commit_block, n);
    detail::want(to.weights.offsets, input.weight_offsets, n + 1);
    detail::want(to.weights.columns, input.weight_columns, to.room.weights);
    detail::want(to.weights.values, input.weight_values, to.room.weights);
    detail::want(to.bonds.offsets, input.bond_offsets, n + 1);
    detail::want(to.bonds.columns, input.bond_columns, to.room.bonds);
    detail::want(to.bonds.values, input.bond_values, to.room.bonds);
    detail::want(to.previous_consensus, input.previous_consensus, to.room.previous_consensus);
    std::uint8_t has_null_budgets = 0;
    yuma_null_budgets budgets{};
    const std::size_t size = yuma_input_workspace_size(to.room.n);
    call(yuma_decode_input, &input.params, &input.subnet, &has_null_budgets, &budgets, input.digest.data(), &to,
         bytes.data(), bytes.size(), memory.bytes(size), size);
    if (has_null_budgets != 0) input.null_budgets = budgets;
    return input;
}

namespace detail {

// An outcome as yuma.h reads it, which writes nothing then.
inline yuma_epoch_outcome borrow(const epoch_outcome &outcome) {
    const std::size_t n = outcome.active.size();
    if (n > UINT16_MAX) refuse(YUMA_STATUS_RANGE, "active", n, UINT16_MAX);
    started<yuma_epoch_outcome, yuma_epoch_outcome_init> from;
    auto lend = [](auto &member, const char *field, const auto &list, std::size_t size) {
        if (list.size() != size) refuse(YUMA_STATUS_LENGTH, field, list.size(), size);
        member = const_cast<std::decay_t<decltype(member)>>(list.data());
    };
    lend(from.active, "active", outcome.active, n);
    lend(from.validator_permit, "validator_permit", outcome.validator_permit, n);
    lend(from.stake_weight, "stake_weight", outcome.stake_weight, n);
    lend(from.consensus, "consensus", outcome.consensus, n);
    lend(from.incentive, "incentive", outcome.incentive, n);
    lend(from.dividends, "dividends", outcome.dividends, n);
    lend(from.validator_trust, "validator_trust", outcome.validator_trust, n);
    lend(from.server_emission, "server_emission", outcome.server_emission, n);
    lend(from.validator_emission, "validator_emission", outcome.validator_emission, n);
    lend(from.emission, "emission", outcome.emission, n);
    lend(from.bond_offsets, "bond_offsets", outcome.bond_offsets, n + 1);
    lend(from.bond_columns, "bond_columns", outcome.bond_columns, outcome.bond_columns.size());
    lend(from.bond_values, "bond_values", outcome.bond_values, outcome.bond_columns.size());
    from.rules = outcome.rules;
    from.bond_count = outcome.bond_columns.size();
    return from;
}

}  // namespace detail

// The canonical bytes of an outcome, computed from the input with this SHA-256: yuma_encode_outcome.
inline std::vector<std::uint8_t> encode_outcome(const epoch_outcome &outcome, const sha256 &input_digest) {
    const yuma_epoch_outcome from = detail::borrow(outcome);
    const auto n = static_cast<std::uint16_t>(outcome.active.size());
    std::size_t length = 0;
    call(yuma_outcome_length, &length, &from, n);
    std::vector<std::uint8_t> bytes(length);
    call(yuma_encode_outcome, &length, bytes.data(), bytes.size(), &from, n, input_digest.data());
    return bytes;
}

// The SHA-256 of an outcome's canonical bytes, which attests the input too: yuma_outcome_digest.
inline sha256 outcome_digest(const epoch_outcome &outcome, const sha256 &input_digest) {
    const yuma_epoch_outcome from = detail::borrow(outcome);
    sha256 digest{};
    call(yuma_outcome_digest, digest.data(), &from, static_cast<std::uint16_t>(outcome.active.size()),
         input_digest.data());
    return digest;
}

// An outcome out of its canonical bytes.
struct decoded_outcome {
    epoch_outcome outcome;
    // The SHA-256 of the input it says it was computed from, and its own.
    sha256 input_digest{}, digest{};
};

// The outcome with these canonical bytes: yuma_decode_outcome.
inline decoded_outcome decode_outcome(span<const std::uint8_t> bytes) {
    std::uint16_t n = 0;
    std::size_t bonds = 0;
    call(yuma_outcome_sizes, &n, &bonds, bytes.data(), bytes.size());
    decoded_outcome decoded;
    decoded.outcome = detail::run_epoch(n, bonds, [&](yuma_epoch_outcome *to) {
        call(yuma_decode_outcome, to, n, &n, decoded.input_digest.data(), decoded.digest.data(), bytes.data(),
             bytes.size());
    });
    return decoded;
}

// Whole units in proportion: yuma_apportion.
inline std::vector<std::uint64_t> apportion(span<const yuma_u128> shares, std::uint64_t budget) {
    std::vector<std::uint64_t> payouts(shares.size());
    call(yuma_apportion, payouts.data(), shares.data(), shares.size(), budget);
    return payouts;
}

// All steps of the reward: yuma_halvings.
inline std::array<yuma_halving, YUMA_HALVING_COUNT> halvings() {
    std::array<yuma_halving, YUMA_HALVING_COUNT> steps{};
    call(yuma_halvings, steps.data(), steps.size());
    return steps;
}

// The halving ahead of an issuance in rao, if there is one: yuma_next_halving.
inline std::optional<yuma_halving_ahead> next_halving(std::uint64_t issuance) {
    yuma_halving_ahead next{};
    if (yuma_next_halving(&next, issuance, nullptr) == YUMA_STATUS_NO_VALUE) return std::nullopt;
    return next;
}

// What one block did.
struct block_outcome {
    yuma_block_report block{};
    std::vector<yuma_subnet_report> subnets;
};

// One block over all subnets, in the order of yuma_visiting_key: yuma_coinbase. `pools` may be empty.
inline block_outcome coinbase(std::uint64_t block, yuma_network &network, span<yuma_subnet_state> subnets,
                              span<yuma_schedule_state> schedules, span<const yuma_pool_answers> pools,
                              workspace &memory) {
    const std::size_t count = subnets.size();
    if (schedules.size() != count) refuse(YUMA_STATUS_LENGTH, "schedules", schedules.size(), count);
    if (!pools.empty() && pools.size() != count) refuse(YUMA_STATUS_LENGTH, "pools", pools.size(), count);
    block_outcome results;
    results.block.size = sizeof results.block;
    results.subnets.resize(count);
    for (auto &report : results.subnets) report.size = sizeof report;
    const std::size_t size = yuma_coinbase_workspace_size(count);
    call(yuma_coinbase, &results.block, results.subnets.data(), &network, subnets.data(), schedules.data(),
         pools.empty() ? nullptr : pools.data(), count, block, memory.bytes(size), size);
    return results;
}

// The stake weight of every uid: yuma_stake_weights.
inline std::vector<yuma_weighed_stake> stake_weights(const yuma_hotkey_table &table, std::uint64_t tao_weight,
                                                     span<const std::int32_t> uids, workspace &memory) {
    std::vector<yuma_weighed_stake> weights(uids.size());
    const std::size_t size = yuma_stake_weights_workspace_size(table.count, uids.size());
    call(yuma_stake_weights, weights.data(), &table, tao_weight, uids.data(), uids.size(), memory.bytes(size), size);
    return weights;
}

// What became of a drained subnet.
struct distribution {
    yuma_distribution sums{};
    std::vector<yuma_hotkey_outcome> hotkeys;
    // In the order in which they happened.
    std::vector<yuma_credit> credits;
};

// A drained subnet to everybody's credits: yuma_distribute.
inline distribution distribute(const yuma_hotkey_table &table, const yuma_drained_subnet &subnet, workspace &memory) {
    distribution results;
    results.sums.size = sizeof results.sums;
    results.hotkeys.resize(table.count);
    for (auto &outcome : results.hotkeys) outcome.size = sizeof outcome;
    results.credits.resize(yuma_max_credits(table.count));
    std::size_t size = 0;
    call(yuma_distribute_workspace_size, &size, &table, &subnet);
    call(yuma_distribute, &results.sums, results.hotkeys.data(), results.credits.data(), results.credits.size(),
         &table, &subnet, memory.bytes(size), size);
    results.credits.resize(results.sums.credit_count);
    return results;
}

// A subnet's alpha over its mechanisms, evenly or by shares: yuma_split_emission.
inline std::vector<std::uint64_t> split_emission(std::uint32_t rules, std::uint64_t alpha, std::size_t mechanisms,
                                                 std::optional<span<const std::uint16_t>> shares = std::nullopt) {
    static constexpr std::uint16_t none = 0;  // what an empty list points to: NULL would be no list
    std::vector<std::uint64_t> parts(mechanisms);
    const std::uint16_t *list = !shares ? nullptr : shares->empty() ? &none : shares->data();
    call(yuma_split_emission, parts.data(), parts.size(), rules, alpha, list, shares ? shares->size() : 0);
    return parts;
}

// The chain's answer to weights, and the row it would store.
struct weights_answer {
    yuma_submission result = YUMA_SUBMISSION_ACCEPTED;
    std::uint64_t last_update = 0;
    std::vector<std::uint16_t> row;
};

// Checks weights as the chain does: yuma_validate_weights. A refusal by the chain is an answer, not an exception.
inline weights_answer validate_weights(const yuma_weights_request &request, const yuma_weights_subnet &subnet) {
    yuma_weights_answer answer{};
    std::vector<std::uint16_t> row(request.value_count);
    call(yuma_validate_weights, &answer, row.data(), &request, &subnet);
    if (answer.result != YUMA_SUBMISSION_ACCEPTED) row.clear();
    return weights_answer{answer.result, answer.last_update, std::move(row)};
}

// The commit hash: yuma_weights_commit_hash.
inline std::array<std::uint8_t, 32> weights_commit_hash(const yuma_weights_commit &commit) {
    std::array<std::uint8_t, 32> hash{};
    call(yuma_weights_commit_hash, hash.data(), &commit);
    return hash;
}

}  // namespace yuma

#endif

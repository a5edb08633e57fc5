// Kinds of canonical bytes: digest and digest-error.

#include <array>

#include "epoch_tables.hpp"
#include "hex.hpp"
#include "kinds.hpp"

namespace {

using Bytes = std::vector<std::uint8_t>;
using Digest = std::array<std::uint8_t, 32>;

/// An input out of its bytes, in lists of our own.
class DecodedInput {
public:
    explicit DecodedInput(const Bytes& bytes) {
        yuma_input_buffers buffers = started(yuma_input_buffers_init);
        call(yuma_input_sizes, &buffers.room, bytes.data(), bytes.size());
        const std::size_t n = buffers.room.n;
        make(buffers.stake, stake_, n);
        make(buffers.last_update, last_update_, n);
        make(buffers.block_at_registration, block_at_registration_, n);
        make(buffers.validator_permit, validator_permit_, n);
        make(buffers.commit_block, commit_block_, n);
        make(buffers.weights, weights_, n, buffers.room.weights);
        make(buffers.bonds, bonds_, n, buffers.room.bonds);
        make(buffers.previous_consensus, previous_consensus_, buffers.room.previous_consensus);

        const Memory memory(yuma_input_workspace_size(buffers.room.n));
        std::uint8_t has_null_budgets = 0;
        yuma_null_budgets budgets;
        call(yuma_decode_input, &params, &subnet, &has_null_budgets, &budgets, digest.data(), &buffers, bytes.data(),
             bytes.size(), memory.begin(), memory.size());
        if (has_null_budgets != 0) {
            null_budgets = budgets;
        }
    }
    DecodedInput(const DecodedInput&) = delete;
    DecodedInput& operator=(const DecodedInput&) = delete;

    yuma_epoch_params params = started(yuma_epoch_params_init);
    yuma_epoch_subnet subnet = started(yuma_epoch_subnet_init);
    std::optional<yuma_null_budgets> null_budgets;
    Digest digest = {};

private:
    template <class Element> static void make(Element*& member, std::vector<Element>& list, std::size_t count) {
        list = room<Element>(count);
        member = list.data();
    }
    static void make(yuma_rows_buffers& member, Matrix& matrix, std::size_t n, std::size_t entries) {
        make(member.offsets, matrix.offsets, n + 1);
        make(member.columns, matrix.columns, entries);
        make(member.values, matrix.values, entries);
    }

    std::vector<yuma_i128> stake_;
    std::vector<std::uint64_t> last_update_;
    std::vector<std::uint64_t> block_at_registration_;
    std::vector<std::uint8_t> validator_permit_;
    std::vector<std::uint64_t> commit_block_;
    Matrix weights_;
    Matrix bonds_;
    std::vector<std::uint16_t> previous_consensus_;
};

/// An outcome out of its bytes.
struct DecodedOutcome {
    explicit DecodedOutcome(const Bytes& bytes) : outcome(subnet_of_size(bytes)) {
        const auto capacity = static_cast<std::uint16_t>(outcome.n);
        call(yuma_decode_outcome, &outcome.c, capacity, &n, input_digest.data(), digest.data(), bytes.data(), bytes.size());
    }

    Outcome outcome;
    std::uint16_t n = 0;
    Digest input_digest = {};
    Digest digest = {};

private:
    /// A subnet whose epoch has as many neurons as the outcome and, at the most, as many bonds.
    static yuma_epoch_subnet subnet_of_size(const Bytes& bytes) {
        yuma_epoch_subnet subnet = started(yuma_epoch_subnet_init);
        call(yuma_outcome_sizes, &subnet.n, &subnet.weights.entries, bytes.data(), bytes.size());
        return subnet;
    }
};

const yuma_null_budgets* pointer(const std::optional<yuma_null_budgets>& budgets) { return budgets ? &*budgets : nullptr; }

Bytes encoded_input(const yuma_epoch_params& params, const yuma_epoch_subnet& subnet, const yuma_null_budgets* budgets) {
    const Memory memory(yuma_input_workspace_size(subnet.n));
    std::size_t length = 0;
    std::size_t written = 0;
    call(yuma_input_length, &length, &params, &subnet, budgets, memory.begin(), memory.size());
    Bytes bytes = room<std::uint8_t>(length);
    call(yuma_encode_input, &written, bytes.data(), bytes.size(), &params, &subnet, budgets, memory.begin(), memory.size());
    if (written != length) {
        throw std::runtime_error("the input has not the length it was said to have");
    }
    return bytes;
}

Bytes encoded_outcome(const yuma_epoch_outcome& outcome, std::uint16_t n, const Digest& input_digest) {
    std::size_t length = 0;
    std::size_t written = 0;
    call(yuma_outcome_length, &length, &outcome, n);
    Bytes bytes = room<std::uint8_t>(length);
    call(yuma_encode_outcome, &written, bytes.data(), bytes.size(), &outcome, n, input_digest.data());
    if (written != length) {
        throw std::runtime_error("the outcome has not the length it was said to have");
    }
    return bytes;
}

/// Runs the epoch that an input means.
void run(const DecodedInput& input, Outcome& outcome) {
    if (input.null_budgets) {
        const Memory memory(yuma_null_epoch_workspace_size(input.subnet.n));
        call(yuma_null_epoch, &outcome.c, &input.params, &input.subnet, &*input.null_budgets, memory.begin(), memory.size());
    } else {
        std::size_t size = 0;
        call(yuma_epoch_workspace_size, &size, &input.subnet);
        const Memory memory(size);
        call(yuma_epoch, &outcome.c, &input.params, &input.subnet, memory.begin(), memory.size());
    }
}

/// A Null epoch's budgets, if all three are there.
std::optional<yuma_null_budgets> read_budgets(const Reader& input) {
    std::optional<std::uint64_t> amounts[3];
    const char* const names[3] = {"mining_budget", "dividend_budget", "fallback_budget"};
    for (std::size_t index = 0; index < 3; ++index) {
        if (input.has(names[index])) {
            amounts[index] = input[names[index]].maybe_decimal<std::uint64_t>();
        }
        if (!amounts[index]) {
            return std::nullopt;
        }
    }
    return yuma_null_budgets{*amounts[0], *amounts[1], *amounts[2]};
}

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::runtime_error(what);
    }
}

} // namespace

Json digest(std::uint32_t rules, const Reader& input) {
    const Tables tables(rules, input);
    const std::optional<yuma_null_budgets> budgets = read_budgets(input);
    const Bytes input_bytes = encoded_input(tables.params, tables.subnet, pointer(budgets));
    Digest input_digest;
    const Memory memory(yuma_input_workspace_size(tables.subnet.n));
    call(yuma_input_digest, input_digest.data(), &tables.params, &tables.subnet, pointer(budgets), memory.begin(),
         memory.size());

    // From here on everything is computed from bytes that were received.
    const DecodedInput received(input_bytes);
    require(received.digest == input_digest, "an input's digest is another one after decoding");
    Outcome outcome(received.subnet);
    run(received, outcome);
    Digest outcome_digest;
    call(yuma_outcome_digest, outcome_digest.data(), &outcome.c, received.subnet.n, received.digest.data());

    const Bytes sent = encoded_outcome(outcome.c, received.subnet.n, received.digest);
    const DecodedOutcome again(sent);
    require(again.digest == outcome_digest, "an outcome's digest is another one after decoding");
    require(again.input_digest == input_digest, "an outcome's input has another digest after decoding");
    const Bytes outcome_bytes = encoded_outcome(again.outcome.c, again.n, again.input_digest);

    Json json;
    json["input_bytes"] = to_hex(input_bytes);
    json["input_digest"] = to_hex(input_digest);
    json["outcome_bytes"] = to_hex(outcome_bytes);
    json["outcome_digest"] = to_hex(outcome_digest);
    return json;
}

Json digest_error(std::uint32_t, const Reader& input) {
    const Bytes bytes = read_hex(input["bytes"]);
    const std::string& content = input["content"].text();
    try {
        if (content == "input") {
            DecodedInput{bytes};
        } else if (content == "outcome") {
            DecodedOutcome{bytes};
        } else {
            input["content"].fail("type", "neither input nor outcome");
        }
    } catch (const Refused& refused) {
        Json json;
        json["code"] = refused.code;
        json["field"] = refused.field;
        json["index"] = decimal_json(refused.error.index);
        json["limit"] = decimal_json(refused.error.limit);
        return json;
    }
    throw std::runtime_error("the bytes were accepted");
}

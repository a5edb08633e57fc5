// Kinds of submission.md.

#include <algorithm>
#include <array>

#include "calls.hpp"
#include "hex.hpp"
#include "kinds.hpp"

namespace {

/// The only subnet of a case besides root.
constexpr std::uint16_t NETUID = 1;

void read_account(std::uint8_t (&account)[32], const Reader& hex) {
    const std::vector<std::uint8_t> bytes = read_hex(hex);
    if (bytes.size() != sizeof account) {
        hex.fail("type", "not 32 bytes");
    }
    std::copy(bytes.begin(), bytes.end(), account);
}

} // namespace

Json weights_upscale(std::uint32_t, const Reader& input) {
    std::vector<std::uint16_t> max_upscaled = input["values"].numbers<std::uint16_t>();
    std::vector<std::uint16_t> sum_normalized = max_upscaled;
    call(yuma_max_upscale, max_upscaled.data(), max_upscaled.size());
    call(yuma_sum_normalize, sum_normalized.data(), sum_normalized.size());
    Json json;
    json["max_upscaled"] = numbers_json(max_upscaled);
    json["sum_normalized"] = numbers_json(sum_normalized);
    return json;
}

Json weights_max_limited(std::uint32_t, const Reader& input) {
    const std::vector<std::uint16_t> values = input["values"].numbers<std::uint16_t>();
    std::uint8_t within = 0;
    call(yuma_max_weight_within, &within, values.data(), values.size(), input["limit"].number<std::uint16_t>());
    Json json;
    json["within_limit"] = within != 0;
    return json;
}

Json weights_set(std::uint32_t, const Reader& input) {
    const std::vector<std::uint16_t> uids = input["uids"].numbers<std::uint16_t>();
    const std::vector<std::uint16_t> values = input["values"].numbers<std::uint16_t>();
    const std::vector<std::uint8_t> permits = input["validator_permit"].flags();
    const auto owner = input["owner_uid"].maybe_number<std::uint16_t>();
    const auto uid = input["uid"].number<std::uint16_t>();
    const auto mechanism_count = input["mechanism_count"].number<std::uint8_t>();

    yuma_weights_request request = started(yuma_weights_request_init);
    request.uids = uids.data();
    request.uid_count = uids.size();
    request.values = values.data();
    request.value_count = values.size();
    request.version_key = input["version_key"].decimal<std::uint64_t>();
    request.stake.alpha = input["alpha_stake"].decimal<std::uint64_t>();
    request.stake.root = input["root_stake"].decimal<std::uint64_t>();
    request.last_update = input["last_update"].decimal<std::uint64_t>();
    request.caller_uid = input["caller_registered"].flag() ? std::int32_t{uid} : YUMA_NONE;
    request.netuid = input["netuid"].number<std::uint16_t>();
    request.mecid = input["mecid"].number<std::uint8_t>();

    yuma_weights_subnet subnet = started(yuma_weights_subnet_init);
    subnet.mechanism_count = request.netuid == NETUID ? std::int32_t{mechanism_count} : YUMA_NONE;
    subnet.owner_uid = owner ? std::int32_t{*owner} : YUMA_NONE;
    subnet.validator_permit = permits.data();
    subnet.validator_permit_count = permits.size();
    subnet.tao_weight = input["tao_weight"].decimal<std::uint64_t>();
    subnet.stake_threshold = input["stake_threshold"].decimal<std::uint64_t>();
    subnet.network_version_key = input["network_version_key"].decimal<std::uint64_t>();
    subnet.rate_limit = input["rate_limit"].decimal<std::uint64_t>();
    subnet.current_block = input["current_block"].decimal<std::uint64_t>();
    subnet.n = input["n"].number<std::uint16_t>();
    subnet.min_allowed_weights = input["min_allowed_weights"].number<std::uint16_t>();
    subnet.commit_reveal_enabled = input["commit_reveal_enabled"].flag();

    std::vector<std::uint16_t> row = room<std::uint16_t>(values.size());
    yuma_weights_answer answer;
    call(yuma_validate_weights, &answer, row.data(), &request, &subnet);
    const bool accepted = answer.result == YUMA_SUBMISSION_ACCEPTED;
    Json json;
    json["result"] = yuma_submission_name(answer.result);
    json["weights"] = accepted ? json_count(row.size(), [&](std::size_t index) {
        return Json::array({uids.at(index), row[index]});
    })
                               : Json();
    json["last_update"] = decimal_json(answer.last_update);
    return json;
}

Json weights_commit_hash(std::uint32_t, const Reader& input) {
    const std::vector<std::uint16_t> uids = input["uids"].numbers<std::uint16_t>();
    const std::vector<std::uint16_t> values = input["values"].numbers<std::uint16_t>();
    const std::vector<std::uint16_t> salt = input["salt"].numbers<std::uint16_t>();
    yuma_weights_commit commit = started(yuma_weights_commit_init);
    read_account(commit.account, input["account"]);
    commit.uids = uids.data();
    commit.uid_count = uids.size();
    commit.values = values.data();
    commit.value_count = values.size();
    commit.salt = salt.data();
    commit.salt_count = salt.size();
    commit.version_key = input["version_key"].decimal<std::uint64_t>();
    commit.netuid = input["netuid"].number<std::uint16_t>();
    commit.mecid = input["mecid"].number<std::uint8_t>();

    // Asked for nothing first: the length is told all the same.
    std::size_t length = 0;
    yuma_error error;
    yuma_weights_commit_preimage(&length, nullptr, 0, &commit, &error);
    std::vector<std::uint8_t> preimage = room<std::uint8_t>(length);
    call(yuma_weights_commit_preimage, &length, preimage.data(), preimage.size(), &commit);
    std::array<std::uint8_t, 32> hash = {};
    call(yuma_weights_commit_hash, hash.data(), &commit);
    Json json;
    json["storage_index"] = yuma_mechanism_storage_index(commit.netuid, commit.mecid);
    json["preimage"] = to_hex(preimage);
    json["hash"] = to_hex(hash);
    return json;
}

// yuma.hpp beyond the epoch: every function of it is called once, and what it refuses is an exception.
#include <cstdio>
#include <cstring>
#include <yuma.hpp>

static int failures;

static void check(bool holds, int line) {
    if (holds) return;
    failures++;
    std::fprintf(stderr, "%s:%d\n", __FILE__, line);
}
#define HOLDS(condition) check(condition, __LINE__)

template <class Call>
static bool refuses(yuma_status status, const char *field, Call call) {
    try {
        call();
    } catch (const yuma::error &error) {
        return error.status() == status && error.field() == field && error.code() == yuma_status_string(status);
    }
    return false;
}

static void epochs() {
    const std::vector<yuma_i128> stake{yuma::stake_of(20), yuma::stake_of(10), {}};
    const std::vector<std::uint64_t> last_update(3, 990), registration(3, 0);
    const std::vector<std::uint8_t> permit{1, 1, 0};
    const std::vector<std::uint32_t> offsets{0, 2, 2, 2};
    const std::vector<std::uint16_t> columns{1, 2}, weights{1, 3}, consensus{0, 1, 2};
    const std::vector<std::uint64_t> commits(3, UINT64_MAX);
    yuma::epoch_params params;
    yuma::epoch_subnet subnet(3);
    subnet.set_stake(stake).set_last_update(last_update).set_block_at_registration(registration);
    subnet.set_validator_permit(permit).set_commit_block(commits).set_previous_consensus(consensus);
    subnet.current_block = 1000;
    subnet.rao_emission = 1001;
    subnet.weights = yuma::rows(offsets, columns, weights);

    yuma::workspace memory;
    const auto first = yuma::epoch(params, subnet, memory);
    HOLDS(first.rules == 475 && first.emission.size() == 3 && first.bond_offsets.back() == first.bond_columns.size());
    // The bonds go into the next epoch as they come out of this one.
    subnet.bonds = yuma::rows(first.bond_offsets, first.bond_columns, first.bond_values);
    subnet.last_step_block = 1000;
    HOLDS(!yuma::epoch(params, subnet).bond_values.empty());

    const auto null = yuma::null_epoch(params, subnet, yuma_null_budgets_of_emission(1001), memory);
    HOLDS(null.server_emission == (std::vector<std::uint64_t>{0, 125, 376}));
    HOLDS(null.bond_values.empty());

    const std::vector<std::uint64_t> two(2);
    HOLDS(refuses(YUMA_STATUS_LENGTH, "last_update", [&] { subnet.set_last_update(two); }));
    HOLDS(refuses(YUMA_STATUS_ENTRIES, "rows", [&] { yuma::rows(offsets, columns, consensus); }));
    params.rules = YUMA_RULES_SUBTENSOR_425;
    HOLDS(refuses(YUMA_STATUS_NOT_IN_RULES, "null_epoch",
                  [&] { yuma::null_epoch(params, subnet, yuma_null_budgets_of_emission(1), memory); }));
}

static void digests() {
    const std::vector<yuma_i128> stake{yuma::stake_of(20), yuma::stake_of(10), {}};
    const std::vector<std::uint64_t> last_update(3, 990), registration(3, 0);
    const std::vector<std::uint8_t> permit{1, 1, 0};
    const std::vector<std::uint32_t> offsets{0, 2, 2, 2};
    const std::vector<std::uint16_t> columns{1, 2}, weights{1, 3};
    yuma::epoch_params params;
    yuma::epoch_subnet subnet(3);
    subnet.set_stake(stake).set_last_update(last_update).set_block_at_registration(registration);
    subnet.set_validator_permit(permit);
    subnet.current_block = 1000;
    subnet.rao_emission = 1001;
    subnet.weights = yuma::rows(offsets, columns, weights);

    yuma::workspace memory;
    const auto bytes = yuma::encode_input(params, subnet, {}, memory);
    // Moved, it still owns what it points to.
    auto decoded = yuma::decode_input(bytes, memory);
    const yuma::epoch_input input = std::move(decoded);
    HOLDS(input.digest == yuma::input_digest(params, subnet, {}, memory) && !input.null_budgets);
    HOLDS(input.params.rules == 475 && input.subnet.n == 3 && input.subnet.stake == input.stake.data());
    HOLDS(yuma::encode_input(input.params, input.subnet, input.null_budgets, memory) == bytes);

    const auto outcome = yuma::epoch(input.params, input.subnet, memory);
    HOLDS(outcome.emission == yuma::epoch(params, subnet, memory).emission);
    const auto sent = yuma::encode_outcome(outcome, input.digest);
    const auto received = yuma::decode_outcome(sent);
    HOLDS(received.input_digest == input.digest);
    HOLDS(received.digest == yuma::outcome_digest(outcome, input.digest));
    HOLDS(received.outcome.rules == 475 && received.outcome.emission == outcome.emission);
    HOLDS(received.outcome.bond_values == outcome.bond_values);

    const auto budgets = yuma_null_budgets_of_emission(1001);
    const auto null = yuma::decode_input(yuma::encode_input(params, subnet, budgets, memory), memory);
    HOLDS(null.null_budgets && null.null_budgets->mining == budgets.mining && null.digest != input.digest);

    auto wrong = bytes;
    wrong.pop_back();
    HOLDS(refuses(YUMA_STATUS_LENGTH, "bytes", [&] { yuma::decode_input(wrong, memory); }));
    wrong[4] = 2;
    HOLDS(refuses(YUMA_STATUS_NOT_CANONICAL, "version", [&] { yuma::decode_input(wrong, memory); }));
    HOLDS(refuses(YUMA_STATUS_NOT_CANONICAL, "content", [&] { yuma::decode_outcome(bytes); }));
    auto uneven = outcome;
    uneven.emission.pop_back();
    HOLDS(refuses(YUMA_STATUS_LENGTH, "emission", [&] { yuma::encode_outcome(uneven, input.digest); }));
    HOLDS(refuses(YUMA_STATUS_UNKNOWN_RULES, "rules", [&] {
        uneven = outcome;
        uneven.rules = YUMA_RULES_DEFAULT;
        yuma::outcome_digest(uneven, input.digest);
    }));
}

static void blocks() {
    HOLDS(yuma::halvings().front().reward == YUMA_FIRST_REWARD);
    HOLDS(yuma::next_halving(0)->threshold == YUMA_CAP / 2);
    HOLDS(!yuma::next_halving(YUMA_CAP));

    yuma::network network;
    std::vector<yuma_subnet_state> subnets{yuma::subnet_state(1)};
    std::vector<yuma_schedule_state> schedules{yuma::schedule_state()};
    subnets[0].has_first_emission_block = 1;
    subnets[0].first_emission_block = 1;
    subnets[0].pool_price.low = UINT64_C(1) << 63;
    subnets[0].moving_price.low = UINT64_C(1) << 31;
    yuma::workspace memory;
    const auto block = yuma::coinbase(100, network, subnets, schedules, {}, memory);
    HOLDS(block.block.minted == YUMA_FIRST_REWARD && block.subnets[0].creation.alpha_out == YUMA_FIRST_REWARD);
    HOLDS(subnets[0].pending.server == 410002288);  // half of what the owner's 18 % leave
    HOLDS(refuses(YUMA_STATUS_LENGTH, "schedules", [&] { yuma::coinbase(1, network, subnets, {}, {}, memory); }));
}

static void distributions() {
    std::vector<yuma_stake> stakes{{0, 0}, {1000000, 0}};
    std::vector<yuma_hotkey> hotkeys{yuma::hotkey(), yuma::hotkey()};
    hotkeys[0].owner = 1;
    hotkeys[1].owner = 2;
    hotkeys[1].has_members = 1;
    yuma::hotkey_table table;
    table.count = 2;
    table.stakes = stakes.data();
    table.hotkeys = hotkeys.data();
    const yuma_epoch_share rows[] = {{410, 0, 0}, {0, 410, 1}};
    yuma::drained_subnet subnet;
    subnet.drained = {410, 410, 0, 180};
    subnet.epoch = rows;
    subnet.epoch_count = 2;
    yuma::workspace memory;
    const auto done = yuma::distribute(table, subnet, memory);
    HOLDS(done.credits.size() == 3 && done.credits[0].amount == 410 && done.credits[1].amount == 73);
    HOLDS(done.credits[2].to_nominators == 1 && done.credits[2].amount == 336);
    HOLDS(done.sums.unassigned.low == 181 && done.hotkeys[1].total_alpha == 1000409);

    const std::vector<std::int32_t> uids{1, YUMA_NONE};
    const auto weights = yuma::stake_weights(table, YUMA_TAO_WEIGHT, uids, memory);
    HOLDS(weights[0].total.high == 1000000 && weights[1].total.high == 0);

    const std::vector<std::uint16_t> split{0, 32768}, none;
    HOLDS(yuma::split_emission(YUMA_RULES_DEFAULT, 11, 3) == (std::vector<std::uint64_t>{5, 3, 3}));
    HOLDS(yuma::split_emission(YUMA_RULES_SUBTENSOR_425, 99, 3, yuma::span<const std::uint16_t>(split)) ==
          (std::vector<std::uint64_t>{50, 49, 0}));
    // An empty list is a split that gives nobody anything; no list is an even one.
    HOLDS(yuma::split_emission(YUMA_RULES_SUBTENSOR_425, 99, 3, yuma::span<const std::uint16_t>(none))[0] == 99);
    const std::vector<yuma_u128> shares(3, yuma_u128{1, 0});
    HOLDS(yuma::apportion(shares, 10) == (std::vector<std::uint64_t>{3, 3, 4}));
}

static void submissions() {
    const std::vector<std::uint16_t> uids{2, 1}, values{10, 20};
    const std::vector<std::uint8_t> permit{1};
    yuma::weights_request request;
    yuma::weights_subnet subnet;
    request.netuid = 1;
    request.uids = uids.data();
    request.values = values.data();
    request.uid_count = request.value_count = 2;
    request.caller_uid = 0;
    subnet.n = 3;
    subnet.min_allowed_weights = 1;
    subnet.validator_permit = permit.data();
    subnet.validator_permit_count = 1;
    subnet.current_block = 5000;
    HOLDS(yuma::validate_weights(request, subnet).row == (std::vector<std::uint16_t>{32768, 65535}));
    request.caller_uid = YUMA_NONE;
    const auto answer = yuma::validate_weights(request, subnet);
    HOLDS(answer.result == YUMA_SUBMISSION_HOT_KEY_NOT_REGISTERED_IN_SUB_NET && answer.row.empty());

    const std::vector<std::uint16_t> one{1}, salt{2, 3};
    yuma::weights_commit commit;
    commit.uids = one.data();
    commit.uid_count = 1;
    commit.salt = salt.data();
    commit.salt_count = 2;
    const auto hash = yuma::weights_commit_hash(commit);
    HOLDS(hash[0] == 0x1c && hash[1] == 0xc0 && hash[2] == 0xa8 && hash[3] == 0x59);
}

int main() {
    epochs();
    digests();
    blocks();
    distributions();
    submissions();
    std::printf("yuma.hpp: %d failures\n", failures);
    return failures == 0 ? 0 : 1;
}

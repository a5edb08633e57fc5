/* Every function refuses bad input with the right status and the name of what is wrong, and never crashes. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yuma.h>

static int failures, checks;
static yuma_error error;

static void check(int line, const char *call, yuma_status status, yuma_status wanted, const char *field) {
    checks++;
    if (status == wanted && error.status == wanted && (field == NULL || strcmp(error.field, field) == 0)) return;
    failures++;
    fprintf(stderr, "%s:%d: %s\n  wanted %s of \"%s\", got %s (written: %s) of \"%s\" [%" PRIu64 "], limit %" PRIu64 "\n",
            __FILE__, line, call, yuma_status_string(wanted), field ? field : "anything", yuma_status_string(status),
            yuma_status_string(error.status), error.field, error.index, error.limit);
}

/* `call` ends with `&error`. */
#define IS(wanted, field, call) check(__LINE__, #call, call, wanted, field)
#define GOOD(call) IS(YUMA_STATUS_OK, "", call)
#define AT(position, bound)                                                                                   \
    do {                                                                                                      \
        checks++;                                                                                             \
        if (error.index != (position) || error.limit != (bound)) {                                            \
            failures++;                                                                                       \
            fprintf(stderr, "%s:%d: at [%" PRIu64 "], limit %" PRIu64 "\n", __FILE__, __LINE__, error.index, error.limit); \
        }                                                                                                     \
    } while (0)
#define EQUAL(a, b)                                                                  \
    do {                                                                             \
        checks++;                                                                    \
        if ((a) != (b)) {                                                            \
            failures++;                                                              \
            fprintf(stderr, "%s:%d: %s is not %s\n", __FILE__, __LINE__, #a, #b);    \
        }                                                                            \
    } while (0)

/* Memory for everything, and pointers into it that no type but a byte's is aligned to. */
static union {
    uint64_t aligned[1 << 16];
    unsigned char bytes[1 << 19];
} memory;
static union {
    uint64_t aligned[512];
    unsigned char bytes[4096];
} other;
#define WORKSPACE memory.bytes + 1, sizeof memory - 1
#define NO_WORKSPACE NULL, 0
#define ODD(type) ((type *)(void *)(other.bytes + 1))

/* --- status, rules ---------------------------------------------------------------------------------------------------- */
static void names(void) {
    EQUAL(strcmp(yuma_status_string(YUMA_STATUS_TOO_SMALL), "too_small"), 0);
    EQUAL(strcmp(yuma_status_string(YUMA_STATUS_NO_VALUE), "no_value"), 0);
    EQUAL(strcmp(yuma_status_string(YUMA_STATUS_NOT_CANONICAL), "not_canonical"), 0);
    EQUAL(strcmp(yuma_status_string(15), "unknown"), 0);
    EQUAL(strcmp(yuma_status_string(UINT32_MAX), "unknown"), 0);
    EQUAL(strcmp(yuma_submission_name(YUMA_SUBMISSION_MAX_WEIGHT_EXCEEDED), "MaxWeightExceeded"), 0);
    EQUAL(strcmp(yuma_submission_name(99), "unknown"), 0);
    EQUAL(strcmp(yuma_rules_id(YUMA_RULES_SUBTENSOR_425), "subtensor-425"), 0);
    EQUAL(strcmp(yuma_rules_id(YUMA_RULES_DEFAULT), "subtensor-475"), 0);
    EQUAL(yuma_rules_id(424) == NULL, 1);
    EQUAL(yuma_rules_spec_version(YUMA_RULES_DEFAULT), 475u);
    EQUAL(yuma_rules_spec_version(1), 0u);
    EQUAL(yuma_rules_first_block(YUMA_RULES_SUBTENSOR_475), 9233782u);
    EQUAL(yuma_rules_first_block(1), 0u);
    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", YUMA_VERSION_MAJOR, YUMA_VERSION_MINOR, YUMA_VERSION_PATCH);
    EQUAL(strcmp(version, yuma_version()), 0);
    /* Without an error, and with one that is not aligned, the status is all there is. */
    EQUAL(yuma_epoch_params_init(NULL, NULL), YUMA_STATUS_NULL);
    EQUAL(yuma_epoch_params_init(NULL, ODD(yuma_error)), YUMA_STATUS_NULL);
}

/* --- epoch ------------------------------------------------------------------------------------------------------------ */
static const yuma_i128 stake[] = {{0, 600}, {0, 400}, {0, 0}, {0, 0}};
static const uint64_t blocks[] = {990, 990, 990, 990}, zeros[64];
static const uint8_t flags[] = {1, 1, 0, 0}, no_flags[] = {1, 1, 2, 0};
static const uint32_t offsets[] = {0, 2, 3, 3, 3};
static const uint16_t columns[] = {2, 3, 2}, values[] = {65535, 32768, 65535};

static yuma_epoch_subnet valid_subnet(void) {
    yuma_epoch_subnet subnet;
    GOOD(yuma_epoch_subnet_init(&subnet, &error));
    subnet.n = 4;
    subnet.current_block = 1000;
    subnet.last_step_block = 640;
    subnet.rao_emission = 1000000000;
    subnet.stake = stake;
    subnet.last_update = blocks;
    subnet.block_at_registration = zeros;
    subnet.validator_permit = flags;
    subnet.weights.offsets = offsets;
    subnet.weights.offset_count = 5;
    subnet.weights.columns = columns;
    subnet.weights.values = values;
    subnet.weights.entries = 3;
    return subnet;
}

static void epoch(void) {
    yuma_epoch_params params, broken_params;
    const yuma_epoch_subnet subnet = valid_subnet();
    yuma_epoch_subnet broken;
    yuma_epoch_outcome outcome, wanted;
    IS(YUMA_STATUS_NULL, "params", yuma_epoch_params_init(NULL, &error));
    IS(YUMA_STATUS_ALIGNMENT, "params", yuma_epoch_params_init(ODD(yuma_epoch_params), &error));
    IS(YUMA_STATUS_NULL, "subnet", yuma_epoch_subnet_init(NULL, &error));
    IS(YUMA_STATUS_NULL, "outcome", yuma_epoch_outcome_init(NULL, &error));
    GOOD(yuma_epoch_params_init(&params, &error));
    GOOD(yuma_epoch_outcome_init(&outcome, &error));

    size_t size = 0, count = 0;
    GOOD(yuma_epoch_workspace_size(&size, &subnet, &error));
    IS(YUMA_STATUS_NULL, "size", yuma_epoch_workspace_size(NULL, &subnet, &error));
    IS(YUMA_STATUS_NULL, "subnet", yuma_epoch_workspace_size(&size, NULL, &error));
    GOOD(yuma_epoch_workspace_size(&size, &subnet, &error));
    GOOD(yuma_epoch_bonds_max(&count, &subnet, &error));
    EQUAL(count, 3u);
    IS(YUMA_STATUS_NULL, "count", yuma_epoch_bonds_max(NULL, &subnet, &error));
    IS(YUMA_STATUS_NULL, "subnet", yuma_epoch_bonds_max(&count, NULL, &error));
    broken = subnet;
    broken.size--;
    IS(YUMA_STATUS_SIZE, "subnet", yuma_epoch_bonds_max(&count, &broken, &error));
    AT(sizeof subnet - 1, sizeof subnet);
    IS(YUMA_STATUS_SIZE, "subnet", yuma_epoch_workspace_size(&size, &broken, &error));
    IS(YUMA_STATUS_SIZE, "subnet", yuma_epoch(&outcome, &params, &broken, WORKSPACE, &error));
    GOOD(yuma_epoch_workspace_size(&size, &subnet, &error));

    /* Exactly enough memory is enough at any alignment, and one byte less is not. */
    for (size_t shift = 0; shift < 32; shift++) {
        GOOD(yuma_epoch(&outcome, &params, &subnet, memory.bytes + shift, size, &error));
        IS(YUMA_STATUS_TOO_SMALL, "workspace", yuma_epoch(&outcome, &params, &subnet, memory.bytes + shift, size - 1, &error));
        AT(size - 1, size);
    }
    EQUAL(outcome.rules, 475u);
    IS(YUMA_STATUS_NULL, "outcome", yuma_epoch(NULL, &params, &subnet, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "params", yuma_epoch(&outcome, NULL, &subnet, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "subnet", yuma_epoch(&outcome, &params, NULL, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "workspace", yuma_epoch(&outcome, &params, &subnet, NULL, size, &error));
    IS(YUMA_STATUS_TOO_SMALL, "workspace", yuma_epoch(&outcome, &params, &subnet, NO_WORKSPACE, &error));
    IS(YUMA_STATUS_ALIGNMENT, "params", yuma_epoch(&outcome, ODD(yuma_epoch_params), &subnet, WORKSPACE, &error));
    IS(YUMA_STATUS_ALIGNMENT, "subnet", yuma_epoch(&outcome, &params, ODD(yuma_epoch_subnet), WORKSPACE, &error));
    IS(YUMA_STATUS_ALIGNMENT, "outcome", yuma_epoch(ODD(yuma_epoch_outcome), &params, &subnet, WORKSPACE, &error));

#define PARAMS(change, status, field)                                                            \
    do {                                                                                         \
        broken_params = params;                                                                  \
        broken_params.change;                                                                    \
        IS(status, field, yuma_epoch(&outcome, &broken_params, &subnet, WORKSPACE, &error));     \
    } while (0)
    PARAMS(size = 0, YUMA_STATUS_SIZE, "params");
    PARAMS(size = SIZE_MAX, YUMA_STATUS_SIZE, "params");
    PARAMS(rules = 426, YUMA_STATUS_UNKNOWN_RULES, "rules");
    AT(426u, 475u);
    PARAMS(consensus_mode = 3, YUMA_STATUS_RANGE, "consensus_mode");
    PARAMS(yuma3 = 2, YUMA_STATUS_FLAG, "yuma3");
    PARAMS(liquid_alpha = 255, YUMA_STATUS_FLAG, "liquid_alpha");
    PARAMS(commit_reveal = 2, YUMA_STATUS_FLAG, "commit_reveal");

#define SUBNET(change, status, field)                                                            \
    do {                                                                                         \
        broken = subnet;                                                                         \
        broken.change;                                                                           \
        IS(status, field, yuma_epoch(&outcome, &params, &broken, WORKSPACE, &error));            \
    } while (0)
    static const yuma_i128 negative[] = {{0, 600}, {0, 400}, {UINT64_MAX, UINT64_MAX}, {0, 0}};
    static const uint32_t falling[] = {0, 2, 1, 3, 3}, late[] = {1, 2, 3, 3, 3}, beyond[] = {0, 2, 3, 3, 4};
    SUBNET(stake = NULL, YUMA_STATUS_NULL, "stake");
    SUBNET(stake = ODD(yuma_i128), YUMA_STATUS_ALIGNMENT, "stake");
    SUBNET(stake = negative, YUMA_STATUS_NEGATIVE, "stake");
    AT(2u, 0u);
    SUBNET(last_update = NULL, YUMA_STATUS_NULL, "last_update");
    SUBNET(block_at_registration = NULL, YUMA_STATUS_NULL, "block_at_registration");
    SUBNET(validator_permit = NULL, YUMA_STATUS_NULL, "validator_permit");
    SUBNET(validator_permit = no_flags, YUMA_STATUS_FLAG, "validator_permit");
    AT(2u, 1u);
    SUBNET(commit_block = ODD(uint64_t), YUMA_STATUS_ALIGNMENT, "commit_block");
    SUBNET(owner_uid = -2, YUMA_STATUS_RANGE, "owner_uid");
    SUBNET(owner_uid = 65536, YUMA_STATUS_RANGE, "owner_uid");
    SUBNET(owner_uid = 65535, YUMA_STATUS_OK, "");
    SUBNET(has_last_yuma_step_block = 2, YUMA_STATUS_FLAG, "has_last_yuma_step_block");
    SUBNET(previous_consensus_count = 1, YUMA_STATUS_NULL, "previous_consensus");
    SUBNET(weights.offsets = NULL, YUMA_STATUS_NULL, "weights");
    SUBNET(weights.offsets = falling, YUMA_STATUS_OFFSETS, "weights");
    AT(2u, 2u);
    SUBNET(weights.offsets = late, YUMA_STATUS_OFFSETS, "weights");
    SUBNET(weights.offsets = beyond, YUMA_STATUS_OFFSETS, "weights");
    SUBNET(weights.offset_count = 4, YUMA_STATUS_LENGTH, "weights");
    SUBNET(weights.offset_count = SIZE_MAX, YUMA_STATUS_RANGE, "weights");
    SUBNET(weights.columns = NULL, YUMA_STATUS_NULL, "weights");
    SUBNET(weights.columns = ODD(uint16_t), YUMA_STATUS_ALIGNMENT, "weights");
    SUBNET(weights.values = NULL, YUMA_STATUS_NULL, "weights");
    SUBNET(weights.entries = 2, YUMA_STATUS_OFFSETS, "weights");
    SUBNET(weights.entries = SIZE_MAX, YUMA_STATUS_RANGE, "weights");
    SUBNET(bonds.entries = 1, YUMA_STATUS_NULL, "bonds");
    SUBNET(bonds = subnet.weights, YUMA_STATUS_OK, "");
    SUBNET(weights.offset_count = 0, YUMA_STATUS_OFFSETS, "weights");
    broken = subnet;
    broken.weights.offsets = falling;
    IS(YUMA_STATUS_OFFSETS, "weights", yuma_epoch_workspace_size(&size, &broken, &error));

    /* Results: what is not aligned is refused, what has no room is counted. */
    uint32_t ends[5];
    uint16_t columns_of_bonds[3], bonds[3];
    int64_t raw_bonds[3];
    wanted = outcome;
    wanted.size = 8;
    IS(YUMA_STATUS_SIZE, "outcome", yuma_epoch(&wanted, &params, &subnet, WORKSPACE, &error));
    wanted = outcome;
    wanted.incentive = ODD(uint16_t);
    IS(YUMA_STATUS_ALIGNMENT, "incentive", yuma_epoch(&wanted, &params, &subnet, WORKSPACE, &error));
    wanted = outcome;
    wanted.bond_offsets = ends;
    wanted.bond_columns = columns_of_bonds;
    wanted.bond_values = bonds;
    wanted.bond_capacity = 2;
    IS(YUMA_STATUS_TOO_SMALL, "bond_columns", yuma_epoch(&wanted, &params, &subnet, WORKSPACE, &error));
    AT(2u, 3u);
    EQUAL(wanted.bond_count, 3u);
    wanted.bond_capacity = 3;
    GOOD(yuma_epoch(&wanted, &params, &subnet, WORKSPACE, &error));
    EQUAL(ends[4], 3u);
    wanted.bond_values = NULL;
    IS(YUMA_STATUS_NULL, "bond_values", yuma_epoch(&wanted, &params, &subnet, WORKSPACE, &error));
    wanted = outcome;
    wanted.raw_bond_offsets = ends;
    wanted.raw_bond_columns = columns_of_bonds;
    wanted.raw_bond_values = raw_bonds;
    wanted.raw_bond_capacity = 2;
    IS(YUMA_STATUS_TOO_SMALL, "raw_bond_columns", yuma_epoch(&wanted, &params, &subnet, WORKSPACE, &error));
    wanted.raw_bond_capacity = 3;
    GOOD(yuma_epoch(&wanted, &params, &subnet, WORKSPACE, &error));

    const yuma_null_budgets budgets = yuma_null_budgets_of_emission(1001);
    EQUAL(budgets.mining, 501u);
    broken = subnet;
    broken.validator_permit = NULL;
    size = yuma_null_epoch_workspace_size(4);
    GOOD(yuma_null_epoch(&outcome, &params, &broken, &budgets, memory.bytes + 3, size, &error));
    IS(YUMA_STATUS_TOO_SMALL, "workspace", yuma_null_epoch(&outcome, &params, &broken, &budgets, memory.bytes, size - 1, &error));
    IS(YUMA_STATUS_NULL, "budgets", yuma_null_epoch(&outcome, &params, &broken, NULL, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "outcome", yuma_null_epoch(NULL, &params, &broken, &budgets, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "params", yuma_null_epoch(&outcome, NULL, &broken, &budgets, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "subnet", yuma_null_epoch(&outcome, &params, NULL, &budgets, WORKSPACE, &error));
    broken.stake = negative;
    IS(YUMA_STATUS_NEGATIVE, "stake", yuma_null_epoch(&outcome, &params, &broken, &budgets, WORKSPACE, &error));
    broken_params = params;
    broken_params.rules = YUMA_RULES_SUBTENSOR_425;
    IS(YUMA_STATUS_NOT_IN_RULES, "null_epoch", yuma_null_epoch(&outcome, &broken_params, &subnet, &budgets, WORKSPACE, &error));
    AT(425u, 475u);

    uint64_t payouts[2];
    const yuma_u128 shares[] = {{1, 0}, {UINT64_MAX, UINT64_MAX}};
    GOOD(yuma_apportion(payouts, shares, 2, 10, &error));
    GOOD(yuma_apportion(NULL, NULL, 0, 10, &error));
    IS(YUMA_STATUS_NULL, "payouts", yuma_apportion(NULL, shares, 2, 10, &error));
    IS(YUMA_STATUS_NULL, "shares", yuma_apportion(payouts, NULL, 2, 10, &error));
    IS(YUMA_STATUS_ALIGNMENT, "shares", yuma_apportion(payouts, ODD(yuma_u128), 2, 10, &error));
    IS(YUMA_STATUS_RANGE, "payouts", yuma_apportion(payouts, shares, SIZE_MAX / 4, 10, &error));
}

/* --- digest ----------------------------------------------------------------------------------------------------------- */
static void digest_of_input(void) {
    yuma_epoch_params params, broken_params;
    const yuma_epoch_subnet subnet = valid_subnet();
    yuma_epoch_subnet broken;
    const yuma_null_budgets budgets = yuma_null_budgets_of_emission(1001);
    static const yuma_i128 negative[] = {{0, 600}, {0, 400}, {UINT64_MAX, UINT64_MAX}, {0, 0}};
    static const uint32_t falling[] = {0, 2, 1, 3, 3};
    uint8_t bytes[512], digest[32], null_digest[32];
    size_t length = 0, null_length = 0;
    GOOD(yuma_epoch_params_init(&params, &error));

    /* Exactly enough memory is enough at any alignment, and an epoch's is always enough. */
    const size_t size = yuma_input_workspace_size(4);
    EQUAL(size <= yuma_null_epoch_workspace_size(4), 1);
    for (size_t shift = 0; shift < 32; shift++) {
        GOOD(yuma_input_length(&length, &params, &subnet, NULL, memory.bytes + shift, size, &error));
        IS(YUMA_STATUS_TOO_SMALL, "workspace",
           yuma_input_length(&length, &params, &subnet, NULL, memory.bytes + shift, size - 1, &error));
        AT(size - 1, size);
    }
    GOOD(yuma_input_length(&length, &params, &subnet, NULL, WORKSPACE, &error));
    EQUAL(length, 97u + 4 * 49 + 3 * 4);
    GOOD(yuma_input_length(&null_length, &params, &subnet, &budgets, WORKSPACE, &error));
    EQUAL(null_length, length + 24);
    const size_t needed = length;

#define ENCODE(status, field, p, s, b, memory_and_size)                                                              \
    do {                                                                                                             \
        IS(status, field, yuma_input_length(&length, p, s, b, memory_and_size, &error));                             \
        IS(status, field, yuma_input_digest(digest, p, s, b, memory_and_size, &error));                              \
        IS(status, field, yuma_encode_input(&length, bytes, sizeof bytes, p, s, b, memory_and_size, &error));        \
    } while (0)
    ENCODE(YUMA_STATUS_OK, "", &params, &subnet, NULL, WORKSPACE);
    ENCODE(YUMA_STATUS_NULL, "params", NULL, &subnet, NULL, WORKSPACE);
    ENCODE(YUMA_STATUS_NULL, "subnet", &params, NULL, NULL, WORKSPACE);
    ENCODE(YUMA_STATUS_ALIGNMENT, "null_budgets", &params, &subnet, ODD(yuma_null_budgets), WORKSPACE);
    ENCODE(YUMA_STATUS_TOO_SMALL, "workspace", &params, &subnet, NULL, NO_WORKSPACE);
    IS(YUMA_STATUS_NULL, "workspace", yuma_input_digest(digest, &params, &subnet, NULL, NULL, size, &error));
    IS(YUMA_STATUS_NULL, "length", yuma_input_length(NULL, &params, &subnet, NULL, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "digest", yuma_input_digest(NULL, &params, &subnet, NULL, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "length", yuma_encode_input(NULL, bytes, sizeof bytes, &params, &subnet, NULL, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "bytes", yuma_encode_input(&length, NULL, needed, &params, &subnet, NULL, WORKSPACE, &error));
    IS(YUMA_STATUS_TOO_SMALL, "bytes", yuma_encode_input(&length, NULL, 0, &params, &subnet, NULL, WORKSPACE, &error));
    EQUAL(length, needed);
    IS(YUMA_STATUS_TOO_SMALL, "bytes", yuma_encode_input(&length, bytes, needed - 1, &params, &subnet, NULL, WORKSPACE, &error));
    AT(needed - 1, needed);
    GOOD(yuma_encode_input(&length, bytes, needed, &params, &subnet, NULL, WORKSPACE, &error));

    broken_params = params;
    broken_params.size++;
    ENCODE(YUMA_STATUS_SIZE, "params", &broken_params, &subnet, NULL, WORKSPACE);
    broken_params = params;
    broken_params.rules = 426;
    ENCODE(YUMA_STATUS_UNKNOWN_RULES, "rules", &broken_params, &subnet, NULL, WORKSPACE);
    broken_params.rules = YUMA_RULES_SUBTENSOR_425;
    ENCODE(YUMA_STATUS_NOT_IN_RULES, "null_budgets", &broken_params, &subnet, &budgets, WORKSPACE);
    AT(425u, 475u);
    broken_params = params;
    broken_params.consensus_mode = 3;
    ENCODE(YUMA_STATUS_RANGE, "consensus_mode", &broken_params, &subnet, NULL, WORKSPACE);
#define INPUT(change, status, field)                                                             \
    do {                                                                                         \
        broken = subnet;                                                                         \
        broken.change;                                                                           \
        ENCODE(status, field, &params, &broken, NULL, WORKSPACE);                                \
    } while (0)
    INPUT(size = 0, YUMA_STATUS_SIZE, "subnet");
    INPUT(stake = NULL, YUMA_STATUS_NULL, "stake");
    INPUT(stake = negative, YUMA_STATUS_NEGATIVE, "stake");
    AT(2u, 0u);
    INPUT(last_update = ODD(uint64_t), YUMA_STATUS_ALIGNMENT, "last_update");
    INPUT(block_at_registration = NULL, YUMA_STATUS_NULL, "block_at_registration");
    INPUT(validator_permit = NULL, YUMA_STATUS_NULL, "validator_permit");
    INPUT(validator_permit = no_flags, YUMA_STATUS_FLAG, "validator_permit");
    AT(2u, 1u);
    INPUT(owner_uid = -2, YUMA_STATUS_RANGE, "owner_uid");
    INPUT(has_last_yuma_step_block = 2, YUMA_STATUS_FLAG, "has_last_yuma_step_block");
    INPUT(previous_consensus_count = 1, YUMA_STATUS_NULL, "previous_consensus");
    INPUT(weights.offsets = falling, YUMA_STATUS_OFFSETS, "weights");
    AT(2u, 2u);
    INPUT(weights.offset_count = 4, YUMA_STATUS_LENGTH, "weights");
    INPUT(bonds.entries = 1, YUMA_STATUS_NULL, "bonds");
    /* Permits that a Null epoch is not given are as if nobody had one. */
    broken = subnet;
    broken.validator_permit = NULL;
    GOOD(yuma_input_digest(null_digest, &params, &broken, &budgets, WORKSPACE, &error));
    broken.validator_permit = (const uint8_t *)zeros;
    GOOD(yuma_input_digest(digest, &params, &broken, &budgets, WORKSPACE, &error));
    EQUAL(memcmp(digest, null_digest, sizeof digest), 0);

    /* And back. */
    yuma_input_counts counts;
    GOOD(yuma_input_sizes(&counts, bytes, needed, &error));
    EQUAL(counts.n, 4);
    EQUAL(counts.weights, 3u);
    IS(YUMA_STATUS_NULL, "counts", yuma_input_sizes(NULL, bytes, needed, &error));
    IS(YUMA_STATUS_NULL, "bytes", yuma_input_sizes(&counts, NULL, needed, &error));
    IS(YUMA_STATUS_RANGE, "bytes", yuma_input_sizes(&counts, bytes, SIZE_MAX, &error));
    IS(YUMA_STATUS_LENGTH, "bytes", yuma_input_sizes(&counts, NULL, 0, &error));
    IS(YUMA_STATUS_LENGTH, "bytes", yuma_input_sizes(&counts, bytes, needed - 1, &error));
    AT(needed - 1, needed);

    yuma_epoch_params decoded_params;
    yuma_epoch_subnet decoded;
    yuma_null_budgets decoded_budgets;
    yuma_i128 decoded_stake[4];
    uint64_t last_update[4], registration[4], commits[4];
    uint8_t permit[4], has_budgets, decoded_digest[32], again[512];
    uint32_t weight_offsets[5], bond_offsets[5];
    uint16_t weight_columns[3], weight_values[3], consensus[1];
    yuma_input_buffers buffers, few;
    IS(YUMA_STATUS_NULL, "buffers", yuma_input_buffers_init(NULL, &error));
    GOOD(yuma_input_buffers_init(&buffers, &error));
    GOOD(yuma_epoch_params_init(&decoded_params, &error));
    GOOD(yuma_epoch_subnet_init(&decoded, &error));
    buffers.room.n = 4;
    buffers.room.weights = 3;
    buffers.stake = decoded_stake;
    buffers.last_update = last_update;
    buffers.block_at_registration = registration;
    buffers.validator_permit = permit;
    buffers.commit_block = commits;
    buffers.weights.offsets = weight_offsets;
    buffers.weights.columns = weight_columns;
    buffers.weights.values = weight_values;
    buffers.bonds.offsets = bond_offsets;

#define INTO &decoded_params, &decoded, &has_budgets, &decoded_budgets, decoded_digest
#define FROM(status, field, bu, by, le) \
    IS(status, field, yuma_decode_input(INTO, bu, by, le, WORKSPACE, &error))
    FROM(YUMA_STATUS_OK, "", &buffers, bytes, needed);
    EQUAL(has_budgets, 0);
    EQUAL(decoded_params.rules, 475u);
    EQUAL(decoded.stake[0].high, 600u);
    EQUAL(decoded.commit_block[3], UINT64_MAX);
    EQUAL(decoded.bonds.offset_count, 5u);
    GOOD(yuma_input_digest(digest, &params, &subnet, NULL, WORKSPACE, &error));
    EQUAL(memcmp(digest, decoded_digest, sizeof digest), 0);
    GOOD(yuma_encode_input(&length, again, sizeof again, &decoded_params, &decoded, NULL, WORKSPACE, &error));
    EQUAL(length == needed && memcmp(bytes, again, needed) == 0, 1);
    IS(YUMA_STATUS_TOO_SMALL, "workspace", yuma_decode_input(INTO, &buffers, bytes, needed, memory.bytes, size - 1, &error));
    GOOD(yuma_decode_input(INTO, &buffers, bytes, needed, memory.bytes + 5, size, &error));
#define WITHOUT(field, p, s, h, b, d) \
    IS(YUMA_STATUS_NULL, field, yuma_decode_input(p, s, h, b, d, &buffers, bytes, needed, WORKSPACE, &error))
    WITHOUT("params", NULL, &decoded, &has_budgets, &decoded_budgets, digest);
    WITHOUT("subnet", &decoded_params, NULL, &has_budgets, &decoded_budgets, digest);
    WITHOUT("has_null_budgets", &decoded_params, &decoded, NULL, &decoded_budgets, digest);
    WITHOUT("null_budgets", &decoded_params, &decoded, &has_budgets, NULL, digest);
    WITHOUT("digest", &decoded_params, &decoded, &has_budgets, &decoded_budgets, NULL);
    FROM(YUMA_STATUS_NULL, "buffers", NULL, bytes, needed);
    FROM(YUMA_STATUS_NULL, "bytes", &buffers, NULL, needed);
    FROM(YUMA_STATUS_LENGTH, "bytes", &buffers, NULL, 0);
    FROM(YUMA_STATUS_LENGTH, "bytes", &buffers, bytes, needed + 1);
    AT(needed + 1, needed);
    decoded.size--;
    FROM(YUMA_STATUS_SIZE, "subnet", &buffers, bytes, needed);
    decoded.size++;
    decoded_params.size = 0;
    FROM(YUMA_STATUS_SIZE, "params", &buffers, bytes, needed);
    decoded_params.size = sizeof decoded_params;
    /* Bytes that are cut anywhere, and bytes of which any single one is another, give a status and nothing worse. */
    for (size_t cut = 0; cut < needed; cut++) {
        uint8_t *copy = malloc(cut == 0 ? 1 : cut);
        memcpy(copy, bytes, cut);
        FROM(YUMA_STATUS_LENGTH, "bytes", &buffers, copy, cut);
        free(copy);
    }
    for (size_t place = 0; place < needed; place++) {
        memcpy(again, bytes, needed);
        again[place] ^= 0xff;
        yuma_decode_input(INTO, &buffers, again, needed, WORKSPACE, &error);
        checks++;
    }
#define CHANGED(place, value, status, field)                                                                \
    do {                                                                                                    \
        memcpy(again, bytes, needed);                                                                       \
        again[place] = value;                                                                               \
        FROM(status, field, &buffers, again, needed);                                                       \
    } while (0)
    CHANGED(0, 'Y', YUMA_STATUS_NOT_CANONICAL, "magic");
    AT(0u, (uint64_t)'y');
    CHANGED(4, 2, YUMA_STATUS_NOT_CANONICAL, "version");
    CHANGED(5, 2, YUMA_STATUS_NOT_CANONICAL, "content");
    CHANGED(6, 0, YUMA_STATUS_UNKNOWN_RULES, "rules");
    CHANGED(22, 2, YUMA_STATUS_NOT_CANONICAL, "mode");
    AT(22u, 1u);
    CHANGED(97 + 2 * 16 + 15, 0x80, YUMA_STATUS_NEGATIVE, "stake");
    AT(2u, 0u);
    CHANGED(97 + 4 * 32 + 1, 2, YUMA_STATUS_NOT_CANONICAL, "validator_permit");

#define ROOM(change, status, field)                                                                         \
    do {                                                                                                    \
        few = buffers;                                                                                      \
        few.change;                                                                                         \
        FROM(status, field, &few, bytes, needed);                                                           \
    } while (0)
    ROOM(size = 0, YUMA_STATUS_SIZE, "buffers");
    ROOM(room.n = 3, YUMA_STATUS_TOO_SMALL, "stake");
    AT(3u, 4u);
    ROOM(room.weights = 2, YUMA_STATUS_TOO_SMALL, "weights");
    AT(2u, 3u);
    ROOM(room.bonds = 9, YUMA_STATUS_OK, "");
    ROOM(stake = NULL, YUMA_STATUS_NULL, "stake");
    ROOM(last_update = NULL, YUMA_STATUS_NULL, "last_update");
    ROOM(block_at_registration = ODD(uint64_t), YUMA_STATUS_ALIGNMENT, "block_at_registration");
    ROOM(validator_permit = NULL, YUMA_STATUS_NULL, "validator_permit");
    ROOM(commit_block = NULL, YUMA_STATUS_NULL, "commit_block");
    ROOM(weights.offsets = NULL, YUMA_STATUS_NULL, "weights");
    ROOM(weights.columns = NULL, YUMA_STATUS_NULL, "weights");
    ROOM(weights.values = NULL, YUMA_STATUS_NULL, "weights");
    ROOM(bonds.offsets = NULL, YUMA_STATUS_NULL, "bonds");
    broken = subnet;
    broken.previous_consensus = values;
    broken.previous_consensus_count = 3;
    GOOD(yuma_encode_input(&length, again, sizeof again, &params, &broken, &budgets, WORKSPACE, &error));
    few = buffers;
    few.room.previous_consensus = 1;
    few.previous_consensus = consensus;
    FROM(YUMA_STATUS_TOO_SMALL, "previous_consensus", &few, again, length);
    AT(1u, 3u);
    broken.previous_consensus_count = 1;
    GOOD(yuma_encode_input(&length, again, sizeof again, &params, &broken, &budgets, WORKSPACE, &error));
    FROM(YUMA_STATUS_OK, "", &few, again, length);
    EQUAL(has_budgets, 1);
    EQUAL(decoded_budgets.mining, 501u);
    few.previous_consensus = NULL;
    FROM(YUMA_STATUS_NULL, "previous_consensus", &few, again, length);
    few.previous_consensus = consensus;
    again[6] = 425 & 255;
    FROM(YUMA_STATUS_NOT_IN_RULES, "null_budgets", &few, again, length);
}

static void digest_of_outcome(void) {
    yuma_epoch_params params;
    const yuma_epoch_subnet subnet = valid_subnet();
    uint8_t active[4], permit[4], input_digest[32], digest[32], other_digest[32], bytes[512], again[512];
    uint16_t shares[5][4], n, bond_columns[3], bond_values[3];
    uint64_t amounts[3][4];
    uint32_t bond_offsets[5];
    size_t length = 0, count = 0;
    yuma_epoch_outcome outcome, broken;
    memset(input_digest, 7, sizeof input_digest);
    GOOD(yuma_epoch_params_init(&params, &error));
    GOOD(yuma_epoch_outcome_init(&outcome, &error));
    outcome.active = active;
    outcome.validator_permit = permit;
    outcome.stake_weight = shares[0];
    outcome.consensus = shares[1];
    outcome.incentive = shares[2];
    outcome.dividends = shares[3];
    outcome.validator_trust = shares[4];
    outcome.server_emission = amounts[0];
    outcome.validator_emission = amounts[1];
    outcome.emission = amounts[2];
    outcome.bond_offsets = bond_offsets;
    outcome.bond_columns = bond_columns;
    outcome.bond_values = bond_values;
    outcome.bond_capacity = 3;
    /* No epoch has written into it. */
    IS(YUMA_STATUS_UNKNOWN_RULES, "rules", yuma_outcome_digest(digest, &outcome, 4, input_digest, &error));
    AT(0u, 475u);
    GOOD(yuma_epoch(&outcome, &params, &subnet, WORKSPACE, &error));

#define SEND(status, field, o)                                                                              \
    do {                                                                                                    \
        IS(status, field, yuma_outcome_length(&length, o, 4, &error));                                      \
        IS(status, field, yuma_outcome_digest(digest, o, 4, input_digest, &error));                         \
        IS(status, field, yuma_encode_outcome(&length, bytes, sizeof bytes, o, 4, input_digest, &error));   \
    } while (0)
    SEND(YUMA_STATUS_OK, "", &outcome);
    EQUAL(length, 48u + 4 * 40 + 3 * 4);
    const size_t needed = length;
    SEND(YUMA_STATUS_NULL, "outcome", NULL);
    SEND(YUMA_STATUS_ALIGNMENT, "outcome", ODD(yuma_epoch_outcome));
    IS(YUMA_STATUS_NULL, "length", yuma_outcome_length(NULL, &outcome, 4, &error));
    IS(YUMA_STATUS_NULL, "digest", yuma_outcome_digest(NULL, &outcome, 4, input_digest, &error));
    IS(YUMA_STATUS_NULL, "input_digest", yuma_outcome_digest(digest, &outcome, 4, NULL, &error));
    IS(YUMA_STATUS_NULL, "length", yuma_encode_outcome(NULL, bytes, needed, &outcome, 4, input_digest, &error));
    IS(YUMA_STATUS_NULL, "bytes", yuma_encode_outcome(&length, NULL, needed, &outcome, 4, input_digest, &error));
    IS(YUMA_STATUS_NULL, "input_digest", yuma_encode_outcome(&length, bytes, needed, &outcome, 4, NULL, &error));
    IS(YUMA_STATUS_TOO_SMALL, "bytes", yuma_encode_outcome(&length, NULL, 0, &outcome, 4, input_digest, &error));
    EQUAL(length, needed);
    IS(YUMA_STATUS_TOO_SMALL, "bytes", yuma_encode_outcome(&length, bytes, needed - 1, &outcome, 4, input_digest, &error));
    AT(needed - 1, needed);
#define SENT(change, status, field)                                                                         \
    do {                                                                                                    \
        broken = outcome;                                                                                   \
        broken.change;                                                                                      \
        SEND(status, field, &broken);                                                                       \
    } while (0)
    SENT(size = 0, YUMA_STATUS_SIZE, "outcome");
    SENT(rules = 424, YUMA_STATUS_UNKNOWN_RULES, "rules");
    SENT(active = NULL, YUMA_STATUS_NULL, "active");
    SENT(validator_permit = (uint8_t *)(uintptr_t)no_flags, YUMA_STATUS_FLAG, "validator_permit");
    AT(2u, 1u);
    SENT(stake_weight = NULL, YUMA_STATUS_NULL, "stake_weight");
    SENT(consensus = NULL, YUMA_STATUS_NULL, "consensus");
    SENT(incentive = NULL, YUMA_STATUS_NULL, "incentive");
    SENT(dividends = ODD(uint16_t), YUMA_STATUS_ALIGNMENT, "dividends");
    SENT(validator_trust = NULL, YUMA_STATUS_NULL, "validator_trust");
    SENT(server_emission = NULL, YUMA_STATUS_NULL, "server_emission");
    SENT(validator_emission = NULL, YUMA_STATUS_NULL, "validator_emission");
    SENT(emission = NULL, YUMA_STATUS_NULL, "emission");
    SENT(bond_offsets = NULL, YUMA_STATUS_NULL, "bond_offsets");
    SENT(bond_columns = NULL, YUMA_STATUS_NULL, "bond_columns");
    SENT(bond_values = NULL, YUMA_STATUS_NULL, "bond_values");
    SENT(bond_count = 2, YUMA_STATUS_OFFSETS, "bond_offsets");
    SENT(bond_count = SIZE_MAX, YUMA_STATUS_RANGE, "bond_columns");
    GOOD(yuma_encode_outcome(&length, bytes, needed, &outcome, 4, input_digest, &error));
    GOOD(yuma_outcome_digest(digest, &outcome, 4, input_digest, &error));

    GOOD(yuma_outcome_sizes(&n, &count, bytes, needed, &error));
    EQUAL(n, 4);
    EQUAL(count, 3u);
    IS(YUMA_STATUS_NULL, "n", yuma_outcome_sizes(NULL, &count, bytes, needed, &error));
    IS(YUMA_STATUS_NULL, "bond_count", yuma_outcome_sizes(&n, NULL, bytes, needed, &error));
    IS(YUMA_STATUS_NULL, "bytes", yuma_outcome_sizes(&n, &count, NULL, needed, &error));
    IS(YUMA_STATUS_LENGTH, "bytes", yuma_outcome_sizes(&n, &count, bytes, needed - 1, &error));
    AT(needed - 1, needed);

#define RECEIVE(status, field, o, capacity, by, le) \
    IS(status, field, yuma_decode_outcome(o, capacity, &n, input_digest, other_digest, by, le, &error))
    memset(input_digest, 0, sizeof input_digest);
    RECEIVE(YUMA_STATUS_OK, "", &outcome, 4, bytes, needed);
    EQUAL(input_digest[31], 7);
    EQUAL(memcmp(digest, other_digest, sizeof digest), 0);
    EQUAL(outcome.rules, 475u);
    RECEIVE(YUMA_STATUS_OK, "", &outcome, 4, bytes, needed);
    RECEIVE(YUMA_STATUS_NULL, "outcome", NULL, 4, bytes, needed);
    RECEIVE(YUMA_STATUS_NULL, "bytes", &outcome, 4, NULL, needed);
    RECEIVE(YUMA_STATUS_LENGTH, "bytes", &outcome, 4, bytes, needed + 1);
    RECEIVE(YUMA_STATUS_TOO_SMALL, "active", &outcome, 3, bytes, needed);
    AT(3u, 4u);
    EQUAL(n, 4);
    IS(YUMA_STATUS_NULL, "n", yuma_decode_outcome(&outcome, 4, NULL, input_digest, digest, bytes, needed, &error));
    IS(YUMA_STATUS_NULL, "input_digest", yuma_decode_outcome(&outcome, 4, &n, NULL, digest, bytes, needed, &error));
    IS(YUMA_STATUS_NULL, "digest", yuma_decode_outcome(&outcome, 4, &n, input_digest, NULL, bytes, needed, &error));
#define RECEIVED(change, status, field)                                                                     \
    do {                                                                                                    \
        broken = outcome;                                                                                   \
        broken.change;                                                                                      \
        RECEIVE(status, field, &broken, 4, bytes, needed);                                                  \
    } while (0)
    RECEIVED(size = 0, YUMA_STATUS_SIZE, "outcome");
    RECEIVED(bond_capacity = 2, YUMA_STATUS_TOO_SMALL, "bond_columns");
    AT(2u, 3u);
    EQUAL(broken.bond_count, 3u);
    RECEIVED(active = NULL, YUMA_STATUS_NULL, "active");
    RECEIVED(validator_permit = NULL, YUMA_STATUS_NULL, "validator_permit");
    RECEIVED(stake_weight = NULL, YUMA_STATUS_NULL, "stake_weight");
    RECEIVED(emission = ODD(uint64_t), YUMA_STATUS_ALIGNMENT, "emission");
    RECEIVED(bond_offsets = NULL, YUMA_STATUS_NULL, "bond_offsets");
    RECEIVED(bond_values = NULL, YUMA_STATUS_NULL, "bond_values");
    for (size_t cut = 0; cut < needed; cut++) {
        uint8_t *copy = malloc(cut == 0 ? 1 : cut);
        memcpy(copy, bytes, cut);
        RECEIVE(YUMA_STATUS_LENGTH, "bytes", &outcome, 4, copy, cut);
        free(copy);
    }
    for (size_t place = 0; place < needed; place++) {
        memcpy(again, bytes, needed);
        again[place] ^= 0xff;
        yuma_decode_outcome(&outcome, 4, &n, input_digest, digest, again, needed, &error);
        checks++;
    }
    memcpy(again, bytes, needed);
    again[48] = 2;
    RECEIVE(YUMA_STATUS_NOT_CANONICAL, "active", &outcome, 4, again, needed);
    AT(48u, 1u);
}

/* --- emission --------------------------------------------------------------------------------------------------------- */
static void emission(void) {
    const yuma_u128 one = {0, 1};
    yuma_reward_steps steps;
    GOOD(yuma_block_emission_steps(&steps, 0, &error));
    IS(YUMA_STATUS_NULL, "steps", yuma_block_emission_steps(NULL, 0, &error));
    IS(YUMA_STATUS_NO_VALUE, "issuance", yuma_block_emission_steps(&steps, YUMA_CAP, &error));
    EQUAL(yuma_block_emission(UINT64_MAX), 0u);
    uint64_t minted;
    yuma_issuance issuance = {0, 0};
    GOOD(yuma_mint(&minted, &issuance, &error));
    IS(YUMA_STATUS_NULL, "minted", yuma_mint(NULL, &issuance, &error));
    IS(YUMA_STATUS_NULL, "issuance", yuma_mint(&minted, NULL, &error));
    GOOD(yuma_recycle(&issuance, UINT64_MAX, &error));
    IS(YUMA_STATUS_NULL, "issuance", yuma_recycle(NULL, 1, &error));
    yuma_halving halvings[YUMA_HALVING_COUNT];
    GOOD(yuma_halvings(halvings, YUMA_HALVING_COUNT, &error));
    EQUAL(halvings[YUMA_HALVING_COUNT - 1].reward, 0u);
    IS(YUMA_STATUS_NULL, "halvings", yuma_halvings(NULL, YUMA_HALVING_COUNT, &error));
    IS(YUMA_STATUS_TOO_SMALL, "halvings", yuma_halvings(halvings, YUMA_HALVING_COUNT - 1, &error));
    yuma_halving_ahead next;
    GOOD(yuma_next_halving(&next, 0, &error));
    IS(YUMA_STATUS_NULL, "next", yuma_next_halving(NULL, 0, &error));
    IS(YUMA_STATUS_NO_VALUE, "issuance", yuma_next_halving(&next, UINT64_MAX, &error));
    EQUAL(yuma_emission_over(UINT64_MAX, UINT64_MAX), 0u);
    EQUAL(yuma_daily_emission(UINT64_MAX), 0u);

    yuma_i128 price;
    yuma_price_update update;
    memset(&update, 0, sizeof update);
    GOOD(yuma_moving_price(&price, &update, &error));
    IS(YUMA_STATUS_NULL, "moving_price", yuma_moving_price(NULL, &update, &error));
    IS(YUMA_STATUS_NULL, "update", yuma_moving_price(&price, NULL, &error));
    update.has_first_emission_block = 2;
    IS(YUMA_STATUS_FLAG, "has_first_emission_block", yuma_moving_price(&price, &update, &error));
    EQUAL(yuma_spot_price(2, one).high, 1u);
    EQUAL(yuma_share_price(0, price).high, 1u);

    uint64_t alpha;
    GOOD(yuma_alpha_issuance(&alpha, YUMA_RULES_DEFAULT, 1, 2, 3, &error));
    IS(YUMA_STATUS_NULL, "issuance", yuma_alpha_issuance(NULL, YUMA_RULES_DEFAULT, 1, 2, 3, &error));
    IS(YUMA_STATUS_UNKNOWN_RULES, "rules", yuma_alpha_issuance(&alpha, 7, 1, 2, 3, &error));
    EQUAL(yuma_root_proportion(0, 0, 0).low, 0u);
    uint8_t sell;
    GOOD(yuma_root_sell_flag(&sell, &one, 1, &error));
    GOOD(yuma_root_sell_flag(&sell, NULL, 0, &error));
    IS(YUMA_STATUS_NULL, "sell", yuma_root_sell_flag(NULL, &one, 1, &error));
    IS(YUMA_STATUS_NULL, "prices", yuma_root_sell_flag(&sell, NULL, 1, &error));

    yuma_emission_gate gate = yuma_emission_gate_default();
    yuma_subnet_share shares[2];
    memset(shares, 0, sizeof shares);
    shares[0].size = shares[1].size = sizeof shares[0];
    size_t size = yuma_subnet_shares_workspace_size(2);
    GOOD(yuma_subnet_shares(shares, 2, &gate, YUMA_RULES_DEFAULT, 1, 1, memory.bytes + 5, size, &error));
    GOOD(yuma_subnet_shares(NULL, 0, &gate, YUMA_RULES_DEFAULT, 1, 1, NO_WORKSPACE, &error));
    IS(YUMA_STATUS_TOO_SMALL, "workspace",
       yuma_subnet_shares(shares, 2, &gate, YUMA_RULES_DEFAULT, 1, 1, memory.bytes, size - 1, &error));
    IS(YUMA_STATUS_TOO_SMALL, "workspace", yuma_subnet_shares(shares, 2, &gate, YUMA_RULES_DEFAULT, 1, 1, NO_WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "shares", yuma_subnet_shares(NULL, 2, &gate, YUMA_RULES_DEFAULT, 1, 1, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "gate", yuma_subnet_shares(shares, 2, NULL, YUMA_RULES_DEFAULT, 1, 1, WORKSPACE, &error));
    IS(YUMA_STATUS_UNKNOWN_RULES, "rules", yuma_subnet_shares(shares, 2, &gate, 1, 1, 1, WORKSPACE, &error));
    shares[1].emission_enabled = 2;
    IS(YUMA_STATUS_FLAG, "emission_enabled", yuma_subnet_shares(shares, 2, &gate, YUMA_RULES_DEFAULT, 1, 1, WORKSPACE, &error));
    AT(1u, 1u);
    shares[1].size = 0;
    IS(YUMA_STATUS_SIZE, "shares", yuma_subnet_shares(shares, 2, &gate, YUMA_RULES_DEFAULT, 1, 1, WORKSPACE, &error));
    EQUAL(yuma_subnet_shares_workspace_size(SIZE_MAX), SIZE_MAX);

    yuma_u128 bar;
    GOOD(yuma_emission_gate_bar(&bar, &gate, 1, &one, 1, &error));
    IS(YUMA_STATUS_NULL, "bar", yuma_emission_gate_bar(NULL, &gate, 1, &one, 1, &error));
    IS(YUMA_STATUS_NULL, "gate", yuma_emission_gate_bar(&bar, NULL, 1, &one, 1, &error));
    IS(YUMA_STATUS_NULL, "shares", yuma_emission_gate_bar(&bar, &gate, 1, NULL, 1, &error));

    yuma_flow_params params = yuma_flow_params_default();
    yuma_subnet_flows flows[1];
    memset(flows, 0, sizeof flows);
    size = yuma_flow_shares_workspace_size(1);
    GOOD(yuma_flow_shares(&bar, flows, 1, 1, &params, memory.bytes + 7, size, &error));
    IS(YUMA_STATUS_TOO_SMALL, "workspace", yuma_flow_shares(&bar, flows, 1, 1, &params, memory.bytes, size - 1, &error));
    IS(YUMA_STATUS_NULL, "shares", yuma_flow_shares(NULL, flows, 1, 1, &params, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "flows", yuma_flow_shares(&bar, NULL, 1, 1, &params, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "params", yuma_flow_shares(&bar, flows, 1, 1, NULL, WORKSPACE, &error));
    flows[0].protocol.has_average = 3;
    IS(YUMA_STATUS_FLAG, "has_average", yuma_flow_shares(&bar, flows, 1, 1, &params, WORKSPACE, &error));
    params.net_flow_enabled = 3;
    IS(YUMA_STATUS_FLAG, "net_flow_enabled", yuma_flow_shares(&bar, flows, 1, 1, &params, WORKSPACE, &error));

    yuma_terms terms;
    GOOD(yuma_subnet_terms(&terms, one, one, 1, 1, 1, &error));
    IS(YUMA_STATUS_NULL, "terms", yuma_subnet_terms(NULL, one, one, 1, 1, 1, &error));
    yuma_pending parts;
    GOOD(yuma_pending_split(&parts, one, one, YUMA_NONE, &error));
    IS(YUMA_STATUS_NULL, "parts", yuma_pending_split(NULL, one, one, YUMA_NONE, &error));
    IS(YUMA_STATUS_RANGE, "owner_cut", yuma_pending_split(&parts, one, one, 65536, &error));
    IS(YUMA_STATUS_RANGE, "owner_cut", yuma_pending_split(&parts, one, one, -2, &error));
}

/* --- coinbase --------------------------------------------------------------------------------------------------------- */
static void coinbase(void) {
    yuma_network network;
    yuma_subnet_state subnets[2];
    yuma_schedule_state schedules[2];
    yuma_pool_answers pools[2] = {yuma_pool_answers_default(), yuma_pool_answers_default()};
    yuma_block_report block;
    yuma_subnet_report reports[2];
    memset(&block, 0, sizeof block);
    memset(reports, 0, sizeof reports);
    block.size = sizeof block;
    reports[0].size = reports[1].size = sizeof reports[0];
    IS(YUMA_STATUS_NULL, "network", yuma_network_init(NULL, &error));
    IS(YUMA_STATUS_NULL, "subnet", yuma_subnet_state_init(NULL, 1, &error));
    GOOD(yuma_network_init(&network, &error));
    for (uint16_t i = 0; i < 2; i++) {
        GOOD(yuma_subnet_state_init(&subnets[i], (uint16_t)(i + 1), &error));
        GOOD(yuma_schedule_state_init(&schedules[i], &error));
        subnets[i].has_first_emission_block = 1;
        subnets[i].pool_price.low = UINT64_C(1) << 63;
        subnets[i].moving_price.low = UINT64_C(1) << 31;
    }
    const size_t size = yuma_coinbase_workspace_size(2);

#define BOTH(status, field, b, r, n, s, t, p, memory_and_size)                                                      \
    do {                                                                                                            \
        IS(status, field, yuma_coinbase(b, r, n, s, t, p, 2, 100, memory_and_size, &error));                        \
        IS(status, field, yuma_coinbase_begin(b, r, n, s, t, p, 2, 100, memory_and_size, &error));                  \
    } while (0)
#define EXACT memory.bytes + 3, size
#define ONE_LESS memory.bytes, size - 1
    BOTH(YUMA_STATUS_OK, "", &block, reports, &network, subnets, schedules, pools, EXACT);
    BOTH(YUMA_STATUS_OK, "", &block, reports, &network, subnets, schedules, NULL, EXACT);
    EQUAL(block.rules, 475u);
    EQUAL(block.minted, 1000000000u);
    BOTH(YUMA_STATUS_TOO_SMALL, "workspace", &block, reports, &network, subnets, schedules, pools, ONE_LESS);
    BOTH(YUMA_STATUS_TOO_SMALL, "workspace", &block, reports, &network, subnets, schedules, pools, NO_WORKSPACE);
    BOTH(YUMA_STATUS_NULL, "block_report", NULL, reports, &network, subnets, schedules, pools, WORKSPACE);
    BOTH(YUMA_STATUS_NULL, "reports", &block, NULL, &network, subnets, schedules, pools, WORKSPACE);
    BOTH(YUMA_STATUS_NULL, "network", &block, reports, NULL, subnets, schedules, pools, WORKSPACE);
    BOTH(YUMA_STATUS_NULL, "subnets", &block, reports, &network, NULL, schedules, pools, WORKSPACE);
    BOTH(YUMA_STATUS_NULL, "schedules", &block, reports, &network, subnets, NULL, pools, WORKSPACE);
    BOTH(YUMA_STATUS_ALIGNMENT, "pools", &block, reports, &network, subnets, schedules, ODD(yuma_pool_answers), WORKSPACE);
    pools[1].accepts[2] = 2;
    BOTH(YUMA_STATUS_FLAG, "accepts", &block, reports, &network, subnets, schedules, pools, WORKSPACE);
    AT(1u, 1u);
    pools[1].accepts[2] = 1;
    pools[0].buys = 2;
    BOTH(YUMA_STATUS_FLAG, "buys", &block, reports, &network, subnets, schedules, pools, WORKSPACE);
    pools[0].buys = 1;
    subnets[1].subtoken_enabled = 9;
    BOTH(YUMA_STATUS_FLAG, "subtoken_enabled", &block, reports, &network, subnets, schedules, pools, WORKSPACE);
    IS(YUMA_STATUS_FLAG, "subtoken_enabled", yuma_coinbase_end(subnets, 2, &network, 100, WORKSPACE, &error));
    subnets[1].subtoken_enabled = 1;
    schedules[1].epoch_mode = 2;
    BOTH(YUMA_STATUS_RANGE, "epoch_mode", &block, reports, &network, subnets, schedules, pools, WORKSPACE);
    AT(1u, 1u);
    schedules[1].epoch_mode = YUMA_MODE_NULL;
    schedules[1].size++;
    BOTH(YUMA_STATUS_SIZE, "schedules", &block, reports, &network, subnets, schedules, pools, WORKSPACE);
    schedules[1].size--;
    reports[1].size = 0;
    BOTH(YUMA_STATUS_SIZE, "reports", &block, reports, &network, subnets, schedules, pools, WORKSPACE);
    reports[1].size = sizeof reports[1];
    block.size = 0;
    BOTH(YUMA_STATUS_SIZE, "block_report", &block, reports, &network, subnets, schedules, pools, WORKSPACE);
    block.size = sizeof block;
    network.rules = 1;
    BOTH(YUMA_STATUS_UNKNOWN_RULES, "rules", &block, reports, &network, subnets, schedules, pools, WORKSPACE);
    network.rules = YUMA_RULES_DEFAULT;
    EQUAL(block.minted, 1000000000u);

    GOOD(yuma_coinbase_end(subnets, 2, &network, 100, EXACT, &error));
    IS(YUMA_STATUS_TOO_SMALL, "workspace", yuma_coinbase_end(subnets, 2, &network, 100, ONE_LESS, &error));
    IS(YUMA_STATUS_NULL, "subnets", yuma_coinbase_end(NULL, 2, &network, 100, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "network", yuma_coinbase_end(subnets, 2, NULL, 100, WORKSPACE, &error));

    yuma_terms terms;
    memset(&terms, 0, sizeof terms);
    yuma_injection injection;
    uint64_t credit = 1;
    GOOD(yuma_inject(&injection, subnets, &credit, YUMA_RULES_DEFAULT, &terms, pools, &error));
    GOOD(yuma_inject(&injection, subnets, &credit, YUMA_RULES_SUBTENSOR_425, &terms, NULL, &error));
    IS(YUMA_STATUS_NULL, "injection", yuma_inject(NULL, subnets, &credit, YUMA_RULES_DEFAULT, &terms, pools, &error));
    IS(YUMA_STATUS_NULL, "subnet", yuma_inject(&injection, NULL, &credit, YUMA_RULES_DEFAULT, &terms, pools, &error));
    IS(YUMA_STATUS_NULL, "credit", yuma_inject(&injection, subnets, NULL, YUMA_RULES_DEFAULT, &terms, pools, &error));
    IS(YUMA_STATUS_NULL, "terms", yuma_inject(&injection, subnets, &credit, YUMA_RULES_DEFAULT, NULL, pools, &error));
    IS(YUMA_STATUS_UNKNOWN_RULES, "rules", yuma_inject(&injection, subnets, &credit, 1, &terms, pools, &error));
    yuma_creation creation;
    GOOD(yuma_create_alpha(&creation, subnets, &network, &terms, 1, &error));
    IS(YUMA_STATUS_NULL, "creation", yuma_create_alpha(NULL, subnets, &network, &terms, 1, &error));
    IS(YUMA_STATUS_NULL, "subnet", yuma_create_alpha(&creation, NULL, &network, &terms, 1, &error));
    IS(YUMA_STATUS_NULL, "network", yuma_create_alpha(&creation, subnets, NULL, &terms, 1, &error));
    IS(YUMA_STATUS_NULL, "terms", yuma_create_alpha(&creation, subnets, &network, NULL, 1, &error));
    IS(YUMA_STATUS_FLAG, "root_sell_flag", yuma_create_alpha(&creation, subnets, &network, &terms, 2, &error));
}

/* --- schedule --------------------------------------------------------------------------------------------------------- */
static void schedule(void) {
    yuma_schedule_state state, broken, states[2];
    yuma_verdict verdicts[2];
    uint8_t flag;
    uint64_t number;
    IS(YUMA_STATUS_NULL, "state", yuma_schedule_state_init(NULL, &error));
    GOOD(yuma_schedule_state_init(&state, &error));
    broken = state;
    broken.consistent = 2;

#define QUERY(function, output, name, ...)                                                  \
    do {                                                                                    \
        GOOD(function(output, __VA_ARGS__, &error));                                        \
        IS(YUMA_STATUS_NULL, name, function(NULL, __VA_ARGS__, &error));                                \
    } while (0)
    QUERY(yuma_should_run_epoch, &flag, "due", YUMA_RULES_DEFAULT, &state, 1);
    IS(YUMA_STATUS_NULL, "state", yuma_should_run_epoch(&flag, YUMA_RULES_DEFAULT, NULL, 1, &error));
    IS(YUMA_STATUS_UNKNOWN_RULES, "rules", yuma_should_run_epoch(&flag, 2, &state, 1, &error));
    IS(YUMA_STATUS_FLAG, "consistent", yuma_should_run_epoch(&flag, YUMA_RULES_DEFAULT, &broken, 1, &error));
    QUERY(yuma_next_epoch_start_block, &number, "block", &state);
    IS(YUMA_STATUS_NULL, "state", yuma_next_epoch_start_block(&number, NULL, &error));
    QUERY(yuma_blocks_until_next_auto_epoch, &number, "blocks", &state, 1);
    IS(YUMA_STATUS_NULL, "state", yuma_blocks_until_next_auto_epoch(&number, NULL, 1, &error));
    QUERY(yuma_in_admin_freeze_window, &flag, "frozen", &state, 1, 1);
    IS(YUMA_STATUS_NULL, "state", yuma_in_admin_freeze_window(&flag, NULL, 1, 1, &error));
    QUERY(yuma_epoch_with_lookahead, &number, "epoch", YUMA_RULES_DEFAULT, &state, 1);
    IS(YUMA_STATUS_NULL, "state", yuma_epoch_with_lookahead(&number, YUMA_RULES_DEFAULT, NULL, 1, &error));
    IS(YUMA_STATUS_UNKNOWN_RULES, "rules", yuma_epoch_with_lookahead(&number, 2, &state, 1, &error));
    QUERY(yuma_reveal_now, &flag, "now", YUMA_RULES_DEFAULT, &state, 1, 1, 1);
    IS(YUMA_STATUS_NULL, "state", yuma_reveal_now(&flag, YUMA_RULES_DEFAULT, NULL, 1, 1, 1, &error));
    IS(YUMA_STATUS_UNKNOWN_RULES, "rules", yuma_reveal_now(&flag, 2, &state, 1, 1, 1, &error));
    QUERY(yuma_commit_expired, &flag, "expired", YUMA_RULES_DEFAULT, &state, 1, 1, 1);
    IS(YUMA_STATUS_NULL, "state", yuma_commit_expired(&flag, YUMA_RULES_DEFAULT, NULL, 1, 1, 1, &error));
    IS(YUMA_STATUS_UNKNOWN_RULES, "rules", yuma_commit_expired(&flag, 2, &state, 1, 1, 1, &error));
    broken = state;
    broken.tempo = 0;
    IS(YUMA_STATUS_NO_VALUE, "tempo", yuma_next_epoch_start_block(&number, &broken, &error));

    states[0] = states[1] = state;
    const size_t size = yuma_schedule_block_workspace_size(2);
    GOOD(yuma_schedule_block(verdicts, states, 2, YUMA_RULES_DEFAULT, 360, 2, memory.bytes + 1, size, &error));
    EQUAL(verdicts[1].slot, (uint32_t)YUMA_SLOT_RAN);
    IS(YUMA_STATUS_TOO_SMALL, "workspace",
       yuma_schedule_block(verdicts, states, 2, YUMA_RULES_DEFAULT, 361, 2, memory.bytes, size - 1, &error));
    IS(YUMA_STATUS_NULL, "verdicts", yuma_schedule_block(NULL, states, 2, YUMA_RULES_DEFAULT, 361, 2, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "states", yuma_schedule_block(verdicts, NULL, 2, YUMA_RULES_DEFAULT, 361, 2, WORKSPACE, &error));
    IS(YUMA_STATUS_UNKNOWN_RULES, "rules", yuma_schedule_block(verdicts, states, 2, 2, 361, 2, WORKSPACE, &error));
    states[1].has_last_yuma_step_block = 2;
    IS(YUMA_STATUS_FLAG, "has_last_yuma_step_block",
       yuma_schedule_block(verdicts, states, 2, YUMA_RULES_DEFAULT, 361, 2, WORKSPACE, &error));
    AT(1u, 1u);
    states[1].size = 1;
    IS(YUMA_STATUS_SIZE, "states", yuma_schedule_block(verdicts, states, 2, YUMA_RULES_DEFAULT, 361, 2, WORKSPACE, &error));

    GOOD(yuma_finish_epoch(&state, YUMA_RULES_DEFAULT, 1, &error));
    IS(YUMA_STATUS_NULL, "state", yuma_finish_epoch(NULL, YUMA_RULES_DEFAULT, 1, &error));
    IS(YUMA_STATUS_UNKNOWN_RULES, "rules", yuma_finish_epoch(&state, 2, 1, &error));
    GOOD(yuma_trigger_epoch(&state, 1, &error));
    IS(YUMA_STATUS_NULL, "state", yuma_trigger_epoch(NULL, 1, &error));
    GOOD(yuma_change_tempo(&state, 1, 1, &error));
    IS(YUMA_STATUS_NULL, "state", yuma_change_tempo(NULL, 1, 1, &error));
    GOOD(yuma_change_mode(&state, YUMA_MODE_NULL, &error));
    IS(YUMA_STATUS_NULL, "state", yuma_change_mode(NULL, YUMA_MODE_NULL, &error));
    IS(YUMA_STATUS_RANGE, "mode", yuma_change_mode(&state, 2, &error));
    EQUAL(yuma_activity_cutoff_blocks(0, 0), 1u);
    EQUAL(yuma_visiting_key(1), 256u);
}

/* --- distribution ----------------------------------------------------------------------------------------------------- */
static void distribution(void) {
    yuma_hotkey_table table, broken;
    yuma_hotkey hotkeys[2];
    const yuma_stake stakes[] = {{100, 10}, {200, 20}};
    static const uint32_t edge_offsets[] = {0, 0, 1}, falling[] = {0, 1, 0};
    static const uint16_t parents[] = {0}, strangers[] = {2};
    static const uint64_t proportions[] = {UINT64_MAX};
    static const uint8_t suspended[] = {2};
    IS(YUMA_STATUS_NULL, "table", yuma_hotkey_table_init(NULL, &error));
    IS(YUMA_STATUS_NULL, "hotkey", yuma_hotkey_init(NULL, &error));
    GOOD(yuma_hotkey_table_init(&table, &error));
    GOOD(yuma_hotkey_init(&hotkeys[0], &error));
    GOOD(yuma_hotkey_init(&hotkeys[1], &error));
    table.count = 2;
    table.stakes = stakes;
    table.hotkeys = hotkeys;
    table.edge_offsets = edge_offsets;
    table.edge_offset_count = 3;
    table.edge_parents = parents;
    table.edge_proportions = proportions;
    table.edge_count = 1;
    const size_t of_table = yuma_hotkeys_workspace_size(2);

    yuma_stake inherited;
    GOOD(yuma_inherited_stake(&inherited, &table, 1, memory.bytes + 9, of_table, &error));
    EQUAL(inherited.alpha, 300u);
    IS(YUMA_STATUS_TOO_SMALL, "workspace", yuma_inherited_stake(&inherited, &table, 1, memory.bytes, of_table - 1, &error));
    IS(YUMA_STATUS_NULL, "stake", yuma_inherited_stake(NULL, &table, 1, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "table", yuma_inherited_stake(&inherited, NULL, 1, WORKSPACE, &error));
    IS(YUMA_STATUS_RANGE, "hotkey", yuma_inherited_stake(&inherited, &table, 2, WORKSPACE, &error));
#define TABLE(change, status, field)                                                              \
    do {                                                                                          \
        broken = table;                                                                           \
        broken.change;                                                                            \
        IS(status, field, yuma_inherited_stake(&inherited, &broken, 1, WORKSPACE, &error));       \
    } while (0)
    TABLE(size = 1, YUMA_STATUS_SIZE, "table");
    TABLE(rules = 1, YUMA_STATUS_UNKNOWN_RULES, "rules");
    TABLE(stakes = NULL, YUMA_STATUS_NULL, "stakes");
    TABLE(edge_offsets = NULL, YUMA_STATUS_NULL, "edge_offsets");
    TABLE(edge_offsets = falling, YUMA_STATUS_OFFSETS, "edges");
    TABLE(edge_offset_count = 0, YUMA_STATUS_OFFSETS, "edges");
    TABLE(edge_parents = NULL, YUMA_STATUS_NULL, "edge_parents");
    TABLE(edge_parents = strangers, YUMA_STATUS_RANGE, "edges");
    TABLE(edge_proportions = NULL, YUMA_STATUS_NULL, "edge_proportions");
    TABLE(suspended_count = 1, YUMA_STATUS_NULL, "suspended");
    broken = table;
    broken.suspended = suspended;
    broken.suspended_count = 1;
    IS(YUMA_STATUS_FLAG, "suspended", yuma_inherited_stake(&inherited, &broken, 1, WORKSPACE, &error));
    TABLE(owner_hotkey = -2, YUMA_STATUS_RANGE, "owner_hotkey");
    TABLE(count = SIZE_MAX, YUMA_STATUS_TOO_SMALL, "workspace");
    EQUAL(yuma_stake_weight(stakes[0], UINT64_MAX).total.high, 110u);

    const int32_t uids[] = {1, YUMA_NONE, 0}, wrong_uids[] = {1, 2}, absurd_uids[] = {1, 70000};
    yuma_weighed_stake weights[3];
    const size_t of_uids = yuma_stake_weights_workspace_size(2, 3);
    GOOD(yuma_stake_weights(weights, &table, 0, uids, 3, memory.bytes + 11, of_uids, &error));
    IS(YUMA_STATUS_TOO_SMALL, "workspace", yuma_stake_weights(weights, &table, 0, uids, 3, memory.bytes, of_uids - 1, &error));
    IS(YUMA_STATUS_NULL, "weights", yuma_stake_weights(NULL, &table, 0, uids, 3, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "table", yuma_stake_weights(weights, NULL, 0, uids, 3, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "uids", yuma_stake_weights(weights, &table, 0, NULL, 3, WORKSPACE, &error));
    IS(YUMA_STATUS_RANGE, "uids", yuma_stake_weights(weights, &table, 0, wrong_uids, 2, WORKSPACE, &error));
    AT(1u, 1u);
    IS(YUMA_STATUS_RANGE, "uids", yuma_stake_weights(weights, &table, 0, absurd_uids, 2, WORKSPACE, &error));
    AT(1u, 65535u);

    yuma_dividend_split split;
    yuma_payout payouts[2];
    const yuma_childkey_terms terms = yuma_childkey_terms_default();
    GOOD(yuma_split_dividend(&split, payouts, 2, &table, &terms, 1, 1000, memory.bytes + 1, of_table, &error));
    EQUAL(split.payout_count, 2u);
    IS(YUMA_STATUS_TOO_SMALL, "payouts", yuma_split_dividend(&split, payouts, 1, &table, &terms, 1, 1000, WORKSPACE, &error));
    AT(1u, 2u);
    EQUAL(split.payout_count, 2u);
    IS(YUMA_STATUS_TOO_SMALL, "workspace", yuma_split_dividend(&split, payouts, 2, &table, &terms, 1, 1000, NO_WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "split", yuma_split_dividend(NULL, payouts, 2, &table, &terms, 1, 1000, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "payouts", yuma_split_dividend(&split, NULL, 2, &table, &terms, 1, 1000, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "table", yuma_split_dividend(&split, payouts, 2, NULL, &terms, 1, 1000, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "terms", yuma_split_dividend(&split, payouts, 2, &table, NULL, 1, 1000, WORKSPACE, &error));
    IS(YUMA_STATUS_RANGE, "validator", yuma_split_dividend(&split, payouts, 2, &table, &terms, 9, 1000, WORKSPACE, &error));
    hotkeys[1].on_root = 2;
    IS(YUMA_STATUS_FLAG, "on_root", yuma_split_dividend(&split, payouts, 2, &table, &terms, 1, 1000, WORKSPACE, &error));
    AT(1u, 1u);
    hotkeys[1].on_root = 0;
    hotkeys[1].uid = 65536;
    IS(YUMA_STATUS_RANGE, "uid", yuma_split_dividend(&split, payouts, 2, &table, &terms, 1, 1000, WORKSPACE, &error));
    hotkeys[1].uid = 0;
    hotkeys[1].size--;
    IS(YUMA_STATUS_SIZE, "hotkeys", yuma_split_dividend(&split, payouts, 2, &table, &terms, 1, 1000, WORKSPACE, &error));
    hotkeys[1].size++;
    EQUAL(yuma_effective_childkey_take(1, 2, 3), 3u);

    yuma_dividend_row rows[2];
    yuma_dividend_parts amounts[2];
    memset(rows, 0, sizeof rows);
    const size_t of_rows = yuma_dividend_distribution_workspace_size(2);
    GOOD(yuma_dividend_distribution(amounts, rows, 2, YUMA_RULES_DEFAULT, 1, 1, 1, memory.bytes + 1, of_rows, &error));
    IS(YUMA_STATUS_TOO_SMALL, "workspace",
       yuma_dividend_distribution(amounts, rows, 2, YUMA_RULES_DEFAULT, 1, 1, 1, memory.bytes, of_rows - 1, &error));
    IS(YUMA_STATUS_NULL, "amounts", yuma_dividend_distribution(NULL, rows, 2, YUMA_RULES_DEFAULT, 1, 1, 1, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "rows", yuma_dividend_distribution(amounts, NULL, 2, YUMA_RULES_DEFAULT, 1, 1, 1, WORKSPACE, &error));
    IS(YUMA_STATUS_UNKNOWN_RULES, "rules", yuma_dividend_distribution(amounts, rows, 2, 1, 1, 1, 1, WORKSPACE, &error));
    rows[1].has_stake = 2;
    IS(YUMA_STATUS_FLAG, "has_stake", yuma_dividend_distribution(amounts, rows, 2, YUMA_RULES_DEFAULT, 1, 1, 1, WORKSPACE, &error));

    const yuma_i128 rate = {0, 0};
    yuma_root_dividend root;
    GOOD(yuma_root_claimable_update(&root, 1, 1, 0, rate, &error));
    IS(YUMA_STATUS_NULL, "update", yuma_root_claimable_update(NULL, 1, 1, 0, rate, &error));
    IS(YUMA_STATUS_FLAG, "has_rate", yuma_root_claimable_update(&root, 1, 1, 2, rate, &error));
    yuma_collateral entry;
    uint64_t captured;
    memset(&entry, 0, sizeof entry);
    GOOD(yuma_settle(&captured, &entry, 1, 1, &error));
    IS(YUMA_STATUS_NULL, "captured", yuma_settle(NULL, &entry, 1, 1, &error));
    IS(YUMA_STATUS_NULL, "entry", yuma_settle(&captured, NULL, 1, 1, &error));
    entry.exists = 2;
    IS(YUMA_STATUS_FLAG, "exists", yuma_settle(&captured, &entry, 1, 1, &error));

    yuma_drained_subnet drained, bad;
    yuma_distribution sums;
    yuma_hotkey_outcome outcomes[2];
    yuma_credit credits[11];
    const yuma_epoch_share epoch_rows[] = {{410, 0, 0}, {0, 410, 1}}, foreign_rows[] = {{1, 1, 0}, {1, 1, 2}};
    memset(&sums, 0, sizeof sums);
    memset(outcomes, 0, sizeof outcomes);
    sums.size = sizeof sums;
    outcomes[0].size = outcomes[1].size = sizeof outcomes[0];
    hotkeys[1].uid = 1;
    IS(YUMA_STATUS_NULL, "subnet", yuma_drained_subnet_init(NULL, &error));
    GOOD(yuma_drained_subnet_init(&drained, &error));
    drained.drained.server = drained.drained.validator = 410;
    drained.epoch = epoch_rows;
    drained.epoch_count = 2;
    size_t size;
    GOOD(yuma_distribute_workspace_size(&size, &table, &drained, &error));
    IS(YUMA_STATUS_NULL, "size", yuma_distribute_workspace_size(NULL, &table, &drained, &error));
    IS(YUMA_STATUS_NULL, "table", yuma_distribute_workspace_size(&size, NULL, &drained, &error));
    IS(YUMA_STATUS_NULL, "subnet", yuma_distribute_workspace_size(&size, &table, NULL, &error));
    GOOD(yuma_distribute_workspace_size(&size, &table, &drained, &error));
    EQUAL(yuma_max_credits(2), 11u);
    GOOD(yuma_distribute(&sums, outcomes, credits, 11, &table, &drained, memory.bytes + 1, size, &error));
    EQUAL(sums.rules, 475u);
    EQUAL(sums.credit_count > 1, 1);
    GOOD(yuma_distribute(&sums, outcomes, NULL, 0, &table, &drained, memory.bytes + 1, size, &error));
    IS(YUMA_STATUS_TOO_SMALL, "credits", yuma_distribute(&sums, outcomes, credits, 1, &table, &drained, WORKSPACE, &error));
    AT(1u, sums.credit_count);
    IS(YUMA_STATUS_TOO_SMALL, "workspace",
       yuma_distribute(&sums, outcomes, credits, 11, &table, &drained, memory.bytes, size - 1, &error));
    IS(YUMA_STATUS_NULL, "sums", yuma_distribute(NULL, outcomes, credits, 11, &table, &drained, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "outcomes", yuma_distribute(&sums, NULL, credits, 11, &table, &drained, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "credits", yuma_distribute(&sums, outcomes, NULL, 11, &table, &drained, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "table", yuma_distribute(&sums, outcomes, credits, 11, NULL, &drained, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "subnet", yuma_distribute(&sums, outcomes, credits, 11, &table, NULL, WORKSPACE, &error));
    broken = table;
    broken.hotkeys = NULL;
    IS(YUMA_STATUS_NULL, "hotkeys", yuma_distribute(&sums, outcomes, credits, 11, &broken, &drained, WORKSPACE, &error));
#define DRAINED(change, status, field)                                                                        \
    do {                                                                                                      \
        bad = drained;                                                                                        \
        bad.change;                                                                                           \
        IS(status, field, yuma_distribute(&sums, outcomes, credits, 11, &table, &bad, WORKSPACE, &error));    \
    } while (0)
    DRAINED(size = 0, YUMA_STATUS_SIZE, "subnet");
    DRAINED(epoch = NULL, YUMA_STATUS_NULL, "epoch");
    DRAINED(epoch = foreign_rows, YUMA_STATUS_RANGE, "epoch");
    AT(1u, 1u);
    DRAINED(owner_coldkey = -2, YUMA_STATUS_RANGE, "owner_coldkey");
    DRAINED(owner_coldkey = INT64_C(1) << 32, YUMA_STATUS_RANGE, "owner_coldkey");
    DRAINED(lease_share = 101, YUMA_STATUS_RANGE, "lease_share");
    DRAINED(lease_share = 256, YUMA_STATUS_RANGE, "lease_share");
    DRAINED(withheld = 2, YUMA_STATUS_RANGE, "withheld");
    DRAINED(epoch_mode = 2, YUMA_STATUS_RANGE, "epoch_mode");
    DRAINED(auto_stake_count = 1, YUMA_STATUS_NULL, "auto_stake");
    DRAINED(collateral_count = 1, YUMA_STATUS_NULL, "collateral");
    DRAINED(basket_pending_count = 1, YUMA_STATUS_NULL, "basket_pending");
    bad = drained;
    bad.auto_stake = wrong_uids;
    bad.auto_stake_count = 2;
    IS(YUMA_STATUS_RANGE, "auto_stake", yuma_distribute(&sums, outcomes, credits, 11, &table, &bad, WORKSPACE, &error));
    bad = drained;
    bad.collateral = &entry;
    bad.collateral_count = 1;
    IS(YUMA_STATUS_FLAG, "exists", yuma_distribute(&sums, outcomes, credits, 11, &table, &bad, WORKSPACE, &error));
    outcomes[1].size = 0;
    IS(YUMA_STATUS_SIZE, "outcomes", yuma_distribute(&sums, outcomes, credits, 11, &table, &drained, WORKSPACE, &error));
    sums.size = 0;
    IS(YUMA_STATUS_SIZE, "sums", yuma_distribute(&sums, outcomes, credits, 11, &table, &drained, WORKSPACE, &error));

    uint16_t owners[2];
    size_t count;
    table.owner_hotkey = 1;
    GOOD(yuma_owner_hotkeys(&count, owners, 2, &table, &drained, memory.bytes + 1, size, &error));
    EQUAL(count, 1u);
    IS(YUMA_STATUS_TOO_SMALL, "hotkeys", yuma_owner_hotkeys(&count, NULL, 0, &table, &drained, WORKSPACE, &error));
    EQUAL(count, 1u);
    IS(YUMA_STATUS_NULL, "count", yuma_owner_hotkeys(NULL, owners, 2, &table, &drained, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "hotkeys", yuma_owner_hotkeys(&count, NULL, 2, &table, &drained, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "table", yuma_owner_hotkeys(&count, owners, 2, NULL, &drained, WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "subnet", yuma_owner_hotkeys(&count, owners, 2, &table, NULL, WORKSPACE, &error));
    IS(YUMA_STATUS_TOO_SMALL, "workspace", yuma_owner_hotkeys(&count, owners, 2, &table, &drained, memory.bytes, size - 1, &error));
}

/* --- mechanisms ------------------------------------------------------------------------------------------------------- */
static void mechanisms(void) {
    uint16_t netuid;
    uint8_t mecid, accepted;
    GOOD(yuma_mechanism_of_index(&netuid, &mecid, 8199, &error));
    IS(YUMA_STATUS_NULL, "netuid", yuma_mechanism_of_index(NULL, &mecid, 8199, &error));
    IS(YUMA_STATUS_NULL, "mecid", yuma_mechanism_of_index(&netuid, NULL, 8199, &error));
    EQUAL(yuma_mechanism_storage_index(65535, 255), 65535u);
    GOOD(yuma_emission_split_accepted(&accepted, YUMA_RULES_DEFAULT, values, 3, 3, &error));
    GOOD(yuma_emission_split_accepted(&accepted, YUMA_RULES_DEFAULT, NULL, 0, 3, &error));
    EQUAL(accepted, 1);
    GOOD(yuma_emission_split_accepted(&accepted, YUMA_RULES_DEFAULT, values, 0, 3, &error));
    EQUAL(accepted, 0);
    IS(YUMA_STATUS_NULL, "accepted", yuma_emission_split_accepted(NULL, YUMA_RULES_DEFAULT, values, 3, 3, &error));
    IS(YUMA_STATUS_NULL, "shares", yuma_emission_split_accepted(&accepted, YUMA_RULES_DEFAULT, NULL, 3, 3, &error));
    IS(YUMA_STATUS_UNKNOWN_RULES, "rules", yuma_emission_split_accepted(&accepted, 1, values, 3, 3, &error));

    uint64_t parts[256];
    yuma_null_budgets budgets[256];
    GOOD(yuma_split_emission(parts, 3, YUMA_RULES_DEFAULT, 11, NULL, 0, &error));
    IS(YUMA_STATUS_NULL, "parts", yuma_split_emission(NULL, 3, YUMA_RULES_DEFAULT, 11, NULL, 0, &error));
    IS(YUMA_STATUS_NULL, "shares", yuma_split_emission(parts, 3, YUMA_RULES_DEFAULT, 11, NULL, 3, &error));
    IS(YUMA_STATUS_UNKNOWN_RULES, "rules", yuma_split_emission(parts, 3, 1, 11, NULL, 0, &error));
    const yuma_pending drained = {11, 7, 1, 4};
    GOOD(yuma_split_null_emission(parts, budgets, 2, YUMA_RULES_DEFAULT, &drained, NULL, 0, &error));
    EQUAL(budgets[0].fallback, 10u);
    IS(YUMA_STATUS_NULL, "parts", yuma_split_null_emission(NULL, budgets, 2, YUMA_RULES_DEFAULT, &drained, NULL, 0, &error));
    IS(YUMA_STATUS_NULL, "budgets", yuma_split_null_emission(parts, NULL, 2, YUMA_RULES_DEFAULT, &drained, NULL, 0, &error));
    IS(YUMA_STATUS_NULL, "drained", yuma_split_null_emission(parts, budgets, 2, YUMA_RULES_DEFAULT, NULL, NULL, 0, &error));
    IS(YUMA_STATUS_RANGE, "parts", yuma_split_null_emission(parts, budgets, 256, YUMA_RULES_DEFAULT, &drained, NULL, 0, &error));
    IS(YUMA_STATUS_NOT_IN_RULES, "split_null_emission",
       yuma_split_null_emission(parts, budgets, 2, YUMA_RULES_SUBTENSOR_425, &drained, NULL, 0, &error));

    yuma_u128 weights[256];
    GOOD(yuma_mechanism_weights(weights, 8, parts, 255, &error));
    IS(YUMA_STATUS_NULL, "weights", yuma_mechanism_weights(NULL, 8, parts, 2, &error));
    IS(YUMA_STATUS_NULL, "parts", yuma_mechanism_weights(weights, 8, NULL, 2, &error));
    IS(YUMA_STATUS_RANGE, "parts", yuma_mechanism_weights(weights, 8, parts, 256, &error));
    AT(256u, 255u);

    yuma_mechanism_term terms[3], folded[2];
    uint8_t named[2];
    const size_t counts[] = {1, 2}, absurd[] = {SIZE_MAX, 2};
    memset(terms, 0, sizeof terms);
    const size_t size = yuma_fold_mechanisms_workspace_size(2, 3, 2);
#define FOLD(status, field, to, flags_to, mode, w, t, c, memory_and_size)                                      \
    IS(status, field,                                                                                          \
       yuma_fold_mechanisms(to, flags_to, 2, YUMA_RULES_DEFAULT, mode, w, t, c, 2, memory_and_size, &error))
    FOLD(YUMA_STATUS_OK, "", folded, named, YUMA_MODE_YUMA, weights, terms, counts, EXACT);
    EQUAL(named[0], 1);
    EQUAL(named[1], 0);
    FOLD(YUMA_STATUS_TOO_SMALL, "workspace", folded, named, YUMA_MODE_YUMA, weights, terms, counts, ONE_LESS);
    FOLD(YUMA_STATUS_NULL, "folded", NULL, named, YUMA_MODE_YUMA, weights, terms, counts, WORKSPACE);
    FOLD(YUMA_STATUS_NULL, "named", folded, NULL, YUMA_MODE_YUMA, weights, terms, counts, WORKSPACE);
    FOLD(YUMA_STATUS_RANGE, "mode", folded, named, 2, weights, terms, counts, WORKSPACE);
    FOLD(YUMA_STATUS_NULL, "weights", folded, named, YUMA_MODE_YUMA, NULL, terms, counts, WORKSPACE);
    FOLD(YUMA_STATUS_NULL, "terms", folded, named, YUMA_MODE_YUMA, weights, NULL, counts, WORKSPACE);
    FOLD(YUMA_STATUS_NULL, "term_counts", folded, named, YUMA_MODE_YUMA, weights, terms, NULL, WORKSPACE);
    FOLD(YUMA_STATUS_RANGE, "term_counts", folded, named, YUMA_MODE_YUMA, weights, terms, absurd, WORKSPACE);
    IS(YUMA_STATUS_UNKNOWN_RULES, "rules", yuma_fold_mechanisms(folded, named, 2, 1, 0, weights, terms, counts, 2, WORKSPACE, &error));
    terms[2].hotkey = 2;
    FOLD(YUMA_STATUS_RANGE, "terms", folded, named, YUMA_MODE_YUMA, weights, terms, counts, WORKSPACE);
    AT(2u, 1u);
    terms[2].active = 2;
    FOLD(YUMA_STATUS_FLAG, "active", folded, named, YUMA_MODE_YUMA, weights, terms, counts, WORKSPACE);
    AT(2u, 1u);
}

/* --- submission ------------------------------------------------------------------------------------------------------- */
static void submission(void) {
    yuma_weights_request request, broken;
    yuma_weights_subnet subnet, bad;
    yuma_weights_answer answer;
    uint16_t row[3];
    IS(YUMA_STATUS_NULL, "request", yuma_weights_request_init(NULL, &error));
    IS(YUMA_STATUS_NULL, "subnet", yuma_weights_subnet_init(NULL, &error));
    GOOD(yuma_weights_request_init(&request, &error));
    GOOD(yuma_weights_subnet_init(&subnet, &error));
    request.netuid = 1;
    request.uids = columns;
    request.uid_count = 2;
    request.values = values;
    request.value_count = 2;
    request.caller_uid = 0;
    subnet.n = 4;
    subnet.min_allowed_weights = 1;
    subnet.validator_permit = flags;
    subnet.validator_permit_count = 4;
    GOOD(yuma_validate_weights(&answer, row, &request, &subnet, &error));
    EQUAL(answer.result, YUMA_SUBMISSION_ACCEPTED);
    GOOD(yuma_validate_weights(&answer, NULL, &request, &subnet, &error));
    IS(YUMA_STATUS_NULL, "answer", yuma_validate_weights(NULL, row, &request, &subnet, &error));
    IS(YUMA_STATUS_NULL, "request", yuma_validate_weights(&answer, row, NULL, &subnet, &error));
    IS(YUMA_STATUS_NULL, "subnet", yuma_validate_weights(&answer, row, &request, NULL, &error));
#define REQUEST(change, status, field)                                                           \
    do {                                                                                         \
        broken = request;                                                                        \
        broken.change;                                                                           \
        IS(status, field, yuma_validate_weights(&answer, row, &broken, &subnet, &error));        \
    } while (0)
    REQUEST(size = 0, YUMA_STATUS_SIZE, "request");
    REQUEST(uids = NULL, YUMA_STATUS_NULL, "uids");
    REQUEST(values = NULL, YUMA_STATUS_NULL, "values");
    REQUEST(caller_uid = 65536, YUMA_STATUS_RANGE, "caller_uid");
    REQUEST(caller_uid = YUMA_NONE, YUMA_STATUS_OK, "");
    EQUAL(answer.result, YUMA_SUBMISSION_HOT_KEY_NOT_REGISTERED_IN_SUB_NET);
    REQUEST(value_count = 1, YUMA_STATUS_OK, "");
    EQUAL(answer.result, YUMA_SUBMISSION_WEIGHT_VEC_NOT_EQUAL_SIZE);
#define WEIGHTS_SUBNET(change, status, field)                                                    \
    do {                                                                                         \
        bad = subnet;                                                                            \
        bad.change;                                                                              \
        IS(status, field, yuma_validate_weights(&answer, row, &request, &bad, &error));          \
    } while (0)
    WEIGHTS_SUBNET(size = 0, YUMA_STATUS_SIZE, "subnet");
    WEIGHTS_SUBNET(mechanism_count = 256, YUMA_STATUS_RANGE, "mechanism_count");
    WEIGHTS_SUBNET(owner_uid = -3, YUMA_STATUS_RANGE, "owner_uid");
    WEIGHTS_SUBNET(validator_permit = NULL, YUMA_STATUS_NULL, "validator_permit");
    WEIGHTS_SUBNET(validator_permit = no_flags, YUMA_STATUS_FLAG, "validator_permit");
    WEIGHTS_SUBNET(commit_reveal_enabled = 2, YUMA_STATUS_FLAG, "commit_reveal_enabled");

    uint16_t scaled[] = {1, 2, 3};
    uint8_t within;
    GOOD(yuma_max_upscale(scaled, 3, &error));
    GOOD(yuma_max_upscale(NULL, 0, &error));
    IS(YUMA_STATUS_NULL, "values", yuma_max_upscale(NULL, 3, &error));
    IS(YUMA_STATUS_ALIGNMENT, "values", yuma_max_upscale(ODD(uint16_t), 3, &error));
    GOOD(yuma_sum_normalize(scaled, 3, &error));
    IS(YUMA_STATUS_NULL, "values", yuma_sum_normalize(NULL, 3, &error));
    GOOD(yuma_max_weight_within(&within, scaled, 3, 1, &error));
    IS(YUMA_STATUS_NULL, "within", yuma_max_weight_within(NULL, scaled, 3, 1, &error));
    IS(YUMA_STATUS_NULL, "values", yuma_max_weight_within(&within, NULL, 3, 1, &error));

    yuma_weights_commit commit, wrong;
    uint8_t hash[32], bytes[128];
    size_t length;
    IS(YUMA_STATUS_NULL, "commit", yuma_weights_commit_init(NULL, &error));
    GOOD(yuma_weights_commit_init(&commit, &error));
    GOOD(yuma_weights_commit_hash(hash, &commit, &error));
    IS(YUMA_STATUS_NULL, "hash", yuma_weights_commit_hash(NULL, &commit, &error));
    IS(YUMA_STATUS_NULL, "commit", yuma_weights_commit_hash(hash, NULL, &error));
    wrong = commit;
    wrong.salt_count = 1;
    IS(YUMA_STATUS_NULL, "salt", yuma_weights_commit_hash(hash, &wrong, &error));
    wrong = commit;
    wrong.uid_count = 1;
    IS(YUMA_STATUS_NULL, "uids", yuma_weights_commit_hash(hash, &wrong, &error));
    wrong = commit;
    wrong.value_count = 1;
    IS(YUMA_STATUS_NULL, "values", yuma_weights_commit_hash(hash, &wrong, &error));
    wrong = commit;
    wrong.size = 1;
    IS(YUMA_STATUS_SIZE, "commit", yuma_weights_commit_hash(hash, &wrong, &error));
    IS(YUMA_STATUS_SIZE, "commit", yuma_weights_commit_preimage(&length, bytes, sizeof bytes, &wrong, &error));
    GOOD(yuma_weights_commit_preimage(&length, bytes, sizeof bytes, &commit, &error));
    EQUAL(length, 45u);
    IS(YUMA_STATUS_TOO_SMALL, "preimage", yuma_weights_commit_preimage(&length, NULL, 0, &commit, &error));
    AT(0u, 45u);
    EQUAL(length, 45u);
    IS(YUMA_STATUS_TOO_SMALL, "preimage", yuma_weights_commit_preimage(&length, bytes, 44, &commit, &error));
    IS(YUMA_STATUS_NULL, "preimage", yuma_weights_commit_preimage(&length, NULL, 45, &commit, &error));
    IS(YUMA_STATUS_NULL, "length", yuma_weights_commit_preimage(NULL, bytes, sizeof bytes, &commit, &error));
    IS(YUMA_STATUS_NULL, "commit", yuma_weights_commit_preimage(&length, bytes, sizeof bytes, NULL, &error));
}

/* --- fixed ------------------------------------------------------------------------------------------------------------ */
static void fixed(void) {
    const yuma_u128 one = {1, 0}, large = {0, 1};
    yuma_arithmetic results;
    for (uint32_t format = YUMA_FORMAT_I32F32; format <= YUMA_FORMAT_U96F32; format++) {
        GOOD(yuma_fixed_arithmetic(&results, format, one, one, &error));
    }
    IS(YUMA_STATUS_NULL, "results", yuma_fixed_arithmetic(NULL, YUMA_FORMAT_I32F32, one, one, &error));
    IS(YUMA_STATUS_RANGE, "format", yuma_fixed_arithmetic(&results, 5, one, one, &error));
    IS(YUMA_STATUS_RANGE, "a", yuma_fixed_arithmetic(&results, YUMA_FORMAT_I32F32, large, one, &error));
    IS(YUMA_STATUS_RANGE, "b", yuma_fixed_arithmetic(&results, YUMA_FORMAT_I32F32, one, large, &error));
    const yuma_i128 wide = {0, 1}, zero = {0, 0};
    yuma_i128 logarithm;
    int64_t narrow;
    GOOD(yuma_log2(&logarithm, YUMA_FORMAT_I96F32, wide, &error));
    IS(YUMA_STATUS_NULL, "result", yuma_log2(NULL, YUMA_FORMAT_I96F32, wide, &error));
    IS(YUMA_STATUS_RANGE, "x", yuma_log2(&logarithm, YUMA_FORMAT_I32F32, wide, &error));
    IS(YUMA_STATUS_RANGE, "format", yuma_log2(&logarithm, YUMA_FORMAT_U64F64, wide, &error));
    IS(YUMA_STATUS_NO_VALUE, "x", yuma_log2(&logarithm, YUMA_FORMAT_I96F32, zero, &error));
    GOOD(yuma_ln(&narrow, 1 << 30, &error));
    IS(YUMA_STATUS_NULL, "result", yuma_ln(NULL, 1 << 30, &error));
    IS(YUMA_STATUS_NO_VALUE, "x", yuma_ln(&narrow, INT64_MIN, &error));
    GOOD(yuma_exp(&narrow, 0, &error));
    IS(YUMA_STATUS_NULL, "result", yuma_exp(NULL, 0, &error));
    IS(YUMA_STATUS_NO_VALUE, "x", yuma_exp(&narrow, INT64_MIN, &error));
    EQUAL(yuma_exp_safe(0), INT64_C(1) << 32);
    EQUAL(yuma_power(large, large).high, 1u);
    EQUAL(yuma_root(large, one).high, 1u);
    EQUAL(yuma_proportion_of_u64(UINT64_MAX).low, UINT64_C(1) << 32);

    yuma_u128 shares[2] = {{0, 1}, {0, 2}};
    const size_t size = yuma_pow_normalize_workspace_size(2);
    GOOD(yuma_pow_normalize(shares, 2, large, memory.bytes + 1, size, &error));
    GOOD(yuma_pow_normalize(NULL, 0, large, NO_WORKSPACE, &error));
    IS(YUMA_STATUS_NULL, "values", yuma_pow_normalize(NULL, 2, large, WORKSPACE, &error));
    IS(YUMA_STATUS_TOO_SMALL, "workspace", yuma_pow_normalize(shares, 2, large, memory.bytes, size - 1, &error));
}

int main(void) {
    names();
    epoch();
    digest_of_input();
    digest_of_outcome();
    emission();
    coinbase();
    schedule();
    distribution();
    mechanisms();
    submission();
    fixed();
    printf("bad input: %d checks, %d failures\n", checks, failures);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

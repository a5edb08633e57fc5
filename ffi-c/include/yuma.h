/*
 * libyuma: Bittensor's on-chain economics, the chain's integers to the last bit.
 *
 * Start with yuma_epoch: what a subnet's validators say in, everybody's reward out. Every vector kind of the project has a
 * function here of the same name as in every other language. No rule is in this binding: it checks what it is given, calls
 * the one function, and writes the results.
 *
 * Units     Amounts are uint64_t in rao, 10^-9 of TAO or of a subnet's alpha. Proportions are of 65535 (uint16_t) or of
 *           2^64 - 1 (uint64_t), as each says. Blocks are uint64_t. "Raw I32F32" and the like are the bits of a fixed-point
 *           number: I signed, U unsigned, the integer bits, F, the fraction bits; raw / 2^fraction is the number.
 *           Raw values of 128 bits are two uint64_t, low then high: see yuma_u128 and yuma_i128.
 * Flags     are uint8_t, 0 or 1; anything else is refused with YUMA_STATUS_FLAG.
 * Absence   of a small number is YUMA_NONE in a wider signed type; of a large one a flag has_... beside it.
 * Rules     The chain changes its rules several times a year. YUMA_RULES_... says which to follow; YUMA_RULES_DEFAULT are the
 *           newest this library knows, and every large result says which ones it followed.
 * Failure   Every function that can fail returns a yuma_status, writes its results through its first pointer or pointers, and
 *           tells in an optional yuma_error (NULL: not wanted) which field is wrong, where, and the limit it broke. Functions
 *           that return anything else cannot fail. "NULL", "RANGE" and so on in the comments are YUMA_STATUS_NULL, ...; NULL,
 *           ALIGNMENT and SIZE of any pointer passed, and TOO_SMALL of any workspace, are possible wherever there is one.
 *           After a status other than YUMA_STATUS_OK, what was to be written is not meaningful, unless the function says so.
 * Growth    A structure whose first member is `size` may grow in later versions. Let its ..._init function fill it, or set
 *           size to sizeof of it, in every element of an array. Another size is refused with YUMA_STATUS_SIZE. Members
 *           named `reserved` are 0.
 * Memory    is the caller's, all of it. A function that needs working memory takes `workspace`, any bytes of any alignment;
 *           a function ..._workspace_size says how many. What they hold before does not matter, and nothing in them is
 *           needed afterwards. Nothing is allocated or kept, there are no globals and no callbacks: any number of threads may
 *           call anything at once, each with a workspace and results of its own; inputs may be shared.
 * Pointers  must point to as many elements as said, for the time of the call. What is read may overlap what is read. What is
 *           written must overlap nothing else that is passed. NULL is allowed for 0 elements, and where a comment says so.
 *           Arguments that are not const are written; "in place" and moved states are read too.
 * Panics    The library cannot panic or unwind: input is checked at the door and after it nothing fails. libyuma.so contains no
 *           panic machinery and needs nothing but memcpy and memset. libyuma.a also carries the compiler's core library, of
 *           which a linker takes what is used: of its panic machinery nothing, with --gc-sections.
 */

#ifndef YUMA_H
#define YUMA_H

#include <stddef.h>
#include <stdint.h>

// The version of this header, as `yuma_version` gives that of the library.
#define YUMA_VERSION_MAJOR 0
#define YUMA_VERSION_MINOR 1
#define YUMA_VERSION_PATCH 0

// What stands for nothing in a signed member or array for which every number from 0 on means something.
#define YUMA_NONE (-1)

// The newest set of rules this library knows: at present `YUMA_RULES_SUBTENSOR_475`.
#define YUMA_RULES_DEFAULT 0

// The chain's economics at spec version 425 (mid-2026).
#define YUMA_RULES_SUBTENSOR_425 425

// The rules of mainnet from block 9233782 on (October 2026).
#define YUMA_RULES_SUBTENSOR_475 475

// Liquid alpha measures against this epoch's consensus.
#define YUMA_CONSENSUS_CURRENT 0

// Liquid alpha measures against the consensus of the epoch before, where there is one.
#define YUMA_CONSENSUS_PREVIOUS 1

// `YUMA_CONSENSUS_PREVIOUS` under the full bonds penalty, 65535; otherwise `YUMA_CONSENSUS_CURRENT`.
#define YUMA_CONSENSUS_AUTO 2

// The limit of the issuance of TAO and of every subnet's alpha, in rao: 21 million coins.
#define YUMA_CAP 21000000000000000

// The reward per block before the first halving, in rao: one coin.
#define YUMA_FIRST_REWARD 1000000000

// Blocks of a day, at 12 seconds each.
#define YUMA_BLOCKS_PER_DAY 7200

// How many steps the reward has: `yuma_halvings` writes as many.
#define YUMA_HALVING_COUNT 31

// What a rao of TAO on root counts against one of a subnet's alpha on mainnet, of 2^64 - 1: about 0.053.
#define YUMA_TAO_WEIGHT 971718665099567868

// Epochs by Yuma consensus.
#define YUMA_MODE_YUMA 0

// Epochs without consensus (from 475 on).
#define YUMA_MODE_NULL 1

// No epoch was due.
#define YUMA_SLOT_NOT_DUE 0

// The epoch runs in this block.
#define YUMA_SLOT_RAN 1

// The block's epochs were used up: due again in the next block.
#define YUMA_SLOT_DEFERRED 2

// The subnet was inconsistent: the slot is consumed without an epoch.
#define YUMA_SLOT_SKIPPED 3

// The coldkey of 32 zero bytes, which owns whatever nobody owns. All other coldkeys are numbers of the caller's choice.
#define YUMA_ZERO_ACCOUNT 0

// Incentives of the subnet owner's hotkeys stay outstanding, in nobody's hands. A subnet that never chose burns.
#define YUMA_WITHHELD_BURNED 0

// Incentives of the subnet owner's hotkeys leave the outstanding alpha.
#define YUMA_WITHHELD_RECYCLED 1

// No subnet has more mechanisms than this: what a `uint8_t` counts.
#define YUMA_MECHANISMS_MAX 255

// Signed, 32 bits of integer part and 32 of fraction.
#define YUMA_FORMAT_I32F32 0

// Signed, 64 bits of integer part and 64 of fraction.
#define YUMA_FORMAT_I64F64 1

// Signed, 96 bits of integer part and 32 of fraction.
#define YUMA_FORMAT_I96F32 2

// Unsigned, 64 bits of integer part and 64 of fraction.
#define YUMA_FORMAT_U64F64 3

// Unsigned, 96 bits of integer part and 32 of fraction.
#define YUMA_FORMAT_U96F32 4

// How a call ended. Every function that can fail returns one; outputs are meaningful only after `YUMA_STATUS_OK`, unless
// a function says otherwise.
typedef enum {
    // Everything was computed.
    YUMA_STATUS_OK = 0,
    // The pointer `field` is NULL though something is to be read from or written to it.
    YUMA_STATUS_NULL = 1,
    // The pointer `field` is not aligned for its type. A workspace may have any alignment.
    YUMA_STATUS_ALIGNMENT = 2,
    // The structure `field` says in its first member that it has `index` bytes; this library's has `limit`.
    YUMA_STATUS_SIZE = 3,
    // Element `index` of `field` is a flag and neither 0 nor 1.
    YUMA_STATUS_FLAG = 4,
    // The field has `index` elements, `limit` are needed.
    YUMA_STATUS_LENGTH = 5,
    // Offset number `index` of a sparse matrix is out of order or beyond what there is; it must be within `limit`.
    YUMA_STATUS_OFFSETS = 6,
    // A sparse matrix has `index` columns but `limit` values: only from languages in which the two have counts of their own.
    YUMA_STATUS_ENTRIES = 7,
    // Element `index` is above `limit`, or is none of the values that exist.
    YUMA_STATUS_RANGE = 8,
    // Element `index` is below 0, the `limit`.
    YUMA_STATUS_NEGATIVE = 9,
    // The buffer has room for `index` elements, or a workspace for `index` bytes; `limit` are needed.
    YUMA_STATUS_TOO_SMALL = 10,
    // The rules of spec version `index` have no such thing; those of `limit` have.
    YUMA_STATUS_NOT_IN_RULES = 11,
    // No rule set has the spec version `index`; the newest known is `limit`.
    YUMA_STATUS_UNKNOWN_RULES = 12,
    // The function has no value for this input: the logarithm of 0, the halving after the last one.
    YUMA_STATUS_NO_VALUE = 13,
    // The value that begins at byte `index` of an encoding, `field` of the format, is none that is written there; at most
    // `limit` can be.
    YUMA_STATUS_NOT_CANONICAL = 14,
} yuma_status;

// Whether the chain takes weights, or the first rule that refuses them.
typedef enum {
    // The weights are stored.
    YUMA_SUBMISSION_ACCEPTED = 0,
    // The subnet is root.
    YUMA_SUBMISSION_CAN_NOT_SET_ROOT_NETWORK_WEIGHTS = 1,
    // Not as many values as uids.
    YUMA_SUBMISSION_WEIGHT_VEC_NOT_EQUAL_SIZE = 2,
    // No such subnet, or it has no such mechanism.
    YUMA_SUBMISSION_MECHANISM_DOES_NOT_EXIST = 3,
    // More uids than neurons.
    YUMA_SUBMISSION_UIDS_LENGTH_EXCEED_UIDS_IN_SUB_NET = 4,
    // The caller is not registered.
    YUMA_SUBMISSION_HOT_KEY_NOT_REGISTERED_IN_SUB_NET = 5,
    // The caller has too little stake.
    YUMA_SUBMISSION_NOT_ENOUGH_STAKE_TO_SET_WEIGHTS = 6,
    // The version key is too old.
    YUMA_SUBMISSION_INCORRECT_WEIGHT_VERSION_KEY = 7,
    // Too few blocks since the last call.
    YUMA_SUBMISSION_SETTING_WEIGHTS_TOO_FAST = 8,
    // The caller may not validate.
    YUMA_SUBMISSION_NEURON_NO_VALIDATOR_PERMIT = 9,
    // A uid occurs twice.
    YUMA_SUBMISSION_DUPLICATE_UIDS = 10,
    // A uid does not exist.
    YUMA_SUBMISSION_UID_VEC_CONTAIN_INVALID_ONE = 11,
    // Too few weights.
    YUMA_SUBMISSION_WEIGHT_VEC_LENGTH_IS_LOW = 12,
    // One weight is too large a part.
    YUMA_SUBMISSION_MAX_WEIGHT_EXCEEDED = 13,
} yuma_submission;

// The hyperparameters of an epoch, and the rules it follows. Start from `yuma_epoch_params_init`.
typedef struct {
    // `sizeof(yuma_epoch_params)`.
    size_t size;
    // The set of rules to compute by, `YUMA_RULES_…`.
    uint32_t rules;
    // Which epoch's consensus liquid alpha measures against, `YUMA_CONSENSUS_…` (read from 475 on).
    uint32_t consensus_mode;
    // Blocks from one epoch to the next; read only when no epoch ran yet.
    uint64_t tempo;
    // Blocks after its last update in which a neuron still counts as active.
    uint64_t activity_cutoff;
    // How much of the old bonds an epoch keeps, in millionths. May be more than a million, as on the chain.
    uint64_t bonds_moving_average;
    // The stake below which a neuron's stake counts as 0, in rao.
    uint64_t stake_threshold;
    // The share of active stake whose agreement makes consensus, of 65535.
    uint16_t kappa;
    // How far weights above consensus lose their bonds, of 65535: 0 not at all, 65535 wholly.
    uint16_t bonds_penalty;
    // The smallest liquid alpha, of 65535.
    uint16_t alpha_low;
    // The largest liquid alpha, of 65535.
    uint16_t alpha_high;
    // The steepness of liquid alpha in hundredths; may be negative.
    int16_t alpha_sigmoid_steepness;
    // How many neurons get a validator permit.
    uint16_t max_allowed_validators;
    // Flag: Yuma 3 instead of Yuma 2.
    uint8_t yuma3;
    // Flag: a smoothing factor of its own for each bond; acts only with `yuma3`.
    uint8_t liquid_alpha;
    // Flag: weights committed before a miner registered do not count for it.
    uint8_t commit_reveal;
    // 0.
    uint8_t reserved;
} yuma_epoch_params;

// Why a call did not end with `YUMA_STATUS_OK`. Every function that can fail takes a pointer to one as its last argument
// and writes it in any case; NULL: not wanted.
typedef struct {
    // The status that was returned.
    yuma_status status;
    // The name of the member or argument that is wrong, as in this header, ended by a 0; empty if there is none.
    char field[32];
    // Where in the field, or what the status says.
    uint64_t index;
    // The bound that was broken, as the status says.
    uint64_t limit;
} yuma_error;

// A signed number of 128 bits in two's complement: `(int64_t)high` times 2^64, and `low`.
//
// Mostly the raw bits of a fixed-point number, which stand for themselves divided by 2^64 (I64F64) or 2^32 (I96F32).
typedef struct {
    // The lower 64 bits. Of an I64F64 it is the fraction.
    uint64_t low;
    // The upper 64 bits. Of an I64F64 it is the integer part, in two's complement.
    uint64_t high;
} yuma_i128;

// A sparse matrix by rows, as sparse libraries have it (CSR): row i is entries `offsets[i]` to `offsets[i + 1] - 1` of
// `columns` and `values`.
//
// Entries stay in the order given, and a row may repeat a column: both matter to the chain.
typedef struct {
    // One more than rows: the first is 0, none is smaller than the one before, the last is `entries`.
    const uint32_t *offsets;
    // How many offsets there are; 0 for a matrix without rows, which stands for rows without entries.
    size_t offset_count;
    // The column of each entry.
    const uint16_t *columns;
    // The value of each entry.
    const uint16_t *values;
    // How many entries there are.
    size_t entries;
} yuma_rows;

// A subnet before its epoch. Start from `yuma_epoch_subnet_init`. Every array belongs to the caller and is only read;
// arrays without a count of their own have one element per uid, `n` elements.
typedef struct {
    // `sizeof(yuma_epoch_subnet)`.
    size_t size;
    // The number of neurons; their uids are 0 to n - 1.
    uint16_t n;
    // Flag: whether `last_yuma_step_block` is known.
    uint8_t has_last_yuma_step_block;
    // The uid of the subnet's owner, or `YUMA_NONE`. One that is not below `n` has no effect.
    int32_t owner_uid;
    // The block the epoch runs in.
    uint64_t current_block;
    // The block of the epoch before; 0 when none ran yet.
    uint64_t last_step_block;
    // The block of the last epoch in Yuma mode (read from 475 on; 0 is a block, not absence).
    uint64_t last_yuma_step_block;
    // The alpha to divide, in rao.
    uint64_t rao_emission;
    // Each neuron's total stake weight on the subnet in rao, as raw I64F64: whole rao in `high`, their fraction in `low`.
    // Not negative. It is what `yuma_stake_weights` calls `total`.
    const yuma_i128 *stake;
    // The block in which each neuron last set weights.
    const uint64_t *last_update;
    // The block in which each neuron registered.
    const uint64_t *block_at_registration;
    // Flags: who has a validator permit before the epoch. A Null epoch does not read them.
    const uint8_t *validator_permit;
    // The block of each neuron's earliest active commit, `UINT64_MAX` for none; read only with `commit_reveal`. NULL: none by
    // anybody.
    const uint64_t *commit_block;
    // Row: validator, column: miner, value: the weight as stored. Rows and columns from `n` on are ignored.
    yuma_rows weights;
    // Row: validator, column: miner, value: the bond as the epoch before stored it. A Null epoch does not read them.
    yuma_rows bonds;
    // The consensus of the epoch before, of the same mechanism, `previous_consensus_count` elements; none when none is
    // stored (read from 475 on).
    const uint16_t *previous_consensus;
    // The number of elements of `previous_consensus`; any.
    size_t previous_consensus_count;
} yuma_epoch_subnet;

// Where an epoch's results go: arrays of the caller's, each with room for `n` elements unless it says otherwise. NULL: not
// wanted. Start from `yuma_epoch_outcome_init`, which leaves all of them NULL.
typedef struct {
    // `sizeof(yuma_epoch_outcome)`.
    size_t size;
    // Written: the rules the epoch followed, never `YUMA_RULES_DEFAULT`.
    uint32_t rules;
    // 0.
    uint32_t reserved;
    // Flags: who was active.
    uint8_t *active;
    // Flags: who has a validator permit from now on.
    uint8_t *validator_permit;
    // Each neuron's share of the stake, of 65535.
    uint16_t *stake_weight;
    // The consensus weight of each miner, of 65535.
    uint16_t *consensus;
    // Each miner's incentive, of 65535.
    uint16_t *incentive;
    // Each validator's dividends, of 65535.
    uint16_t *dividends;
    // Each validator's trust, of 65535.
    uint16_t *validator_trust;
    // What each neuron is paid for serving, in rao.
    uint64_t *server_emission;
    // What each neuron is paid for validating, in rao.
    uint64_t *validator_emission;
    // What each neuron is paid in all, in rao; rounded by itself, so not always the sum.
    uint64_t *emission;
    // The bonds to store, as the next epoch takes them: room for n + 1 offsets. NULL: no bonds are wanted.
    uint32_t *bond_offsets;
    // Their columns: room for `bond_capacity` entries.
    uint16_t *bond_columns;
    // The bonds, of 65535: room for `bond_capacity` entries.
    uint16_t *bond_values;
    // How many bonds there is room for; `yuma_epoch_bonds_max` is always enough.
    size_t bond_capacity;
    // Written: how many bonds there are, whether they are wanted or not.
    size_t bond_count;
    // Raw I32F32: S, each neuron's share of the stake.
    int64_t *raw_stake;
    // Raw I32F32: A, each active validator's share of the active stake.
    int64_t *raw_active_stake;
    // Raw I32F32: C.
    int64_t *raw_consensus;
    // Raw I32F32: VT.
    int64_t *raw_validator_trust;
    // Raw I32F32: I.
    int64_t *raw_incentive;
    // Raw I32F32: D.
    int64_t *raw_dividends;
    // E of every uid, whatever its permit: room for n + 1 offsets. NULL: not wanted.
    uint32_t *raw_bond_offsets;
    // Its columns: room for `raw_bond_capacity` entries.
    uint16_t *raw_bond_columns;
    // Raw I32F32: its values; room for `raw_bond_capacity` entries.
    int64_t *raw_bond_values;
    // How many entries of E there is room for; `yuma_epoch_bonds_max` is always enough.
    size_t raw_bond_capacity;
    // Written: how many entries E has, whether they are wanted or not.
    size_t raw_bond_count;
} yuma_epoch_outcome;

// What a Null epoch may pay, in rao of alpha.
typedef struct {
    // To the miners.
    uint64_t mining;
    // To the stakers.
    uint64_t dividend;
    // To the miners when nobody has any stake; the other two are then paid to nobody.
    uint64_t fallback;
} yuma_null_budgets;

// An unsigned number of 128 bits: `high` times 2^64, and `low`.
//
// Mostly the raw bits of a fixed-point number, which stand for themselves divided by 2^64 (U64F64) or 2^32 (U96F32).
typedef struct {
    // The lower 64 bits. Of a U64F64 it is the fraction.
    uint64_t low;
    // The upper 64 bits. Of a U64F64 it is the integer part.
    uint64_t high;
} yuma_u128;

// How much of everything an encoded input has, or buffers have room for.
typedef struct {
    // Neurons: elements of every list with one per uid, and rows of both matrices.
    uint16_t n;
    // Elements of `previous_consensus`.
    uint16_t previous_consensus;
    // Entries of `weights`.
    uint32_t weights;
    // Entries of `bonds`.
    uint32_t bonds;
} yuma_input_counts;

// Memory for a sparse matrix.
typedef struct {
    // Room for n + 1 offsets.
    uint32_t *offsets;
    // Room for the column of each entry.
    uint16_t *columns;
    // Room for the value of each entry.
    uint16_t *values;
} yuma_rows_buffers;

// Where a decoded input goes: the caller's memory for the arrays of `yuma_epoch_subnet`. More room than is needed does no
// harm. Start from `yuma_input_buffers_init`.
typedef struct {
    // `sizeof(yuma_input_buffers)`.
    size_t size;
    // How much there is room for: what `yuma_input_sizes` says, or whatever was set aside once and for all.
    yuma_input_counts room;
    // Room for `room.n` elements.
    yuma_i128 *stake;
    // Room for `room.n` elements.
    uint64_t *last_update;
    // Room for `room.n` elements.
    uint64_t *block_at_registration;
    // Room for `room.n` elements.
    uint8_t *validator_permit;
    // Room for `room.n` elements.
    uint64_t *commit_block;
    // Room for `room.n` rows and `room.weights` entries.
    yuma_rows_buffers weights;
    // Room for `room.n` rows and `room.bonds` entries.
    yuma_rows_buffers bonds;
    // Room for `room.previous_consensus` elements.
    uint16_t *previous_consensus;
} yuma_input_buffers;

// The intermediate values of the chain's own way to a block's reward, raw I96F32.
typedef struct {
    // Issuance / cap.
    yuma_i128 ratio;
    // 1 / (1 - ratio).
    yuma_i128 inverse;
    // The binary logarithm of `inverse`; its integer part is the number of halvings.
    yuma_i128 log2;
} yuma_reward_steps;

// The two counts of the TAO there is, in rao. They may differ.
typedef struct {
    // The counter that decides the reward.
    uint64_t total;
    // The ledger's own total, which decides the cap.
    uint64_t balances;
} yuma_issuance;

// One step of the reward.
typedef struct {
    // The issuance in rao at which this reward begins.
    uint64_t threshold;
    // The reward per block in rao.
    uint64_t reward;
    // How many halvings there have been from here on.
    uint32_t number;
} yuma_halving;

// The halving ahead of an issuance.
typedef struct {
    // The issuance in rao at which the reward changes.
    uint64_t threshold;
    // The reward per block in rao until then.
    uint64_t reward;
    // The reward per block in rao from then on.
    uint64_t reward_after;
    // How many blocks still get the present reward if none of it is recycled. What is recycled puts the halving off.
    uint64_t blocks;
} yuma_halving_ahead;

// What a subnet's moving price depends on.
typedef struct {
    // The pool's price, raw U64F64; ignored unless the mechanism is 1.
    yuma_u128 pool_price;
    // The moving price before, raw I96F32.
    yuma_i128 moving_price;
    // The smoothing factor that is approached, raw I96F32.
    yuma_i128 moving_alpha;
    // The block of the subnet's first emission, if `has_first_emission_block`.
    uint64_t first_emission_block;
    // The block of the update.
    uint64_t block;
    // Blocks after which half of `moving_alpha` is reached.
    uint64_t halving_blocks;
    // The subnet's mechanism.
    uint16_t mechanism;
    // Flag: the subnet has started.
    uint8_t has_first_emission_block;
} yuma_price_update;

// The gate between a subnet's share and its TAO, and what its bar is made with (from 475 on). All but the rank are raw
// U64F64.
typedef struct {
    // The share that is halved; 0: never computed. Whoever changes rank or quantile sets it to 0, as the chain does.
    yuma_u128 bar;
    // How steep the gate is.
    yuma_u128 exponent;
    // The bar is the share at which the largest ones sum to this; read only for the rank 0.
    yuma_u128 bar_quantile;
    // The bar is the share with this rank, counted from the largest; 0: by the quantile.
    uint16_t bar_rank;
} yuma_emission_gate;

// One eligible subnet in the sharing of a block's TAO: first what the caller sets, then what is written. The caller sets
// `size`.
typedef struct {
    // `sizeof(yuma_subnet_share)`.
    size_t size;
    // Flag: whether the subnet may receive TAO.
    uint8_t emission_enabled;
    // The price that counts for the shares, raw U64F64: `yuma_share_price`.
    yuma_u128 price;
    // The part of the miners' emission that is withheld, raw U96F32; not limited to 1.
    yuma_u128 miner_burned;
    // Written, raw U64F64: its part of all prices.
    yuma_u128 price_share;
    // Written, raw U64F64: its part after the burn weight.
    yuma_u128 share;
    // Written, raw U64F64: its part after the gate, where the rules have one.
    yuma_u128 gated_share;
    // Written, raw U64F64: its part among the enabled subnets.
    yuma_u128 enabled_share;
    // Written, raw U96F32: its TAO of this block in rao.
    yuma_u128 tao_emission;
} yuma_subnet_share;

// The parameters of the flow shares. Start from `yuma_flow_params_default`.
typedef struct {
    // Flows up to here have no share: raw I64F64.
    yuma_i128 flow_cutoff;
    // The power to which flows are raised before they become shares: raw U64F64.
    yuma_u128 exponent;
    // The weight of a new flow in the average, of 2^63 - 1.
    uint64_t smoothing_factor;
    // Flag: the protocol's own flow is subtracted.
    uint8_t net_flow_enabled;
} yuma_flow_params;

// One flow of TAO into a subnet, and its average.
typedef struct {
    // The average, raw I64F64, rao per block; if `has_average`.
    yuma_i128 average;
    // The block of the average's last update.
    uint64_t average_block;
    // Rao since the last update; negative: out of the subnet.
    int64_t since_update;
    // Flag: there has been an update.
    uint8_t has_average;
} yuma_flow;

// The two flows of one subnet.
typedef struct {
    // What users brought and took.
    yuma_flow user;
    // What the protocol brought and took.
    yuma_flow protocol;
} yuma_subnet_flows;

// What one block means for one subnet, in rao: raw U96F32.
typedef struct {
    // The subnet's TAO of the block.
    yuma_u128 tao_emission;
    // Root's part of the subnet, which limits `alpha_in`.
    yuma_u128 root_proportion;
    // Alpha created for the participants: a whole number.
    yuma_u128 alpha_out;
    // Alpha injected into the pool.
    yuma_u128 alpha_in;
    // TAO injected into the pool.
    yuma_u128 tao_in;
    // TAO that buys alpha instead.
    yuma_u128 excess_tao;
} yuma_terms;

// Alpha that waits for a subnet's epoch, or is drained for it, by whom it is for, in rao.
typedef struct {
    // For the miners.
    uint64_t server;
    // For the validators.
    uint64_t validator;
    // For root's stakers.
    uint64_t root;
    // For the subnet's owner.
    uint64_t owner_cut;
} yuma_pending;

// What concerns all subnets. Start from `yuma_network_init`.
typedef struct {
    // `sizeof(yuma_network)`.
    size_t size;
    // The set of rules to compute by, `YUMA_RULES_…`.
    uint32_t rules;
    // The owners' part of new alpha, of 65535.
    uint16_t owner_cut;
    // How many epochs may run in one block.
    uint8_t max_epochs_per_block;
    // 0.
    uint8_t reserved;
    // The TAO there is.
    yuma_issuance issuance;
    // The TAO staked on root, in rao.
    uint64_t root_tao;
    // The weight of a TAO against an alpha, of 2^64 - 1.
    uint64_t tao_weight;
    // The smoothing of moving prices, raw I96F32.
    yuma_i128 moving_alpha;
    // The gate between a subnet's share and its TAO (from 475 on).
    yuma_emission_gate gate;
} yuma_network;

// One subnet from block to block; its rhythm is a `yuma_schedule_state`. Start from `yuma_subnet_state_init`.
typedef struct {
    // `sizeof(yuma_subnet_state)`.
    size_t size;
    // The subnet; 0 is root, which takes no part.
    uint16_t netuid;
    // Its market: 1 has a pool with a price.
    uint16_t mechanism;
    // Flag: a condition of being eligible.
    uint8_t subtoken_enabled;
    // Flag: a condition of being eligible.
    uint8_t registration_allowed;
    // Flag: an eligible subnet may receive TAO.
    uint8_t emission_enabled;
    // Flag: the owner gets a cut.
    uint8_t owner_cut_enabled;
    // The block of the first emission, if `has_first_emission_block`.
    uint64_t first_emission_block;
    // Blocks after which half of the smoothing of the moving price is reached.
    uint64_t ema_halving_blocks;
    // The pool's price of alpha in TAO, raw U64F64; read only for mechanism 1.
    yuma_u128 pool_price;
    // The average price by which TAO is shared, raw I96F32.
    yuma_i128 moving_price;
    // The part of the miners' emission that is withheld, raw U96F32: `yuma_distribution.miner_burned`.
    yuma_u128 miner_burned;
    // Root's part of the subnet as last stored, raw U96F32, for readers: no rule uses it.
    yuma_u128 root_proportion;
    // TAO in the pool, in rao.
    uint64_t tao_reserve;
    // Alpha in the pool, in rao.
    uint64_t alpha_in_reserve;
    // Outstanding alpha, in rao.
    uint64_t alpha_out_supply;
    // TAO the pool could not take yet, in rao (from 475 on).
    uint64_t tao_reservoir;
    // Alpha the pool could not take yet, in rao (from 475 on).
    uint64_t alpha_reservoir;
    // Alpha the chain has bought so far, in rao, for readers: no rule uses it (from 475 on).
    uint64_t protocol_alpha;
    // Alpha that waits for the epoch.
    yuma_pending pending;
    // Flag: the subnet has started.
    uint8_t has_first_emission_block;
    // 0.
    uint8_t reserved[7];
} yuma_subnet_state;

// How a subnet's pool answers in one block, as data: its arithmetic is not part of the rules. Start from
// `yuma_pool_answers_default`. A pool whose answers depend on the amounts is asked by running `yuma_coinbase_begin` on a
// copy of the states first: the reports say what it is offered.
typedef struct {
    // TAO the pool takes for a buy, in rao, if `has_paid_in`; otherwise it takes all that is offered.
    uint64_t paid_in;
    // Alpha it gives for that, in rao.
    uint64_t paid_out;
    // Flags: whether it takes what it is offered, offer by offer. From 475 on it is offered TAO and alpha together, then the
    // alpha alone, then the TAO alone, up to the first it takes; before that once, and the others are not read.
    uint8_t accepts[3];
    // Flag: a buy succeeds.
    uint8_t buys;
    // Flag: `paid_in` counts.
    uint8_t has_paid_in;
} yuma_pool_answers;

// What an injection moved, in rao.
typedef struct {
    // TAO that went into a buy.
    uint64_t excess_tao;
    // Alpha that went into the pool.
    uint64_t alpha_in;
    // TAO that went into the pool.
    uint64_t tao_in;
} yuma_injection;

// What the creation of a block's alpha did to a subnet.
typedef struct {
    // Root's part of the subnet at `alpha_issuance`, raw U96F32. Not that of the terms: injection and creation came between.
    yuma_u128 root_proportion;
    // Alpha created for the participants, in rao.
    uint64_t alpha_out;
    // The alpha issuance in rao with it, by which it is split.
    uint64_t alpha_issuance;
    // Root's alpha that was recycled, in rao.
    uint64_t recycled;
} yuma_creation;

// What a block did to the TAO there is. The caller sets `size`.
typedef struct {
    // `sizeof(yuma_block_report)`.
    size_t size;
    // The rules the block followed, never `YUMA_RULES_DEFAULT`.
    uint32_t rules;
    // Flag: root's alpha became pending; otherwise it was recycled.
    uint8_t root_sell_flag;
    // 0.
    uint8_t reserved[3];
    // TAO minted, in rao.
    uint64_t minted;
    // TAO that found no taker and is gone again, in rao.
    uint64_t recycled;
} yuma_block_report;

// A block's verdict on one subnet.
typedef struct {
    // What became of its epoch, `YUMA_SLOT_…`.
    uint32_t slot;
    // Flag: its time-locked commits are not revealed in this block, though an epoch is due.
    uint8_t reveal_deferred;
} yuma_verdict;

// What a block did to one subnet. The caller sets `size` of each.
typedef struct {
    // `sizeof(yuma_subnet_report)`.
    size_t size;
    // Flag: the subnet is eligible, so there are `terms`.
    uint8_t has_terms;
    // Flag: its epoch runs now, so there is something `drained`.
    uint8_t has_drained;
    // What the block decided about its epoch.
    yuma_verdict verdict;
    // Its TAO of this block and what that means for it.
    yuma_terms terms;
    // What moved into the pool.
    yuma_injection injection;
    // What was created.
    yuma_creation creation;
    // What waited for the epoch, before this block's epochs.
    yuma_pending pending;
    // What was taken out of the subnet's `pending` for an epoch that runs now.
    yuma_pending drained;
} yuma_subnet_report;

// Where one subnet stands in its rhythm of epochs. Start from `yuma_schedule_state_init`.
typedef struct {
    // `sizeof(yuma_schedule_state)`.
    size_t size;
    // Blocks from one epoch to the next; 0: no epochs.
    uint16_t tempo;
    // Flag: no hotkey holds two uids of the subnet. A fact from outside, for the block at hand.
    uint8_t consistent;
    // Flag: whether `last_yuma_step_block` is known.
    uint8_t has_last_yuma_step_block;
    // How its epochs are computed, `YUMA_MODE_…` (from 475 on).
    uint32_t epoch_mode;
    // The block of the last consumed slot, whether its epoch ran or was skipped.
    uint64_t last_epoch_block;
    // The block for which an epoch was triggered, or to which one was deferred; 0: none.
    uint64_t pending_epoch_at;
    // Blocks since the last epoch that ran.
    uint64_t blocks_since_last_step;
    // The block of the last epoch that ran; moved by `yuma_finish_epoch`.
    uint64_t last_mechanism_step_block;
    // Consumed slots so far.
    uint64_t epoch_index;
    // The block of the last epoch in Yuma mode (from 475 on); none and 0 differ.
    uint64_t last_yuma_step_block;
} yuma_schedule_state;

// What the distribution knows about one hotkey besides its stake. Start from `yuma_hotkey_init`.
typedef struct {
    // `sizeof(yuma_hotkey)`.
    size_t size;
    // The block in which its uid was registered.
    uint64_t registered_at;
    // Its coldkey.
    uint32_t owner;
    // Its uid on the subnet, or `YUMA_NONE`.
    int32_t uid;
    // The part of dividends the owner takes, of 65535.
    uint16_t take;
    // The part it takes of its parents' dividends, of 65535; two minima apply on reading.
    uint16_t childkey_take;
    // Flag: it has a uid on root (from 475 on).
    uint8_t on_root;
    // Flag: somebody has a share in the stake under it (from 475 on).
    uint8_t has_members;
    // 0.
    uint8_t reserved[2];
} yuma_hotkey;

// What all stakers together hold under one hotkey.
typedef struct {
    // Stake on the subnet, in rao of its alpha.
    uint64_t alpha;
    // Stake on root, in rao of TAO.
    uint64_t root;
} yuma_stake;

// All hotkeys of a subnet and what they delegate to each other. Start from `yuma_hotkey_table_init`.
//
// A hotkey is its index in this table, which is ascending by the hotkeys' 32 bytes: so the order of the index is the chain's
// order. The table lists every hotkey that is named anywhere; one that nobody described has no stake and is as
// `yuma_hotkey_init` leaves it.
typedef struct {
    // `sizeof(yuma_hotkey_table)`.
    size_t size;
    // The set of rules to compute by, `YUMA_RULES_…`.
    uint32_t rules;
    // The subnet owner's hotkey, or `YUMA_NONE`: it receives the owner's cut, and suspension does not hide it.
    int32_t owner_hotkey;
    // How many hotkeys there are.
    size_t count;
    // What each holds: `count` elements.
    const yuma_stake *stakes;
    // Who each is: `count` elements. `yuma_inherited_stake` and `yuma_stake_weights` do not read it.
    const yuma_hotkey *hotkeys;
    // The edges, grouped by child: hotkey h has the parents `edge_offsets[h]` to `edge_offsets[h + 1] - 1`, in stored order.
    const uint32_t *edge_offsets;
    // How many offsets there are, at most `count` + 1; hotkeys left out at the end have no parents. 0: there are no edges.
    size_t edge_offset_count;
    // The parent of each edge.
    const uint16_t *edge_parents;
    // What the parent gives, of 2^64 - 1.
    const uint64_t *edge_proportions;
    // How many edges there are.
    size_t edge_count;
    // Flags: whose edges to children do not count for the time being (from 475 on). Hotkeys left out at the end are not
    // suspended.
    const uint8_t *suspended;
    // How many of these flags there are.
    size_t suspended_count;
} yuma_hotkey_table;

// One row of the epoch's result.
typedef struct {
    // As a miner, in rao of alpha.
    uint64_t incentive;
    // As a validator, in rao of alpha.
    uint64_t dividend;
    // Whose.
    uint16_t hotkey;
} yuma_epoch_share;

// The chain's and the subnet's terms for child keys.
typedef struct {
    // What a rao of TAO on root counts against one of alpha, of 2^64 - 1.
    uint64_t tao_weight;
    // The part of a parent's dividend that is recycled, of 2^64 - 1.
    uint64_t burn;
    // The chain's least childkey take, of 65535.
    uint16_t min_take;
    // The subnet's least childkey take, of 65535.
    uint16_t min_take_subnet;
} yuma_childkey_terms;

// What a coldkey keeps locked under a hotkey on one subnet, in rao of alpha (from 475 on).
typedef struct {
    // How much of what is locked beyond the minimum every rao earned sets free: raw U64F64.
    yuma_u128 drain_ratio;
    // Locked at present.
    uint64_t locked;
    // What must stay locked.
    uint64_t min_locked;
    // Earned since the entry was made.
    uint64_t earned;
    // Flag: there is such an entry; without it the other members mean nothing.
    uint8_t exists;
} yuma_collateral;

// A subnet at the moment its pending emission is drained. Start from `yuma_drained_subnet_init`.
typedef struct {
    // `sizeof(yuma_drained_subnet)`.
    size_t size;
    // The amounts to distribute.
    yuma_pending drained;
    // What the epoch gave to whom, `epoch_count` elements; a hotkey may have several rows.
    const yuma_epoch_share *epoch;
    // How many rows there are.
    size_t epoch_count;
    // The terms for child keys, and the TAO weight.
    yuma_childkey_terms terms;
    // The subnet's owner, or `YUMA_NONE`.
    int64_t owner_coldkey;
    // The part of the owner's cut that a running lease gives to its contributors, in percent, or `YUMA_NONE` (from 475 on).
    int32_t lease_share;
    // What becomes of the incentives of the owner's hotkeys, `YUMA_WITHHELD_…`.
    uint32_t withheld;
    // How the epoch was computed, `YUMA_MODE_…` (from 475 on).
    uint32_t epoch_mode;
    // 0.
    uint32_t reserved;
    // By coldkey, the hotkey to which its incentives are staked, or `YUMA_NONE`; coldkeys left out at the end chose none.
    const int32_t *auto_stake;
    // How many coldkeys are given.
    size_t auto_stake_count;
    // By hotkey, the collateral of its present owner (from 475 on). Hotkeys left out at the end have none.
    const yuma_collateral *collateral;
    // How many hotkeys are given.
    size_t collateral_count;
    // By hotkey, what waits for its basket, in rao of alpha (from 475 on); nothing for hotkeys left out at the end.
    const uint64_t *basket_pending;
    // How many hotkeys are given.
    size_t basket_pending_count;
} yuma_drained_subnet;

// The stakes of one uid as the epoch weighs them, raw I64F64.
typedef struct {
    // Inherited stake on the subnet, rao of alpha; saturates at 2^63.
    yuma_i128 alpha;
    // Inherited stake on root, rao of TAO; saturates at 2^63.
    yuma_i128 tao;
    // Both together, the stake on root times the TAO weight: the epoch's `stake`.
    yuma_i128 total;
} yuma_weighed_stake;

// How a validator's dividend was split.
typedef struct {
    // The validator's own contribution to its stake, in rao; what its parents contribute are fractions of rao.
    uint64_t self_contribution;
    // How many payouts there are: one for each parent, and the validator's.
    size_t payout_count;
    // The take that was applied, of 65535.
    uint16_t effective_take;
} yuma_dividend_split;

// What one hotkey receives of a validator's dividend.
typedef struct {
    // Rao of alpha.
    uint64_t amount;
    // Rao of alpha that are recycled on the way to this parent.
    uint64_t recycled;
    // A parent, or the validator itself.
    uint16_t hotkey;
} yuma_payout;

// Something of dividends, split into what alpha and what root stake earned: rao of alpha, raw U96F32.
typedef struct {
    // Of the stake on the subnet.
    yuma_u128 alpha;
    // Of the stake on root.
    yuma_u128 root;
    // Flag: there is something to receive; 0 for a row without stake.
    uint8_t exists;
} yuma_dividend_parts;

// One hotkey's dividend and its stake.
typedef struct {
    // Raw U96F32, in any unit: only its relation to the others counts.
    yuma_u128 dividend;
    // Its stake, if `has_stake`.
    yuma_stake stake;
    // Flag: a hotkey without a stake row receives nothing and counts nowhere.
    uint8_t has_stake;
    // Flag: it has a uid on root (from 475 on).
    uint8_t on_root;
} yuma_dividend_row;

// What becomes of an amount for the root stakers of one hotkey (before 475).
typedef struct {
    // The hotkey's new rate as raw I96F32, alpha per rao of TAO on root, unless `staked`.
    yuma_i128 rate;
    // Flag: the amount is more than the stake on root and is staked to the hotkey's owner instead; the rate stays.
    uint8_t staked;
} yuma_root_dividend;

// The sums of a distribution, in rao of alpha. The caller sets `size`.
//
// The four drained amounts together are the sum of all credits, `withheld`, `claimable`, `queued`, `recycled_root` and
// `unassigned`.
typedef struct {
    // `sizeof(yuma_distribution)`.
    size_t size;
    // The rules that were followed, never `YUMA_RULES_DEFAULT`.
    uint32_t rules;
    // 0.
    uint32_t reserved;
    // How many credits there are.
    size_t credit_count;
    // What the epoch divides: all but the owner cut.
    uint64_t epoch_emission;
    // All incentives of the epoch's result.
    uint64_t incentive_sum;
    // What the validators share; without incentives also the miners' part.
    uint64_t validator_alpha;
    // What of the owner cut can be locked for the owner (from 475 on).
    uint64_t owner_cut_kept;
    // Incentives of the owner's hotkeys, recycled or burned.
    uint64_t withheld;
    // What left the outstanding alpha: burns between parents and children, recycled incentives, and `recycled_root`.
    uint64_t recycled;
    // Root's pending alpha where nobody could be given a rao of it (from 475 on).
    uint64_t recycled_root;
    // Incentives that stay outstanding in nobody's hands.
    uint64_t burned;
    // `withheld` as a share of all incentives: raw U96F32.
    yuma_u128 miner_burned;
    // What root stakers can claim from now on (before 475).
    yuma_u128 claimable;
    // What was added to the queues of baskets (from 475 on).
    yuma_u128 queued;
    // What reached nobody: roundings, an owner cut without an owner. Below 0 if the epoch's result gives out more than was
    // drained.
    yuma_i128 unassigned;
    // What the subnet's outstanding alpha changes by (it stops at 0): credits are outstanding already.
    yuma_i128 alpha_out_supply_delta;
} yuma_distribution;

// What a distribution did to one hotkey. The caller sets `size` of each.
typedef struct {
    // `sizeof(yuma_hotkey_outcome)`.
    size_t size;
    // Flag: the epoch's result names it.
    uint8_t has_incentive;
    // Flag: it is in the epoch's result or a parent of one that is; otherwise `payouts`, `alpha` and `root` mean nothing.
    uint8_t has_dividends;
    // Flag: it has an `AlphaDividendsPerSubnet` afterwards.
    uint8_t has_alpha_paid;
    // Flag: it has a `RootAlphaDividendsPerSubnet` afterwards.
    uint8_t has_root_paid;
    // Flag: its claimable rate rises (before 475).
    uint8_t has_root_claimable_increment;
    // Flag: somebody has a share in its stake afterwards.
    uint8_t has_members;
    // Its incentives, in rao.
    uint64_t incentive;
    // All payouts of its own and of its children's dividends, in rao: raw U96F32.
    yuma_u128 payouts;
    // Its amount of the pending alpha, in rao: raw U96F32.
    yuma_u128 alpha;
    // Its amount of root's pending alpha, in rao: raw U96F32.
    yuma_u128 root;
    // What its nominators received of the pending alpha, in rao.
    uint64_t alpha_paid;
    // What its root stakers received of root's pending alpha, in rao, staked, claimable or queued.
    uint64_t root_paid;
    // What its claimable rate rises by, raw I96F32, alpha per rao of TAO (before 475).
    yuma_i128 root_claimable_increment;
    // All stake under it afterwards, in rao of alpha.
    uint64_t total_alpha;
    // What waits for its basket afterwards, in rao of alpha (from 475 on).
    uint64_t basket_pending;
    // Its owner's collateral afterwards (from 475 on).
    yuma_collateral collateral;
} yuma_hotkey_outcome;

// Stake under a hotkey that is raised.
typedef struct {
    // Rao of alpha, never 0.
    uint64_t amount;
    // Whose it is, unless `to_nominators`.
    uint32_t coldkey;
    // Where the stake is.
    uint16_t hotkey;
    // Flag: the stake of all stakers of the hotkey is raised, in proportion.
    uint8_t to_nominators;
} yuma_credit;

// What one mechanism's epoch gave one hotkey, or all of them together. Proportions are of 65535, amounts in rao.
typedef struct {
    // Emission as a validator.
    uint64_t validator_emission;
    // Emission as a miner.
    uint64_t server_emission;
    // Emission of both kinds; in Yuma mode rounded by itself.
    uint64_t emission;
    // Stake.
    uint64_t stake;
    // The hotkey, as its index in a table that is ascending by the hotkeys' bytes.
    uint16_t hotkey;
    // Its uid.
    uint16_t uid;
    // Proportion of the dividends.
    uint16_t dividend;
    // Proportion of the incentives.
    uint16_t incentive;
    // Proportion of the stake.
    uint16_t stake_weight;
    // The consensus on it.
    uint16_t consensus;
    // Trust in it as a validator.
    uint16_t validator_trust;
    // Flag: it set weights lately.
    uint8_t active;
    // Flag: it may validate next.
    uint8_t new_validator_permit;
} yuma_mechanism_term;

// The weights that a caller wants to set, and who it is. Start from `yuma_weights_request_init`.
typedef struct {
    // `sizeof(yuma_weights_request)`.
    size_t size;
    // Whom the weights are for: `uid_count` elements.
    const uint16_t *uids;
    // How many uids there are.
    size_t uid_count;
    // The weight of each uid, in any scale: `value_count` elements.
    const uint16_t *values;
    // How many values there are. The chain refuses another number than that of uids.
    size_t value_count;
    // The version of the caller's program.
    uint64_t version_key;
    // The caller's inherited stake on the subnet and on root, in rao.
    yuma_stake stake;
    // The block in which the caller last set weights of this mechanism; 0: never.
    uint64_t last_update;
    // The caller's uid, or `YUMA_NONE` if it is not registered on the subnet.
    int32_t caller_uid;
    // The subnet.
    uint16_t netuid;
    // The mechanism.
    uint8_t mecid;
    // 0.
    uint8_t reserved;
} yuma_weights_request;

// What the chain knows about the subnet. Start from `yuma_weights_subnet_init`.
typedef struct {
    // `sizeof(yuma_weights_subnet)`.
    size_t size;
    // How many mechanisms it has, or `YUMA_NONE` if the subnet does not exist.
    int32_t mechanism_count;
    // Its owner's uid, or `YUMA_NONE`.
    int32_t owner_uid;
    // Flags by uid; those left out at the end have no permit.
    const uint8_t *validator_permit;
    // How many permits are given.
    size_t validator_permit_count;
    // What a rao of TAO on root counts against one of alpha, of 2^64 - 1.
    uint64_t tao_weight;
    // The least stake of a caller, in rao.
    uint64_t stake_threshold;
    // The least version key; 0: any.
    uint64_t network_version_key;
    // Blocks between two calls.
    uint64_t rate_limit;
    // The block of the call.
    uint64_t current_block;
    // How many neurons it has: uids 0 to n - 1.
    uint16_t n;
    // The least number of weights, lowered to n.
    uint16_t min_allowed_weights;
    // The largest share of one weight, of 65535; 65535: no limit, as everywhere on the chain.
    uint16_t max_weight_limit;
    // Flag: whether weights are committed first. Then this call reveals them, and rate limit and last update are the
    // commit's.
    uint8_t commit_reveal_enabled;
    // 0.
    uint8_t reserved;
} yuma_weights_subnet;

// What a commit hash covers. The lists are hashed as they are: unchecked, unsorted, not scaled. Start from
// `yuma_weights_commit_init`.
typedef struct {
    // `sizeof(yuma_weights_commit)`.
    size_t size;
    // The committing hotkey.
    uint8_t account[32];
    // The uids that will be revealed: `uid_count` elements.
    const uint16_t *uids;
    // How many uids there are.
    size_t uid_count;
    // The weights that will be revealed: `value_count` elements.
    const uint16_t *values;
    // How many values there are.
    size_t value_count;
    // The secret that keeps the weights from being guessed: `salt_count` elements.
    const uint16_t *salt;
    // How long the salt is.
    size_t salt_count;
    // The version key that will be revealed.
    uint64_t version_key;
    // The subnet.
    uint16_t netuid;
    // The mechanism.
    uint8_t mecid;
    // 0.
    uint8_t reserved[5];
} yuma_weights_commit;

// The chain's answer to weights.
typedef struct {
    // Whether they are taken.
    yuma_submission result;
    // The caller's last update from now on; as before if they are refused.
    uint64_t last_update;
} yuma_weights_answer;

// Every basic operation on two numbers, and every conversion of the first. Raw bits, of the operands' format unless the
// name says another; a signed format's 128 bits are in two's complement.
typedef struct {
    // a + b, saturating.
    yuma_u128 saturating_add;
    // a - b, saturating.
    yuma_u128 saturating_sub;
    // a * b, floored, saturating.
    yuma_u128 saturating_mul;
    // a / b, truncated, if `has_checked_div`.
    yuma_u128 checked_div;
    // a / b, truncated; 0 for a zero divisor or a quotient that does not fit.
    yuma_u128 safe_div;
    // a as raw U96F32: floored, clamped.
    yuma_u128 to_u96f32;
    // a as raw U64F64: floored, clamped.
    yuma_u128 to_u64f64;
    // a as raw I96F32: floored, clamped.
    yuma_i128 to_i96f32;
    // a as raw I64F64: floored, clamped.
    yuma_i128 to_i64f64;
    // a as raw I32F32: floored, clamped.
    int64_t to_i32f32;
    // a as a whole number: floored, clamped.
    uint64_t to_u64;
    // a as a whole number: floored, clamped.
    uint16_t to_u16;
    // The whole number nearest to a, ties away from zero, clamped.
    uint16_t round_to_u16;
    // Flag: whether the quotient exists and fits.
    uint8_t has_checked_div;
} yuma_arithmetic;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/* =====================================================================================================================
 * How a call ends, and why an input is refused.
 */

// The name of a status, the same in every language: that of the constant in lower case, without its prefix, for example
// `too_small`; `unknown` for any other number. The text is static.
const char *yuma_status_string(uint32_t status);

// The version of the library, for example "0.1.0". The text is static.
const char *yuma_version(void);

/* =====================================================================================================================
 * Which of the chain's rules a result follows.
 */

// The id of a set of rules, for example "subtensor-475"; NULL for an unknown one. The text is static.
const char *yuma_rules_id(uint32_t rules);

// The number of a set of rules, which is the chain's spec version; `YUMA_RULES_DEFAULT` gives that of the newest. 0 for an
// unknown one.
uint32_t yuma_rules_spec_version(uint32_t rules);

// The first block of mainnet under a set of rules; 0 where it is not known.
uint64_t yuma_rules_first_block(uint32_t rules);

/* =====================================================================================================================
 * Yuma consensus: one epoch of a subnet (spec `epoch.md`).
 */

// What the chain gives a new subnet, under the newest rules.
yuma_status yuma_epoch_params_init(yuma_epoch_params *params, yuma_error *error);

// A subnet without neurons, owner, weights and bonds: numbers 0, pointers NULL, no block known.
yuma_status yuma_epoch_subnet_init(yuma_epoch_subnet *subnet, yuma_error *error);

// An outcome of which nothing is wanted yet.
yuma_status yuma_epoch_outcome_init(yuma_epoch_outcome *outcome, yuma_error *error);

// How much working memory `yuma_epoch` needs for this subnet, in bytes. Of the subnet it reads `n`, `weights` and `bonds`.
//
// Errors: `NULL`, `SIZE`; `OFFSETS` of `weights` or `bonds`.
yuma_status yuma_epoch_workspace_size(size_t *size,
                                      const yuma_epoch_subnet *subnet,
                                      yuma_error *error);

// No epoch of this subnet has more bonds than this: the number of its weights and old bonds together.
//
// Errors: `NULL`, `SIZE`.
yuma_status yuma_epoch_bonds_max(size_t *count, const yuma_epoch_subnet *subnet, yuma_error *error);

// Runs one epoch of `subnet` in the caller's `workspace` of `workspace_size` bytes, at least `yuma_epoch_workspace_size` of
// any alignment. What it holds before does not matter; nothing of it is needed afterwards.
//
// Writes what `outcome` asks for. Nothing of `outcome` or `workspace` may overlap anything else that is passed.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `UNKNOWN_RULES`; `RANGE` of `consensus_mode` or `owner_uid`; `FLAG` with the uid;
// `LENGTH` of `weights` or `bonds` with rows, but fewer than `n`; `OFFSETS`; `NEGATIVE` of `stake` with the uid;
// `TOO_SMALL` of `workspace` (nothing is computed) or of `bond_columns` or `raw_bond_columns` (all the rest is written,
// the counts too).
yuma_status yuma_epoch(yuma_epoch_outcome *outcome,
                       const yuma_epoch_params *params,
                       const yuma_epoch_subnet *subnet,
                       void *workspace,
                       size_t workspace_size,
                       yuma_error *error);

// How much working memory `yuma_null_epoch` needs for `n` neurons, in bytes.
size_t yuma_null_epoch_workspace_size(uint16_t n);

// Runs one epoch of a subnet in Null mode, without consensus (from 475 on): as `yuma_epoch`. Of the parameters it reads
// `rules`, `activity_cutoff`, `stake_threshold` and `commit_reveal`; of the subnet neither permits, bonds nor emission.
// Consensus and validator trust are 0, and there are no bonds: the stored ones stay.
//
// Errors: as `yuma_epoch`; `NOT_IN_RULES` before 475.
yuma_status yuma_null_epoch(yuma_epoch_outcome *outcome,
                            const yuma_epoch_params *params,
                            const yuma_epoch_subnet *subnet,
                            const yuma_null_budgets *budgets,
                            void *workspace,
                            size_t workspace_size,
                            yuma_error *error);

// The budgets of a Null epoch called with a single amount in rao; an odd unit goes to the miners.
yuma_null_budgets yuma_null_budgets_of_emission(uint64_t rao_emission);

// Divides `budget` among `count` `shares` in whole units, in order: each gets the floor or the ceiling of its part, and
// together they get the budget, unless all shares are 0. Writes `count` `payouts`.
//
// Errors: `NULL`, `ALIGNMENT`.
yuma_status yuma_apportion(uint64_t *payouts,
                           const yuma_u128 *shares,
                           size_t count,
                           uint64_t budget,
                           yuma_error *error);

/* =====================================================================================================================
 * Canonical bytes of what an epoch is computed from and of what it gives, and their SHA-256: what a hardware validator
 * receives, answers and signs. A value has exactly one encoding, the same from every language: the format is in
 * `core/src/digest/format.md`.
 */

// Buffers without room for anything.
yuma_status yuma_input_buffers_init(yuma_input_buffers *buffers, yuma_error *error);

// How much working memory the functions of an input need for `n` neurons, in bytes. An epoch needs more: its workspace
// serves here too.
size_t yuma_input_workspace_size(uint16_t n);

// The number of an input's canonical bytes, which `yuma_encode_input` writes.
//
// Errors: as `yuma_input_digest`.
yuma_status yuma_input_length(size_t *length,
                              const yuma_epoch_params *params,
                              const yuma_epoch_subnet *subnet,
                              const yuma_null_budgets *null_budgets,
                              void *workspace,
                              size_t workspace_size,
                              yuma_error *error);

// Writes the canonical bytes of an input to `bytes`, which have room for `capacity`. `length` receives how many they are,
// also when there is no room for them. Input and workspace: as `yuma_input_digest`.
//
// Errors: as `yuma_input_digest`; `TOO_SMALL` of `bytes` with less room than `length`.
yuma_status yuma_encode_input(size_t *length,
                              uint8_t *bytes,
                              size_t capacity,
                              const yuma_epoch_params *params,
                              const yuma_epoch_subnet *subnet,
                              const yuma_null_budgets *null_budgets,
                              void *workspace,
                              size_t workspace_size,
                              yuma_error *error);

// The SHA-256 of an input's canonical bytes, 32 bytes: one number for everything an epoch is computed from, the rules too.
// `YUMA_RULES_DEFAULT` is encoded as the rules it stands for.
//
// `null_budgets` are what a Null epoch may pay; NULL: a Yuma epoch is meant. A Null epoch reads neither permits nor bonds,
// but they are encoded if they are given; permits may be NULL then.
//
// The `workspace` of `workspace_size` bytes, at least `yuma_input_workspace_size`, may have any alignment.
//
// Errors: those of `yuma_epoch`, or of `yuma_null_epoch` with `null_budgets`; `NOT_IN_RULES` of `null_budgets` before 475.
yuma_status yuma_input_digest(uint8_t *digest,
                              const yuma_epoch_params *params,
                              const yuma_epoch_subnet *subnet,
                              const yuma_null_budgets *null_budgets,
                              void *workspace,
                              size_t workspace_size,
                              yuma_error *error);

// How much room the input needs whose canonical bytes are the `length` `bytes`. There are enough bytes for that much: whoever
// allocates it can't be made to allocate more than a small multiple of what was received.
//
// Errors: `NULL`; those of `yuma_decode_input`, as far as they can be told from the counts.
yuma_status yuma_input_sizes(yuma_input_counts *counts,
                             const uint8_t *bytes,
                             size_t length,
                             yuma_error *error);

// The input whose canonical bytes are all of the `length` `bytes`, from wherever they came, and their SHA-256 in the 32 bytes
// of `digest`. Set `size` of `params` and `subnet` before, or let their init functions do it; all else is overwritten.
//
// The arrays go into `buffers`, and `subnet` points to them: it is good for `yuma_epoch` as long as they are. Room that is
// not needed stays as it is. `has_null_budgets` receives 1 if a Null epoch is meant, with `null_budgets`, and 0 otherwise.
// Both matrices have n + 1 offsets, whatever was encoded.
//
// The `workspace` of `workspace_size` bytes, at least `yuma_input_workspace_size`, may have any alignment.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `NOT_CANONICAL` for bytes that no input encodes to, with the offset; `LENGTH` of
// `bytes` when they end too early or go on; `TOO_SMALL` of the member of `buffers` or of the workspace; `UNKNOWN_RULES`;
// `NOT_IN_RULES` of `null_budgets`; `NEGATIVE` of `stake` with the uid.
yuma_status yuma_decode_input(yuma_epoch_params *params,
                              yuma_epoch_subnet *subnet,
                              uint8_t *has_null_budgets,
                              yuma_null_budgets *null_budgets,
                              uint8_t *digest,
                              const yuma_input_buffers *buffers,
                              const uint8_t *bytes,
                              size_t length,
                              void *workspace,
                              size_t workspace_size,
                              yuma_error *error);

// The number of an outcome's canonical bytes, which `yuma_encode_outcome` writes.
//
// Errors: as `yuma_outcome_digest`.
yuma_status yuma_outcome_length(size_t *length, const yuma_epoch_outcome *outcome, uint16_t n, yuma_error *error);

// Writes the canonical bytes of an outcome to `bytes`, which have room for `capacity`. `length` receives how many they are,
// also when there is no room for them. The outcome: as `yuma_outcome_digest`.
//
// Errors: as `yuma_outcome_digest`; `TOO_SMALL` of `bytes` with less room than `length`.
yuma_status yuma_encode_outcome(size_t *length,
                                uint8_t *bytes,
                                size_t capacity,
                                const yuma_epoch_outcome *outcome,
                                uint16_t n,
                                const uint8_t *input_digest,
                                yuma_error *error);

// The SHA-256 of an outcome's canonical bytes, 32 bytes: what a hardware validator signs. It attests the input too, by the 32
// bytes of `input_digest`, which `yuma_input_digest` or `yuma_decode_input` gave.
//
// `outcome` is what `yuma_epoch` or `yuma_null_epoch` wrote for `n` neurons, or somebody else in their stead: read are
// `rules`, `bond_count` and all arrays but the raw ones. None of them may be left out; `bond_offsets` has n + 1 elements.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `UNKNOWN_RULES` of `rules`, also of 0, which no epoch writes; `FLAG` with the uid;
// `OFFSETS` of `bond_offsets`.
yuma_status yuma_outcome_digest(uint8_t *digest,
                                const yuma_epoch_outcome *outcome,
                                uint16_t n,
                                const uint8_t *input_digest,
                                yuma_error *error);

// How many neurons and bonds the outcome has whose canonical bytes are the `length` `bytes`. There are enough bytes for that
// much.
//
// Errors: `NULL`, `ALIGNMENT`; those of `yuma_decode_outcome`, as far as they can be told from the counts.
yuma_status yuma_outcome_sizes(uint16_t *n,
                               size_t *bond_count,
                               const uint8_t *bytes,
                               size_t length,
                               yuma_error *error);

// The outcome whose canonical bytes are all of the `length` `bytes`, from wherever they came; the SHA-256 of the input it
// says it was computed from, in the 32 bytes of `input_digest`, and its own in those of `digest`.
//
// `outcome` points to the arrays that are written. They have room for `capacity` neurons and `bond_capacity` bonds, and
// `bond_offsets` for one more than neurons; none of them may be left out, but for the raw ones, which no encoding has and
// which stay as they are. `rules` and `bond_count` are written, and `n`, the number of neurons.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `NOT_CANONICAL` for bytes that no outcome encodes to, with the offset; `LENGTH` of
// `bytes` when they end too early or go on; `TOO_SMALL` of an array (`n` and `bond_count` are written all the same);
// `UNKNOWN_RULES`.
yuma_status yuma_decode_outcome(yuma_epoch_outcome *outcome,
                                uint16_t capacity,
                                uint16_t *n,
                                uint8_t *input_digest,
                                uint8_t *digest,
                                const uint8_t *bytes,
                                size_t length,
                                yuma_error *error);

/* =====================================================================================================================
 * From issuance to the pending accumulators (spec `emission.md`). A whole block is in `coinbase`.
 */

// The reward per block, in rao, at an `issuance` in rao: of TAO, or of one subnet's alpha.
uint64_t yuma_block_emission(uint64_t issuance);

// The intermediate values of the chain's own way to `yuma_block_emission`, for audits.
//
// Errors: `NULL`, `ALIGNMENT`; `NO_VALUE` from `YUMA_CAP` on.
yuma_status yuma_block_emission_steps(yuma_reward_steps *steps, uint64_t issuance, yuma_error *error);

// Mints a block's reward as far as the ledger stays within `YUMA_CAP`: `minted` receives what was, in rao.
//
// Errors: `NULL`, `ALIGNMENT`.
yuma_status yuma_mint(uint64_t *minted, yuma_issuance *issuance, yuma_error *error);

// Takes back what is left of a block's credit, in rao.
//
// Errors: `NULL`, `ALIGNMENT`.
yuma_status yuma_recycle(yuma_issuance *issuance, uint64_t left, yuma_error *error);

// All `YUMA_HALVING_COUNT` steps of the reward, from the first to the one at which it is 0.
//
// Errors: `NULL`, `ALIGNMENT`; `TOO_SMALL` for less room in `halvings`.
yuma_status yuma_halvings(yuma_halving *halvings, size_t capacity, yuma_error *error);

// The halving ahead of `issuance` in rao.
//
// Errors: `NULL`, `ALIGNMENT`; `NO_VALUE` when the reward is 0 already.
yuma_status yuma_next_halving(yuma_halving_ahead *next, uint64_t issuance, yuma_error *error);

// What the next `blocks` blocks mint from `issuance` on, in rao, if nothing is recycled.
uint64_t yuma_emission_over(uint64_t issuance, uint64_t blocks);

// What a day of `YUMA_BLOCKS_PER_DAY` blocks mints from `issuance` on, in rao, if nothing is recycled.
uint64_t yuma_daily_emission(uint64_t issuance);

// The spot price, raw U64F64: the pool's for mechanism 1, exactly 1 for every other.
yuma_u128 yuma_spot_price(uint16_t mechanism, yuma_u128 pool_price);

// The price that counts for the shares, raw U64F64: exactly 1 for mechanism 0, the moving price (raw I96F32) for every
// other. Not the test of `yuma_spot_price`: mechanism 2 has the spot price 1 and its own moving price.
yuma_u128 yuma_share_price(uint16_t mechanism, yuma_i128 moving_price);

// The new moving price, raw I96F32: an average of the old one and the spot price, the latter counted as at most 1.
//
// Errors: `NULL`, `ALIGNMENT`; `FLAG`.
yuma_status yuma_moving_price(yuma_i128 *moving_price, const yuma_price_update *update, yuma_error *error);

// A subnet's alpha issuance in rao: what its pool holds and what is outstanding; from 475 on also what waits for the pool in
// the reservoir.
//
// Errors: `NULL`, `ALIGNMENT`; `UNKNOWN_RULES`.
yuma_status yuma_alpha_issuance(uint64_t *issuance,
                                uint32_t rules,
                                uint64_t alpha_in_reserve,
                                uint64_t alpha_out_supply,
                                uint64_t alpha_reservoir,
                                yuma_error *error);

// Root's part of a subnet with this alpha issuance in rao, raw U96F32; 0 where root weighs nothing. `root_tao` is the TAO
// staked on root in rao, `tao_weight` a proportion of 2^64 - 1.
yuma_u128 yuma_root_proportion(uint64_t root_tao,
                               uint64_t tao_weight,
                               uint64_t alpha_issuance);

// Whether root's alpha may be sold: the prices (raw U64F64) of the `count` eligible subnets sum to more than 1. The sum wraps.
//
// Errors: `NULL`, `ALIGNMENT`.
yuma_status yuma_root_sell_flag(uint8_t *sell,
                                const yuma_u128 *prices,
                                size_t count,
                                yuma_error *error);

// The chain's parameters of the gate, before a bar is computed.
yuma_emission_gate yuma_emission_gate_default(void);

// How much working memory `yuma_subnet_shares` needs for `count` subnets, in bytes.
size_t yuma_subnet_shares_workspace_size(size_t count);

// Shares the TAO that `block` minted, in rao, among the `count` eligible subnets, in place; from 475 on through the gate,
// whose bar it keeps up to date. Before 475 `gate` and `block` have no effect.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG` with the subnet's index; `UNKNOWN_RULES`; `TOO_SMALL` of `workspace`.
yuma_status yuma_subnet_shares(yuma_subnet_share *shares,
                               size_t count,
                               yuma_emission_gate *gate,
                               uint32_t rules,
                               uint64_t block,
                               uint64_t minted,
                               void *workspace,
                               size_t workspace_size,
                               yuma_error *error);

// The gate's bar after `block`, raw U64F64, from all `count` eligible subnets' shares (raw U64F64) in any order: a new one in
// every 360th block, or where there is none yet; and only where it is above 0 (from 475 on). Its time grows with the square
// of `count`.
//
// Errors: `NULL`, `ALIGNMENT`.
yuma_status yuma_emission_gate_bar(yuma_u128 *bar,
                                   const yuma_emission_gate *gate,
                                   uint64_t block,
                                   const yuma_u128 *shares,
                                   size_t count,
                                   yuma_error *error);

// The chain's parameters of the flow shares.
yuma_flow_params yuma_flow_params_default(void);

// How much working memory `yuma_flow_shares` needs for `count` subnets, in bytes.
size_t yuma_flow_shares_workspace_size(size_t count);

// Brings the averages of `count` subnets to `block`, in place, and gives each subnet's share by its net flow, raw U64F64.
//
// Dormant: the chain keeps this code but does not run it; `yuma_coinbase` shares by price.
//
// Errors: `NULL`, `ALIGNMENT`; `FLAG`; `TOO_SMALL` of `workspace`.
yuma_status yuma_flow_shares(yuma_u128 *shares,
                             yuma_subnet_flows *flows,
                             size_t count,
                             uint64_t block,
                             const yuma_flow_params *params,
                             void *workspace,
                             size_t workspace_size,
                             yuma_error *error);

// What becomes of a TAO emission (raw U96F32, rao) at a spot price (raw U64F64), for a subnet of this alpha issuance in rao
// before the block.
//
// Errors: `NULL`, `ALIGNMENT`.
yuma_status yuma_subnet_terms(yuma_terms *terms,
                              yuma_u128 tao_emission,
                              yuma_u128 spot_price,
                              uint64_t alpha_issuance,
                              uint64_t root_tao,
                              uint64_t tao_weight,
                              yuma_error *error);

// Splits a subnet's new alpha (raw U96F32, rao): the owner's cut first, of 65535, or `YUMA_NONE` for none; then one half to the
// miners and the other to root by its proportion (raw U96F32) and to the validators. Each part is floored to rao on its
// own; the dust belongs to nobody.
//
// Errors: `NULL`, `ALIGNMENT`; `RANGE` of `owner_cut`.
yuma_status yuma_pending_split(yuma_pending *parts,
                               yuma_u128 alpha_out,
                               yuma_u128 root_proportion,
                               int32_t owner_cut,
                               yuma_error *error);

/* =====================================================================================================================
 * A whole block (spec `emission.md` §10).
 */

// The chain's parameters under the newest rules, before anything is issued or staked.
yuma_status yuma_network_init(yuma_network *network, yuma_error *error);

// A subnet with a pool, everything enabled but not started, empty, its parameters the chain's defaults.
yuma_status yuma_subnet_state_init(yuma_subnet_state *subnet, uint16_t netuid, yuma_error *error);

// A pool that accepts everything, and takes TAO without giving alpha for it.
yuma_pool_answers yuma_pool_answers_default(void);

// Carries out a subnet's terms as far as the block's `credit` of TAO, in rao, goes: first the buy, then the injection. Before
// 475 what the pool refuses is lost, and so is the credit of a buy that fails; from then on the one waits in the subnet's
// reservoirs, the other is credit again. `pool` NULL: `yuma_pool_answers_default`.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `UNKNOWN_RULES`; `FLAG`.
yuma_status yuma_inject(yuma_injection *injection,
                        yuma_subnet_state *subnet,
                        uint64_t *credit,
                        uint32_t rules,
                        const yuma_terms *terms,
                        const yuma_pool_answers *pool,
                        yuma_error *error);

// Creates the participants' alpha and adds it to what waits for the epoch, after the injection. Of the network it reads the
// rules, `root_tao`, `tao_weight` and `owner_cut`.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `UNKNOWN_RULES`; `FLAG`.
yuma_status yuma_create_alpha(yuma_creation *creation,
                              yuma_subnet_state *subnet,
                              const yuma_network *network,
                              const yuma_terms *terms,
                              uint8_t root_sell_flag,
                              yuma_error *error);

// How much working memory `yuma_coinbase`, `yuma_coinbase_begin` and `yuma_coinbase_end` need for `count` subnets, in bytes.
size_t yuma_coinbase_workspace_size(size_t count);

// One block, with nothing distributed in between: `yuma_coinbase_begin`, then `yuma_coinbase_end`, at the same pool prices.
//
// The `count` `subnets` are in the order of `yuma_visiting_key`; `schedules`, `pools` and `reports` have one element for each.
// `network`, `subnets` and `schedules` are moved to the state after the block. `pools` NULL: all as
// `yuma_pool_answers_default`.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `UNKNOWN_RULES`; `FLAG` or `RANGE` with the subnet's index; `TOO_SMALL` of `workspace`.
// Nothing is changed then.
yuma_status yuma_coinbase(yuma_block_report *block_report,
                          yuma_subnet_report *reports,
                          yuma_network *network,
                          yuma_subnet_state *subnets,
                          yuma_schedule_state *schedules,
                          const yuma_pool_answers *pools,
                          size_t count,
                          uint64_t block,
                          void *workspace,
                          size_t workspace_size,
                          yuma_error *error);

// A block from minting to the epochs that are due: mint, share, inject, recycle, create alpha, drain. Arguments and errors as
// `yuma_coinbase`.
//
// Where a report has something `drained`, the epoch runs now and that is distributed, before `yuma_coinbase_end`; then
// `yuma_finish_epoch`.
yuma_status yuma_coinbase_begin(yuma_block_report *block_report,
                                yuma_subnet_report *reports,
                                yuma_network *network,
                                yuma_subnet_state *subnets,
                                yuma_schedule_state *schedules,
                                const yuma_pool_answers *pools,
                                size_t count,
                                uint64_t block,
                                void *workspace,
                                size_t workspace_size,
                                yuma_error *error);

// A block after its epochs: the moving price and the stored root proportion of every eligible subnet. For subnets of mechanism
// 1, `pool_price` is that after the injections.
//
// Errors: as `yuma_coinbase`.
yuma_status yuma_coinbase_end(yuma_subnet_state *subnets,
                              size_t count,
                              const yuma_network *network,
                              uint64_t block,
                              void *workspace,
                              size_t workspace_size,
                              yuma_error *error);

/* =====================================================================================================================
 * When a subnet's epoch runs, block by block (spec `schedule.md`).
 */

// A consistent subnet with the default tempo, before its first epoch.
yuma_status yuma_schedule_state_init(yuma_schedule_state *state, yuma_error *error);

// The key by which the chain orders subnets: the bytes of the netuid, low byte first.
uint16_t yuma_visiting_key(uint16_t netuid);

// Whether an epoch is due at `block`: the flag `due`.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG`; `RANGE` of `epoch_mode`; `UNKNOWN_RULES`.
yuma_status yuma_should_run_epoch(uint8_t *due,
                                  uint32_t rules,
                                  const yuma_schedule_state *state,
                                  uint64_t block,
                                  yuma_error *error);

// The block at which the rhythm or a trigger brings the next epoch. It may lie in the past, for it ignores the present
// block, the cap and the safety net.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG`; `RANGE` of `epoch_mode`; `NO_VALUE` for tempo 0.
yuma_status yuma_next_epoch_start_block(uint64_t *block, const yuma_schedule_state *state, yuma_error *error);

// Blocks until the rhythm brings the next epoch, whatever is triggered; `UINT64_MAX` for tempo 0.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG`; `RANGE` of `epoch_mode`.
yuma_status yuma_blocks_until_next_auto_epoch(uint64_t *blocks,
                                              const yuma_schedule_state *state,
                                              uint64_t block,
                                              yuma_error *error);

// Whether the owner's parameters are frozen at `block` because an epoch is near: less than `window` blocks away, or
// triggered. The flag `frozen`.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG`; `RANGE` of `epoch_mode`.
yuma_status yuma_in_admin_freeze_window(uint8_t *frozen,
                                        const yuma_schedule_state *state,
                                        uint64_t block,
                                        uint16_t window,
                                        yuma_error *error);

// Blocks after which a neuron that set no weights counts as inactive: the factor, in thousandths of a tempo, times the
// tempo, at least 1.
uint64_t yuma_activity_cutoff_blocks(uint16_t tempo, uint32_t factor_milli);

// The epoch a commit made at `block` belongs to: the consumed slots, and one more where an epoch is due.
//
// Errors: as `yuma_should_run_epoch`.
yuma_status yuma_epoch_with_lookahead(uint64_t *epoch,
                                      uint32_t rules,
                                      const yuma_schedule_state *state,
                                      uint64_t block,
                                      yuma_error *error);

// Whether a commit is revealed at `block`: the flag `now`. `commit_epoch` is `yuma_epoch_with_lookahead` when the commit was
// made, `reveal_period` the epochs from commit to reveal.
//
// Errors: as `yuma_should_run_epoch`.
yuma_status yuma_reveal_now(uint8_t *now,
                            uint32_t rules,
                            const yuma_schedule_state *state,
                            uint64_t block,
                            uint64_t commit_epoch,
                            uint64_t reveal_period,
                            yuma_error *error);

// Whether a commit can no longer be revealed at `block`: the flag `expired`. Arguments as `yuma_reveal_now`.
//
// Errors: as `yuma_should_run_epoch`.
yuma_status yuma_commit_expired(uint8_t *expired,
                                uint32_t rules,
                                const yuma_schedule_state *state,
                                uint64_t block,
                                uint64_t commit_epoch,
                                uint64_t reveal_period,
                                yuma_error *error);

// How much working memory `yuma_schedule_block` needs for `count` subnets, in bytes.
size_t yuma_schedule_block_workspace_size(size_t count);

// The reveal check and the main pass of one block over `count` subnets, all but root, in the order of `yuma_visiting_key`.
// Writes `count` `verdicts` and moves the `states`. For every subnet whose epoch ran, compute it, then call
// `yuma_finish_epoch`.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG` or `RANGE` of `epoch_mode` with the subnet's index; `UNKNOWN_RULES`;
// `TOO_SMALL` of `workspace`. The states are then as before.
yuma_status yuma_schedule_block(yuma_verdict *verdicts,
                                yuma_schedule_state *states,
                                size_t count,
                                uint32_t rules,
                                uint64_t block,
                                uint8_t max_epochs_per_block,
                                void *workspace,
                                size_t workspace_size,
                                yuma_error *error);

// After an epoch that ran in `block` has been computed, with all mechanisms: the next one will see this block as its
// predecessor's.
//
// Errors: as `yuma_should_run_epoch`.
yuma_status yuma_finish_epoch(yuma_schedule_state *state, uint32_t rules, uint64_t block, yuma_error *error);

// The call that triggers an epoch at block `at`, replacing a trigger that was there; seen from the next block on.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG`; `RANGE` of `epoch_mode`.
yuma_status yuma_trigger_epoch(yuma_schedule_state *state, uint64_t at, yuma_error *error);

// The call in `block` that sets the tempo. The rhythm starts anew; a pending trigger stays.
//
// Errors: as `yuma_trigger_epoch`.
yuma_status yuma_change_tempo(yuma_schedule_state *state, uint64_t block, uint16_t tempo, yuma_error *error);

// The call that sets the epoch mode, `YUMA_MODE_…`. Leaving Yuma, a subnet keeps the block of its last epoch as that of the
// last one in Yuma mode, unless such a block is known (from 475 on).
//
// Errors: as `yuma_trigger_epoch`; `RANGE` of `mode`.
yuma_status yuma_change_mode(yuma_schedule_state *state,
                             uint32_t mode,
                             yuma_error *error);

/* =====================================================================================================================
 * From a subnet's drained emission to its credits (spec `distribution.md`).
 */

// A hotkey without owner and uid, with the default take.
yuma_status yuma_hotkey_init(yuma_hotkey *hotkey, yuma_error *error);

// A table of no hotkeys, under the newest rules.
yuma_status yuma_hotkey_table_init(yuma_hotkey_table *table, yuma_error *error);

// A subnet of which nothing was drained, that nobody owns, with the chain's defaults.
yuma_status yuma_drained_subnet_init(yuma_drained_subnet *subnet, yuma_error *error);

// Mainnet's TAO weight, and no burn and no least take.
yuma_childkey_terms yuma_childkey_terms_default(void);

// How much working memory `yuma_inherited_stake` and `yuma_split_dividend` need for a table of `hotkeys` hotkeys, in bytes.
size_t yuma_hotkeys_workspace_size(size_t hotkeys);

// What counts as a hotkey's stake on the subnet: its own, less what it gives to children, and what parents give. On the root
// network itself alpha is not inherited.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `UNKNOWN_RULES`; `FLAG` of `suspended`; `OFFSETS`, `LENGTH` or `RANGE` of `edges`;
// `RANGE` of `hotkey`, `owner_hotkey` or `hotkeys` (more than 65536); `TOO_SMALL` of `workspace`.
yuma_status yuma_inherited_stake(yuma_stake *stake,
                                 const yuma_hotkey_table *table,
                                 uint16_t hotkey,
                                 void *workspace,
                                 size_t workspace_size,
                                 yuma_error *error);

// The weight of an inherited stake; `tao_weight` is a proportion of 2^64 - 1.
yuma_weighed_stake yuma_stake_weight(yuma_stake inherited, uint64_t tao_weight);

// How much working memory `yuma_stake_weights` needs for a table of `hotkeys` hotkeys and `uid_count` uids, in bytes.
size_t yuma_stake_weights_workspace_size(size_t hotkeys, size_t uid_count);

// The stake weight of every uid: `uids` gives the hotkey of each, or `YUMA_NONE`; `weights` receives as many, 0 for a uid
// without a hotkey. `tao_weight` is a proportion of 2^64 - 1. Not for the root network.
//
// Errors: as `yuma_inherited_stake`; `RANGE` of `uids` for a hotkey that does not exist.
yuma_status yuma_stake_weights(yuma_weighed_stake *weights,
                               const yuma_hotkey_table *table,
                               uint64_t tao_weight,
                               const int32_t *uids,
                               size_t uid_count,
                               void *workspace,
                               size_t workspace_size,
                               yuma_error *error);

// The childkey take in force: the hotkey's own, but at least both minima; all of 65535.
uint16_t yuma_effective_childkey_take(uint16_t childkey_take, uint16_t min_take, uint16_t min_take_subnet);

// Splits the `dividend` (rao of alpha) of a validator by what its parents and it contribute to its stake. `payouts` receives
// one for every parent in stored order and last the validator's own, with zero amounts too. What the roundings leave over
// is paid to nobody.
//
// Errors: as `yuma_inherited_stake`, with `RANGE` of `validator`; `FLAG` or `RANGE` in `hotkeys`; `TOO_SMALL` of `payouts`
// with less room than `split->payout_count`, which is written then too.
yuma_status yuma_split_dividend(yuma_dividend_split *split,
                                yuma_payout *payouts,
                                size_t payout_capacity,
                                const yuma_hotkey_table *table,
                                const yuma_childkey_terms *terms,
                                uint16_t validator,
                                uint64_t dividend,
                                void *workspace,
                                size_t workspace_size,
                                yuma_error *error);

// How much working memory `yuma_dividend_distribution` needs for `count` rows, in bytes.
size_t yuma_dividend_distribution_workspace_size(size_t count);

// Shares the pending amounts (rao of alpha) by dividends and stakes: `count` `rows` in, as many `amounts` out. `tao_weight` is
// a proportion of 2^64 - 1. An amount that no part relates to is left to nobody.
//
// Errors: `NULL`, `ALIGNMENT`; `UNKNOWN_RULES`; `FLAG` with the row; `TOO_SMALL` of `workspace`.
yuma_status yuma_dividend_distribution(yuma_dividend_parts *amounts,
                                       const yuma_dividend_row *rows,
                                       size_t count,
                                       uint32_t rules,
                                       uint64_t pending_alpha,
                                       uint64_t pending_root,
                                       uint64_t tao_weight,
                                       void *workspace,
                                       size_t workspace_size,
                                       yuma_error *error);

// Raises a hotkey's claimable rate by `amount` rao of alpha over `root_stake` rao of TAO (before 475). The flag `has_rate`
// says whether a `rate` (raw I96F32, alpha per rao of TAO) was ever set.
//
// Errors: `NULL`, `ALIGNMENT`; `FLAG` of `has_rate`.
yuma_status yuma_root_claimable_update(yuma_root_dividend *update,
                                       uint64_t root_stake,
                                       uint64_t amount,
                                       uint8_t has_rate,
                                       yuma_i128 rate,
                                       yuma_error *error);

// Enters earnings (rao of alpha) in a collateral `entry` and says how much of the `capturable` part of them is locked, to fill
// up the minimum: `captured`. With the minimum full, earnings set free what is locked beyond it instead; an entry without
// anything locked is removed then (from 475 on).
//
// Errors: `NULL`, `ALIGNMENT`; `FLAG` of `exists`.
yuma_status yuma_settle(uint64_t *captured,
                        yuma_collateral *entry,
                        uint64_t earned,
                        uint64_t capturable,
                        yuma_error *error);

// What an epoch divides of what was drained, in rao: all but the owner cut, saturating (spec distribution.md 7.1). From a
// coinbase's `drained` to the `rao_emission` of `yuma_epoch`.
uint64_t yuma_epoch_emission(yuma_pending drained);

// The most credits that `yuma_distribute` can make for a table of `hotkeys` hotkeys.
size_t yuma_max_credits(size_t hotkeys);

// How much working memory `yuma_distribute` and `yuma_owner_hotkeys` need, in bytes. Of `table` and `subnet` it reads the
// counts.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`.
yuma_status yuma_distribute_workspace_size(size_t *size,
                                           const yuma_hotkey_table *table,
                                           const yuma_drained_subnet *subnet,
                                           yuma_error *error);

// Distributes what was drained from a subnet. `outcomes` has one element per hotkey of the table; `credits` receives the
// credits in the order in which they happen, at most `yuma_max_credits`. NULL with a capacity of 0: not wanted, only counted.
//
// Errors: as `yuma_inherited_stake`; `FLAG` or `RANGE` in `hotkeys`; `RANGE` of `epoch` or `auto_stake` with the row, of
// `lease_share`, `withheld`, `epoch_mode`, `owner_coldkey`; `FLAG` of `collateral`; `TOO_SMALL` of `credits` for a capacity
// above 0 and below what there are (all the rest is written then, `credit_count` too).
yuma_status yuma_distribute(yuma_distribution *sums,
                            yuma_hotkey_outcome *outcomes,
                            yuma_credit *credits,
                            size_t credit_capacity,
                            const yuma_hotkey_table *table,
                            const yuma_drained_subnet *subnet,
                            void *workspace,
                            size_t workspace_size,
                            yuma_error *error);

// The hotkeys whose incentives are withheld: the subnet owner's with a uid, latest registration first, and in front of them
// the owner hotkey, if it has a uid but another owner. From 475 on the order has no meaning. `count` receives how many they
// are; `hotkeys` never needs more room than the table has hotkeys.
//
// Errors: as `yuma_distribute`; `TOO_SMALL` of `hotkeys` with less room than `count`, which is written then too.
yuma_status yuma_owner_hotkeys(size_t *count,
                               uint16_t *hotkeys,
                               size_t capacity,
                               const yuma_hotkey_table *table,
                               const yuma_drained_subnet *subnet,
                               void *workspace,
                               size_t workspace_size,
                               yuma_error *error);

/* =====================================================================================================================
 * A subnet's mechanisms: where each is stored, how they share the subnet's alpha, and how their epochs' results become one
 * record per hotkey (spec `mechanisms.md`).
 */

// The index under which the values of a subnet's mechanism are stored. Outside the chain's domain (`netuid` 4096 or `mecid` 16
// and up) it saturates.
uint16_t yuma_mechanism_storage_index(uint16_t netuid,
                                      uint8_t mecid);

// The subnet and the mechanism that a storage index stands for.
//
// Errors: `NULL`, `ALIGNMENT`.
yuma_status yuma_mechanism_of_index(uint16_t *netuid, uint8_t *mecid, uint16_t index, yuma_error *error);

// Whether the chain lets a subnet of `mechanism_count` mechanisms set this emission split: the flag `accepted`. None (`shares`
// NULL with a count of 0), or one share for each mechanism that together are all of 65535. Before 475 there may be fewer
// shares than mechanisms.
//
// Errors: `NULL`, `ALIGNMENT`; `UNKNOWN_RULES`.
yuma_status yuma_emission_split_accepted(uint8_t *accepted,
                                         uint32_t rules,
                                         const uint16_t *shares,
                                         size_t share_count,
                                         uint8_t mechanism_count,
                                         yuma_error *error);

// Splits a subnet's `alpha` (rao) over its mechanisms, one per element of `parts`: evenly (`shares` NULL with a count of 0), or
// by shares of 65535. What that leaves goes to mechanism 0. Works for splits that no setter accepts too, as the chain does.
//
// Errors: `NULL`, `ALIGNMENT`; `UNKNOWN_RULES`.
yuma_status yuma_split_emission(uint64_t *parts,
                                size_t part_count,
                                uint32_t rules,
                                uint64_t alpha,
                                const uint16_t *shares,
                                size_t share_count,
                                yuma_error *error);

// Splits what was drained from a subnet in Null mode over its mechanisms: the `budgets` for the epoch of each, and in `parts`
// all that each gets of server, validator and root together (from 475 on); `part_count` elements each. Shares as
// `yuma_split_emission`.
//
// Errors: `NULL`, `ALIGNMENT`; `UNKNOWN_RULES`; `NOT_IN_RULES` before 475; `RANGE` of `parts` for more than
// `YUMA_MECHANISMS_MAX`.
yuma_status yuma_split_null_emission(uint64_t *parts,
                                     yuma_null_budgets *budgets,
                                     size_t part_count,
                                     uint32_t rules,
                                     const yuma_pending *drained,
                                     const uint16_t *shares,
                                     size_t share_count,
                                     yuma_error *error);

// The weight of each mechanism, raw U64F64, from the parts that `yuma_split_emission` or `yuma_split_null_emission` gave it of
// `total`; `count` elements each.
//
// Errors: `NULL`, `ALIGNMENT`; `RANGE` of `parts` for more than `YUMA_MECHANISMS_MAX`.
yuma_status yuma_mechanism_weights(yuma_u128 *weights,
                                   uint64_t total,
                                   const uint64_t *parts,
                                   size_t count,
                                   yuma_error *error);

// How much working memory `yuma_fold_mechanisms` needs for `mechanism_count` mechanisms with `term_count` terms in all and a table
// of `hotkeys` hotkeys, in bytes.
size_t yuma_fold_mechanisms_workspace_size(size_t mechanism_count,
                                           size_t term_count,
                                           size_t hotkeys);

// Folds the terms of all mechanisms, each with its weight (raw U64F64), into one record per hotkey of the table. `terms` holds
// those of mechanism 0, then those of mechanism 1, …; `term_counts` says how many each has. `folded` and the flags `named`
// receive `hotkeys` elements: whether a mechanism names the hotkey, and its record if so. `mode`, `YUMA_MODE_…`, is that of
// the epochs (from 475 on).
//
// Errors: `NULL`, `ALIGNMENT`; `UNKNOWN_RULES`; `RANGE` of `mode`, of `terms` for a hotkey beyond the table, or of
// `term_counts` if they sum to more than a `size_t` counts; `FLAG` with the term; `TOO_SMALL` of `workspace`.
yuma_status yuma_fold_mechanisms(yuma_mechanism_term *folded,
                                 uint8_t *named,
                                 size_t hotkeys,
                                 uint32_t rules,
                                 uint32_t mode,
                                 const yuma_u128 *weights,
                                 const yuma_mechanism_term *terms,
                                 const size_t *term_counts,
                                 size_t mechanism_count,
                                 void *workspace,
                                 size_t workspace_size,
                                 yuma_error *error);

/* =====================================================================================================================
 * What a validator's weights pass on their way into storage (spec `submission.md`).
 */

// A request of nobody's for no weights.
yuma_status yuma_weights_request_init(yuma_weights_request *request, yuma_error *error);

// The chain's defaults, for a subnet of one mechanism on which nobody is registered yet.
yuma_status yuma_weights_subnet_init(yuma_weights_subnet *subnet, yuma_error *error);

// A commit to nothing.
yuma_status yuma_weights_commit_init(yuma_weights_commit *commit, yuma_error *error);

// The chain's name of a refusal, for example `DuplicateUids`; `ok` for `YUMA_SUBMISSION_ACCEPTED`, `unknown` for any other
// number. The text is static.
const char *yuma_submission_name(uint32_t result);

// Checks weights as the chain does, rule by rule in its order. A refusal by the chain is an answer, not an error.
//
// `row` receives the weights to store, the largest 65535, one for each uid of the request and in that order; room for
// `value_count` elements; it is 0 after a refusal. NULL: not wanted.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG`; `RANGE` of `caller_uid`, `owner_uid` or `mechanism_count`.
yuma_status yuma_validate_weights(yuma_weights_answer *answer,
                                  uint16_t *row,
                                  const yuma_weights_request *request,
                                  const yuma_weights_subnet *subnet,
                                  yuma_error *error);

// Scales `count` weights in place so that the largest becomes 65535; all zeros stay.
//
// Errors: `NULL`, `ALIGNMENT`.
yuma_status yuma_max_upscale(uint16_t *values, size_t count, yuma_error *error);

// Scales `count` weights in place so that they sum to 65535, but for what the floors lose; all zeros stay.
//
// Errors: `NULL`, `ALIGNMENT`.
yuma_status yuma_sum_normalize(uint16_t *values, size_t count, yuma_error *error);

// Whether the largest weight's share of all is at most `limit` of 65535: the flag `within`. True without any weight above 0.
//
// Errors: `NULL`, `ALIGNMENT`.
yuma_status yuma_max_weight_within(uint8_t *within,
                                   const uint16_t *values,
                                   size_t count,
                                   uint16_t limit,
                                   yuma_error *error);

// The commit hash, 32 bytes: `BLAKE2b` over what `yuma_weights_commit_preimage` gives.
//
// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `RANGE` for a list of 2^30 elements or more.
yuma_status yuma_weights_commit_hash(uint8_t *hash, const yuma_weights_commit *commit, yuma_error *error);

// The bytes that `yuma_weights_commit_hash` hashes: account, storage index, the three lists, each after its length, and
// the version key; integers little-endian. `length` receives how many they are, in any case.
//
// Errors: as `yuma_weights_commit_hash`; `TOO_SMALL` of `preimage` with less room than that. NULL with a `capacity` of 0 to
// learn the length.
yuma_status yuma_weights_commit_preimage(size_t *length,
                                         uint8_t *preimage,
                                         size_t capacity,
                                         const yuma_weights_commit *commit,
                                         yuma_error *error);

/* =====================================================================================================================
 * The number formats of the specification, by raw bits (spec `numbers.md`).
 */

// All basic operations on the raw bits `a` and `b` of one format, `YUMA_FORMAT_…`; signed ones in two's complement, an
// I32F32 sign-extended to 128 bits.
//
// Errors: `NULL`, `ALIGNMENT`; `RANGE` of `format`, or of `a` or `b` where it is no I32F32.
yuma_status yuma_fixed_arithmetic(yuma_arithmetic *results,
                                  uint32_t format,
                                  yuma_u128 a,
                                  yuma_u128 b,
                                  yuma_error *error);

// The logarithm to base 2 of `x`, both raw I32F32 sign-extended to 128 bits or raw I96F32, by `format`.
//
// Errors: `NULL`, `ALIGNMENT`; `RANGE` of `format` or `x`; `NO_VALUE` where the chain's logarithm fails: x <= 0, or a
// reciprocal that does not fit.
yuma_status yuma_log2(yuma_i128 *result, uint32_t format, yuma_i128 x, yuma_error *error);

// The natural logarithm of `x`, both raw I32F32.
//
// Errors: `NULL`, `ALIGNMENT`; `NO_VALUE` where `yuma_log2` has none.
yuma_status yuma_ln(int64_t *result, int64_t x, yuma_error *error);

// e to the power `x`, both raw I32F32.
//
// Errors: `NULL`, `ALIGNMENT`; `NO_VALUE` where a step of the chain's series overflows, for negative `x` too.
yuma_status yuma_exp(int64_t *result, int64_t x, yuma_error *error);

// e to the power `x` clamped to -20 to 20, where it cannot fail; both raw I32F32.
int64_t yuma_exp_safe(int64_t x);

// The chain's approximation of the square root of `x` by bisection, ended once x / m and m differ by at most `epsilon`;
// all raw U64F64. The stopping rule is part of the result: this is not the exact root.
yuma_u128 yuma_root(yuma_u128 x, yuma_u128 epsilon);

// `x` to the power `p`, all raw U64F64, with the chain's answers where its logarithm or exponential fails: 0 for an `x`
// below 3 / 2^32, and 2^31 - 1 whenever the exponential fails.
yuma_u128 yuma_power(yuma_u128 x, yuma_u128 p);

// The proportion `x` of 2^64 - 1 as raw U96F32: `UINT64_MAX` gives exactly 1. Floored to 32 bits, so everything below 2^32
// gives 0. A TAO weight becomes a number this way.
yuma_u128 yuma_proportion_of_u64(uint64_t x);

// How much working memory `yuma_pow_normalize` needs for `count` values, in bytes.
size_t yuma_pow_normalize_workspace_size(size_t count);

// Raises `count` shares to the power `exponent` and divides them by their sum, in place; all raw U64F64.
//
// Errors: `NULL`, `ALIGNMENT`; `TOO_SMALL` of `workspace`.
yuma_status yuma_pow_normalize(yuma_u128 *values,
                               size_t count,
                               yuma_u128 exponent,
                               void *workspace,
                               size_t workspace_size,
                               yuma_error *error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* YUMA_H */

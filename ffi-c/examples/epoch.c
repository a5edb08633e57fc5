/* The main job: what a subnet's validators say in, everybody's reward out. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <yuma.h>

int main(void) {
    /* Two validators, two miners. Both validators prefer miner 2. */
    const yuma_i128 stake[] = {{0, 600}, {0, 400}, {0, 0}, {0, 0}}; /* {fraction, rao} */
    const uint64_t last_update[] = {990, 990, 990, 990}, registration[] = {0, 0, 0, 0};
    const uint8_t permit[] = {1, 1, 0, 0};
    const uint32_t offsets[] = {0, 2, 3, 3, 3};
    const uint16_t columns[] = {2, 3, 2}, weights[] = {65535, 32768, 65535};
    uint16_t incentive[4];
    uint64_t emission[4];

    yuma_error error;
    yuma_epoch_params params; /* the chain's defaults */
    yuma_epoch_subnet subnet;
    yuma_epoch_outcome outcome;
    yuma_epoch_params_init(&params, NULL);
    yuma_epoch_subnet_init(&subnet, NULL);
    yuma_epoch_outcome_init(&outcome, NULL);
    params.kappa = 32767;
    subnet.n = 4;
    subnet.current_block = 1000;
    subnet.last_step_block = 640;
    subnet.rao_emission = 1000000000;
    subnet.stake = stake;
    subnet.last_update = last_update;
    subnet.block_at_registration = registration;
    subnet.validator_permit = permit;
    subnet.weights = (yuma_rows){offsets, 5, columns, weights, 3};
    outcome.incentive = incentive;
    outcome.emission = emission;

    size_t size;
    yuma_epoch_workspace_size(&size, &subnet, NULL);
    void *workspace = malloc(size);
    if (yuma_epoch(&outcome, &params, &subnet, workspace, size, &error) != YUMA_STATUS_OK) {
        fprintf(stderr, "%s: %s[%" PRIu64 "], limit %" PRIu64 "\n", yuma_status_string(error.status), error.field,
                error.index, error.limit);
        return EXIT_FAILURE;
    }
    free(workspace);

    printf("rules %s\n", yuma_rules_id(outcome.rules));
    for (int uid = 0; uid < subnet.n; uid++) {
        printf("uid %d  incentive %5u  rao %9" PRIu64 "\n", uid, incentive[uid], emission[uid]);
    }
    return EXIT_SUCCESS;
}

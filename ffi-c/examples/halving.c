/* The next halving, and the days after it, from an issuance in rao: ./halving 10500000000000000 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <yuma.h>

int main(int count, char **arguments) {
    uint64_t issuance = count > 1 ? strtoull(arguments[1], NULL, 10) : 10499999000000001;

    printf("reward per block %10" PRIu64 " rao, a day %15" PRIu64 " rao\n", yuma_block_emission(issuance),
           yuma_daily_emission(issuance));
    yuma_halving_ahead next;
    yuma_status status = yuma_next_halving(&next, issuance, NULL);
    if (status == YUMA_STATUS_NO_VALUE) {
        puts("nothing is minted any more");
        return EXIT_SUCCESS;
    }
    printf("from %" PRIu64 " rao on, in %" PRIu64 " blocks, it is %" PRIu64 " rao\n", next.threshold, next.blocks,
           next.reward_after);
    return status == YUMA_STATUS_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

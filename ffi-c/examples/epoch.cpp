// The epoch of epoch.c, and what a refusal looks like.
#include <cinttypes>
#include <cstdio>
#include <vector>
#include <yuma.hpp>

int main() {
    const std::vector<yuma_i128> stake{yuma::stake_of(600), yuma::stake_of(400), {}, {}};
    const std::vector<std::uint64_t> last_update(4, 990), registration(4, 0);
    const std::vector<std::uint8_t> permit{1, 1, 0, 0};
    const std::vector<std::uint32_t> offsets{0, 2, 3, 3, 3};
    const std::vector<std::uint16_t> columns{2, 3, 2}, weights{65535, 32768, 65535};

    yuma::epoch_params params;
    params.kappa = 32767;
    yuma::epoch_subnet subnet(4);
    subnet.set_stake(stake).set_last_update(last_update).set_block_at_registration(registration);
    subnet.set_validator_permit(permit);
    subnet.current_block = 1000;
    subnet.last_step_block = 640;
    subnet.rao_emission = 1000000000;
    subnet.weights = yuma::rows(offsets, columns, weights);

    const yuma::epoch_outcome outcome = yuma::epoch(params, subnet);
    std::printf("rules %s\n", yuma_rules_id(outcome.rules));
    for (int uid = 0; uid < subnet.n; uid++) {
        std::printf("uid %d  incentive %5u  rao %9" PRIu64 "\n", uid, unsigned{outcome.incentive[uid]},
                    outcome.emission[uid]);
    }

    params.rules = 9999;
    try {
        yuma::epoch(params, subnet);
    } catch (const yuma::error &refused) {
        std::fprintf(stderr, "as it should be: %s\n", refused.what());
        return 0;
    }
    return 1;
}

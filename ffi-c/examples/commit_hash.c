/* The hash by which a validator commits to weights that it reveals later. */
#include <stdio.h>
#include <stdlib.h>
#include <yuma.h>

int main(void) {
    const uint16_t uids[] = {2, 1}, values[] = {65535, 32768}, salt[] = {11, 22, 33, 44};

    yuma_weights_commit commit; /* the account: 32 zero bytes */
    yuma_weights_commit_init(&commit, NULL);
    commit.netuid = 1;
    commit.uids = uids;
    commit.uid_count = 2;
    commit.values = values;
    commit.value_count = 2;
    commit.salt = salt;
    commit.salt_count = 4;
    commit.version_key = 1;

    uint8_t hash[32];
    if (yuma_weights_commit_hash(hash, &commit, NULL) != YUMA_STATUS_OK) return EXIT_FAILURE;
    for (int byte = 0; byte < 32; byte++) printf("%02x", hash[byte]);
    puts("");
    return EXIT_SUCCESS;
}

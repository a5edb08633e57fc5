/* Two threads write the same weights at once: whoever watches threads must see the library do it. */
#include <pthread.h>
#include <stddef.h>
#include <yuma.h>

static uint16_t values[8] = {0, 0, 0, 7, 0, 0, 0, 0};

static void *scale(void *nothing) {
    yuma_error error;
    yuma_max_upscale(values, 8, &error);
    return nothing;
}

int main(void) {
    pthread_t one, other;
    if (pthread_create(&one, NULL, scale, NULL) != 0 || pthread_create(&other, NULL, scale, NULL) != 0) {
        return 1;
    }
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return 0;
}

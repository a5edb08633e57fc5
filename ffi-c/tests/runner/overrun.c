/* Says that there is one weight more than there is: whoever watches memory must see the library go beyond the end. */
#include <stdlib.h>
#include <yuma.h>

int main(void) {
    uint16_t *values = calloc(8, sizeof *values);
    if (values == NULL) {
        return 0;
    }
    values[3] = 7;
    yuma_error error;
    const yuma_status status = yuma_max_upscale(values, 9, &error);
    free(values);
    return status == YUMA_STATUS_OK ? 0 : 1;
}

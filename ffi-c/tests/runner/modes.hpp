// The format's names of the epoch modes.
#pragma once

#include <yuma.h>

#include "json.hpp"

inline std::uint32_t read_mode(const Reader& name) {
    const bool null_mode = name.text() == "null";
    if (!null_mode && name.text() != "yuma") {
        name.fail("type", "neither yuma nor null");
    }
    return null_mode ? YUMA_MODE_NULL : YUMA_MODE_YUMA;
}

inline const char* mode_name(std::uint32_t mode) { return mode == YUMA_MODE_NULL ? "null" : "yuma"; }

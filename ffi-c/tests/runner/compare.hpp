// Where a result differs from what a case expects.
#pragma once

#include <optional>
#include <string>

#include "json.hpp"

/// The first place where `computed` is not as `expected`: stage, place and both values. Fields are compared in the order of
/// the computed ones, which is the order of computation.
std::optional<std::string> first_difference(const Json& expected, const Json& computed);

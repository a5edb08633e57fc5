// Integers of up to 128 bits as the files of vectors write them: decimal digits in a string.
#pragma once

#include <optional>
#include <string>
#include <string_view>

__extension__ using Unsigned = unsigned __int128;
__extension__ using Signed = __int128;

/// A decimal integer before anyone asked whether it fits a type.
struct Decimal {
    bool negative = false;
    /// Without the sign; the largest where there are more than 128 bits.
    Unsigned magnitude = 0;
    /// Whether the magnitude has more than 128 bits.
    bool too_wide = false;
};

/// Nothing for a text that is not a plain integer: no leading zeros, no `+`, a `-` only before a number other than 0.
std::optional<Decimal> parse_decimal(std::string_view text);

std::string to_decimal(Unsigned value);
std::string to_decimal(Signed value);

/// How a decimal stands to an integer type.
enum class Fit { fits, negative, range };

template <class Integer> constexpr bool is_signed = static_cast<Integer>(-1) < static_cast<Integer>(0);

template <class Integer> Fit fit(const Decimal& decimal) {
    constexpr unsigned value_bits = 8 * sizeof(Integer) - (is_signed<Integer> ? 1 : 0);
    constexpr Unsigned largest = ~static_cast<Unsigned>(0) >> (128 - value_bits);
    if (decimal.negative && !is_signed<Integer>) {
        return Fit::negative;
    }
    // The smallest signed number is one further from 0 than the largest.
    const Unsigned limit = largest + (decimal.negative ? 1U : 0U);
    return decimal.too_wide || decimal.magnitude > limit ? Fit::range : Fit::fits;
}

/// The value of a decimal that fits.
template <class Integer> Integer value_of(const Decimal& decimal) {
    const Unsigned bits = decimal.negative ? ~decimal.magnitude + 1 : decimal.magnitude;
    return static_cast<Integer>(bits);
}

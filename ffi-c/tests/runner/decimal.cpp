#include "decimal.hpp"

#include <algorithm>

std::optional<Decimal> parse_decimal(std::string_view text) {
    Decimal decimal;
    decimal.negative = !text.empty() && text.front() == '-';
    const std::string_view digits = text.substr(decimal.negative ? 1 : 0);
    const bool all_digits = std::all_of(digits.begin(), digits.end(), [](char each) { return '0' <= each && each <= '9'; });
    if (digits.empty() || !all_digits || (digits.front() == '0' && (digits.size() > 1 || decimal.negative))) {
        return std::nullopt;
    }
    constexpr Unsigned largest = ~static_cast<Unsigned>(0);
    for (const char each : digits) {
        const auto digit = static_cast<unsigned>(each - '0');
        decimal.too_wide = decimal.too_wide || decimal.magnitude > (largest - digit) / 10;
        decimal.magnitude = decimal.too_wide ? largest : decimal.magnitude * 10 + digit;
    }
    return decimal;
}

std::string to_decimal(Unsigned value) {
    std::string digits;
    do {
        digits.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
        value /= 10;
    } while (value > 0);
    std::reverse(digits.begin(), digits.end());
    return digits;
}

std::string to_decimal(Signed value) {
    if (value >= 0) {
        return to_decimal(static_cast<Unsigned>(value));
    }
    return "-" + to_decimal(~static_cast<Unsigned>(value) + 1);
}

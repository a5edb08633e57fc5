// Bytes as the format writes them: two lower-case hexadecimal digits each.
#pragma once

#include "json.hpp"

template <class Bytes> std::string to_hex(const Bytes& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 15]);
    }
    return text;
}

inline std::vector<std::uint8_t> read_hex(const Reader& hex) {
    constexpr std::string_view digits = "0123456789abcdef";
    const std::string& text = hex.text();
    if (text.size() % 2 != 0 || text.find_first_not_of(digits) != std::string::npos) {
        hex.fail("type", "not bytes in lower-case hexadecimal digits");
    }
    std::vector<std::uint8_t> bytes;
    for (std::size_t index = 0; index < text.size(); index += 2) {
        bytes.push_back(static_cast<std::uint8_t>(digits.find(text[index]) << 4 | digits.find(text[index + 1])));
    }
    return bytes;
}

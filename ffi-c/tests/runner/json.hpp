// Reading inputs from JSON: every value is taken with its type checked and its place known.
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "decimal.hpp"

/// Fields keep their order: a result's fields stand in the order of computation.
using Json = nlohmann::ordered_json;

/// What is wrong with an input, and where. Reading gives the codes `missing`, `type`, `range`, `negative`, `repeated` and
/// `order`; the library gives the names of its statuses.
struct Malformed : std::exception {
    Malformed(std::string code, std::string field, std::optional<std::uint64_t> index, std::string_view what);
    const char* what() const noexcept override { return message.c_str(); }

    std::string code;
    std::string field;
    std::optional<std::uint64_t> index;
    std::string message;
};

/// One value of an input. Field names are literals: a reader outlives no document, but names live for ever.
class Reader {
public:
    explicit Reader(const Json& value) : value_(&value) {}

    bool has(std::string_view field) const;
    bool is_null() const { return value_->is_null(); }
    bool is_object() const { return value_->is_object(); }
    const Json& json() const { return *value_; }

    /// A field of an object.
    Reader operator[](std::string_view field) const;

    /// The number of elements of a list.
    std::size_t count() const;
    /// An element of a list.
    Reader at(std::size_t index) const;
    /// Refuses a list of another length.
    const Reader& of(std::size_t count) const;

    bool flag() const;
    const std::string& text() const;

    /// A JSON number.
    template <class Integer> Integer number() const {
        const Json& value = *value_;
        if (!value.is_number_integer()) {
            fail("type", "not an integer");
        }
        Decimal decimal;
        if (value.is_number_unsigned()) {
            decimal.magnitude = value.get<std::uint64_t>();
        } else {
            const auto integer = value.get<std::int64_t>();
            decimal.negative = integer < 0;
            decimal.magnitude = static_cast<Unsigned>(integer < 0 ? -static_cast<Signed>(integer) : integer);
        }
        return fitting<Integer>(decimal);
    }

    /// An integer in a string.
    template <class Integer> Integer decimal() const {
        const std::optional<Decimal> decimal = parse_decimal(text());
        if (!decimal) {
            fail("type", "not a decimal integer");
        }
        return fitting<Integer>(*decimal);
    }

    /// Every element of a list, read alike.
    template <class Read> auto list(Read read) const -> std::vector<std::decay_t<std::invoke_result_t<Read, const Reader&>>> {
        std::vector<std::decay_t<std::invoke_result_t<Read, const Reader&>>> list;
        const std::size_t size = count();
        list.reserve(size);
        for (std::size_t index = 0; index < size; ++index) {
            list.push_back(read(at(index)));
        }
        return list;
    }

    template <class Integer> std::vector<Integer> numbers() const {
        return list([](const Reader& each) { return each.number<Integer>(); });
    }
    template <class Integer> std::vector<Integer> decimals() const {
        return list([](const Reader& each) { return each.decimal<Integer>(); });
    }
    /// Flags as bytes, which C can point to.
    std::vector<std::uint8_t> flags() const {
        return list([](const Reader& each) { return static_cast<std::uint8_t>(each.flag()); });
    }

    /// Nothing for null.
    template <class Read> auto maybe(Read read) const -> std::optional<std::decay_t<std::invoke_result_t<Read, const Reader&>>> {
        if (is_null()) {
            return std::nullopt;
        }
        return read(*this);
    }
    template <class Integer> std::optional<Integer> maybe_number() const {
        return maybe([](const Reader& value) { return value.number<Integer>(); });
    }
    template <class Integer> std::optional<Integer> maybe_decimal() const {
        return maybe([](const Reader& value) { return value.decimal<Integer>(); });
    }

    [[noreturn]] void fail(std::string_view code, std::string_view what) const;

private:
    template <class Integer> Integer fitting(const Decimal& decimal) const {
        switch (fit<Integer>(decimal)) {
        case Fit::negative: fail("negative", "below 0");
        case Fit::range: fail("range", "does not fit its type");
        case Fit::fits: break;
        }
        return value_of<Integer>(decimal);
    }

    const Json* value_;
    /// Where it is, as errors tell: `stake[3]`, `weights.columns[2]`. Of positions the first one only.
    std::string_view field_ = {};
    std::string_view member_ = {};
    std::optional<std::uint64_t> index_ = {};
    /// The field within that position, which is only said.
    std::string_view inner_ = {};
};

/// A decimal string as JSON.
template <class Integer> Json decimal_json(Integer value) {
    if constexpr (is_signed<Integer>) {
        return to_decimal(static_cast<Signed>(value));
    } else {
        return to_decimal(static_cast<Unsigned>(value));
    }
}

/// A list as JSON, every element shown alike.
template <class List, class Show> Json json_list(const List& list, Show show) {
    Json json = Json::array();
    for (const auto& each : list) {
        json.push_back(show(each));
    }
    return json;
}

/// A list of decimal strings.
template <class List> Json decimals_json(const List& list) {
    return json_list(list, [](auto each) { return decimal_json(each); });
}

/// A list of numbers.
template <class List> Json numbers_json(const List& list) {
    return json_list(list, [](auto each) { return Json(each); });
}

/// Flags kept as bytes.
inline Json flags_json(const std::vector<std::uint8_t>& flags) {
    return json_list(flags, [](std::uint8_t each) { return Json(each != 0); });
}

/// An element per index, for what is not a list of its own.
template <class Show> Json json_count(std::size_t count, Show show) {
    Json json = Json::array();
    for (std::size_t index = 0; index < count; ++index) {
        json.push_back(show(index));
    }
    return json;
}

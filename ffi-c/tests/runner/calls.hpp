// Calling the C API: memory as it asks for it, its 128-bit numbers, and refusals as exceptions.
#pragma once

#include <cstring>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include <yuma.h>

#include "json.hpp"

/// A refusal, under the names that the format has for it.
struct Refused : Malformed {
    explicit Refused(const yuma_error& error)
        : Malformed(yuma_status_string(error.status), error.field, error.index,
                    "refused; the limit is " + to_decimal(static_cast<Unsigned>(error.limit))),
          error(error) {}

    yuma_error error;
};

/// Calls a function of the library, which takes its error last. Throws what it refuses.
template <class Function, class... Arguments> void call(Function function, Arguments... arguments) {
    yuma_error error;
    const yuma_status status = function(arguments..., &error);
    if (status != error.status) {
        throw std::runtime_error("the error's status is not the returned one");
    }
    if (status != YUMA_STATUS_OK) {
        throw Refused(error);
    }
}

/// Calls a function that has no value for some inputs. Says whether it had one.
template <class Function, class... Arguments> bool has_value(Function function, Arguments... arguments) {
    yuma_error error;
    if (function(arguments..., &error) == YUMA_STATUS_NO_VALUE) {
        return false;
    }
    call(function, arguments...);
    return true;
}

/// A structure as its `…_init` leaves it.
template <class Structure> Structure started(yuma_status (*init)(Structure*, yuma_error*)) {
    Structure structure;
    call(init, &structure);
    return structure;
}

/// Room for results: filled with what no result is, so that a forgotten one shows.
template <class Element> std::vector<Element> room(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<Element>);
    Element unset;
    std::memset(static_cast<void*>(&unset), 0xa5, sizeof unset);
    return std::vector<Element>(count, unset);
}

/// Working memory of exactly the size given, never written by us and never aligned: the library promises to need neither.
class Memory {
public:
    explicit Memory(std::size_t size) : size_(size), bytes_(new unsigned char[size + 1]) {}
    void* begin() const { return bytes_.get() + 1; }
    std::size_t size() const { return size_; }

private:
    std::size_t size_;
    std::unique_ptr<unsigned char[]> bytes_;
};

inline yuma_u128 to_c(Unsigned value) {
    return {static_cast<std::uint64_t>(value), static_cast<std::uint64_t>(value >> 64)};
}
inline yuma_i128 to_c(Signed value) {
    const yuma_u128 bits = to_c(static_cast<Unsigned>(value));
    return {bits.low, bits.high};
}
inline Unsigned from_c(yuma_u128 value) { return (static_cast<Unsigned>(value.high) << 64) | value.low; }
inline Signed from_c(yuma_i128 value) {
    return static_cast<Signed>((static_cast<Unsigned>(value.high) << 64) | value.low);
}

/// Raw bits of an unsigned format.
inline yuma_u128 raw_unsigned(const Reader& reader) { return to_c(reader.decimal<Unsigned>()); }
/// Raw bits of a signed format.
inline yuma_i128 raw_signed(const Reader& reader) { return to_c(reader.decimal<Signed>()); }

inline Json raw_json(yuma_u128 bits) { return decimal_json(from_c(bits)); }
inline Json raw_json(yuma_i128 bits) { return decimal_json(from_c(bits)); }

template <class List> Json raws_json(const List& list) {
    return json_list(list, [](auto bits) { return raw_json(bits); });
}

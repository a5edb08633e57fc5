#include "compare.hpp"

#include <algorithm>
#include <vector>

namespace {

/// A difference, and the way to it from within: fields by name, positions as `[3]`.
struct Difference {
    const Json* expected;
    const Json* computed;
    std::vector<std::string> way = {};
};

const Json* element(const Json& list, std::size_t index) {
    return index < list.size() ? &list[index] : nullptr;
}

const Json* member(const Json& object, const std::string& field) {
    const auto found = object.find(field);
    return found == object.end() ? nullptr : &*found;
}

/// Numbers are integers here: a fraction equals none, however close.
bool same(const Json& expected, const Json& computed) {
    return expected.is_number_float() == computed.is_number_float() && expected == computed;
}

std::optional<Difference> difference(const Json* expected, const Json* computed);

std::optional<Difference> behind(std::optional<Difference> found, const std::string& step) {
    if (found) {
        found->way.push_back(step);
    }
    return found;
}

std::optional<Difference> difference_of_objects(const Json& expected, const Json& computed) {
    for (const auto& [field, value] : computed.items()) {
        if (auto found = difference(member(expected, field), &value)) {
            return behind(found, field);
        }
    }
    for (const auto& [field, value] : expected.items()) {
        if (!computed.contains(field)) {
            return behind(Difference{&value, nullptr}, field);
        }
    }
    return std::nullopt;
}

std::optional<Difference> difference_of_lists(const Json& expected, const Json& computed) {
    for (std::size_t index = 0; index < std::max(expected.size(), computed.size()); ++index) {
        if (auto found = difference(element(expected, index), element(computed, index))) {
            return behind(found, "[" + std::to_string(index) + "]");
        }
    }
    return std::nullopt;
}

std::optional<Difference> difference(const Json* expected, const Json* computed) {
    if (expected != nullptr && computed != nullptr) {
        if (expected->is_object() && computed->is_object()) {
            return difference_of_objects(*expected, *computed);
        }
        if (expected->is_array() && computed->is_array()) {
            return difference_of_lists(*expected, *computed);
        }
        if (same(*expected, *computed)) {
            return std::nullopt;
        }
    }
    return Difference{expected, computed};
}

} // namespace

std::optional<std::string> first_difference(const Json& expected, const Json& computed) {
    const std::optional<Difference> found = difference(&expected, &computed);
    if (!found) {
        return std::nullopt;
    }
    std::string text;
    std::for_each(found->way.rbegin(), found->way.rend(), [&text](const std::string& step) {
        text += (text.empty() || step.front() == '[' ? "" : ".") + step;
    });
    const auto shown = [](const Json* value) { return value == nullptr ? "nothing" : value->dump(); };
    return text + ": expected " + shown(found->expected) + ", computed " + shown(found->computed);
}

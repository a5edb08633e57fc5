#include "json.hpp"

Malformed::Malformed(std::string code, std::string field, std::optional<std::uint64_t> index, std::string_view what)
    : code(std::move(code)), field(std::move(field)), index(index) {
    message = this->field;
    if (index) {
        message += "[" + std::to_string(*index) + "]";
    }
    message += (message.empty() ? "" : ": ") + this->code + ": " + std::string(what);
}

bool Reader::has(std::string_view field) const {
    return value_->is_object() && value_->contains(field);
}

Reader Reader::operator[](std::string_view field) const {
    if (!value_->is_object()) {
        fail("type", "not an object");
    }
    Reader reader = *this;
    if (field_.empty()) {
        reader.field_ = field;
    } else if (index_) {
        reader.inner_ = field;
    } else {
        reader.member_ = field;
    }
    const auto found = value_->find(field);
    if (found == value_->end()) {
        reader.fail("missing", "the field is not there");
    }
    reader.value_ = &*found;
    return reader;
}

std::size_t Reader::count() const {
    if (!value_->is_array()) {
        fail("type", "not a list");
    }
    return value_->size();
}

Reader Reader::at(std::size_t index) const {
    if (index >= count()) {
        fail("type", "too few elements");
    }
    Reader reader = *this;
    reader.value_ = &(*value_)[index];
    if (!index_) {
        reader.index_ = index;
    }
    return reader;
}

const Reader& Reader::of(std::size_t count) const {
    if (this->count() != count) {
        fail("type", "not a list of " + std::to_string(count));
    }
    return *this;
}

bool Reader::flag() const {
    if (!value_->is_boolean()) {
        fail("type", "neither true nor false");
    }
    return value_->get<bool>();
}

const std::string& Reader::text() const {
    if (!value_->is_string()) {
        fail("type", "not a text");
    }
    return value_->get_ref<const std::string&>();
}

void Reader::fail(std::string_view code, std::string_view what) const {
    std::string field(field_);
    if (!member_.empty()) {
        field += "." + std::string(member_);
    }
    const std::string where = inner_.empty() ? "" : std::string(inner_) + ": ";
    throw Malformed(std::string(code), std::move(field), index_, where + std::string(what));
}

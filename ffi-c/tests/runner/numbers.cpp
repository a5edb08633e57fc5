// Kinds of numbers.md.

#include "calls.hpp"
#include "kinds.hpp"

namespace {

struct Format {
    const char* name;
    std::uint32_t number;
    bool is_signed;
};

constexpr Format FORMATS[] = {
    {"i32f32", YUMA_FORMAT_I32F32, true},   {"i64f64", YUMA_FORMAT_I64F64, true},   {"i96f32", YUMA_FORMAT_I96F32, true},
    {"u64f64", YUMA_FORMAT_U64F64, false}, {"u96f32", YUMA_FORMAT_U96F32, false},
};

const Format& format_of(const Reader& name) {
    for (const Format& format : FORMATS) {
        if (name.text() == format.name) {
            return format;
        }
    }
    name.fail("type", "no format's name");
}

/// The bits of an operand, sign-extended.
yuma_u128 operand(const Format& format, const Reader& reader) {
    if (format.number == YUMA_FORMAT_I32F32) {
        return to_c(static_cast<Unsigned>(static_cast<Signed>(reader.decimal<std::int64_t>())));
    }
    return to_c(format.is_signed ? static_cast<Unsigned>(reader.decimal<Signed>()) : reader.decimal<Unsigned>());
}

Json shown(const Format& format, yuma_u128 bits) {
    return format.is_signed ? decimal_json(static_cast<Signed>(from_c(bits))) : raw_json(bits);
}

} // namespace

Json fixed_arith(std::uint32_t, const Reader& input) {
    const Format& format = format_of(input["type"]);
    const yuma_u128 a = operand(format, input["a"]);
    const yuma_u128 b = operand(format, input["b"]);
    yuma_arithmetic results;
    call(yuma_fixed_arithmetic, &results, format.number, a, b);
    Json json;
    json["saturating_add"] = shown(format, results.saturating_add);
    json["saturating_sub"] = shown(format, results.saturating_sub);
    json["saturating_mul"] = shown(format, results.saturating_mul);
    json["checked_div"] = results.has_checked_div != 0 ? shown(format, results.checked_div) : Json();
    json["safe_div"] = shown(format, results.safe_div);
    json["a_to_u64"] = decimal_json(results.to_u64);
    json["a_to_u16"] = decimal_json(results.to_u16);
    json["a_round_to_u16"] = decimal_json(results.round_to_u16);
    json["a_to_u96f32"] = raw_json(results.to_u96f32);
    json["a_to_u64f64"] = raw_json(results.to_u64f64);
    json["a_to_i96f32"] = raw_json(results.to_i96f32);
    json["a_to_i64f64"] = raw_json(results.to_i64f64);
    json["a_to_i32f32"] = decimal_json(results.to_i32f32);
    return json;
}

Json transcendental(std::uint32_t, const Reader& input) {
    const std::string& op = input["op"].text();
    Json json;
    if (op == "log2_i96f32") {
        yuma_i128 result;
        const bool has = has_value(yuma_log2, &result, YUMA_FORMAT_I96F32, raw_signed(input["x"]));
        json["result"] = has ? raw_json(result) : Json();
    } else if (op == "log2_ln_i32f32") {
        const auto x = input["x"].decimal<std::int64_t>();
        yuma_i128 log2;
        std::int64_t ln = 0;
        const bool has_log2 = has_value(yuma_log2, &log2, YUMA_FORMAT_I32F32, to_c(static_cast<Signed>(x)));
        json["log2"] = has_log2 ? raw_json(log2) : Json();
        json["ln"] = has_value(yuma_ln, &ln, x) ? decimal_json(ln) : Json();
    } else if (op == "exp_i32f32") {
        std::int64_t result = 0;
        const bool has = has_value(yuma_exp, &result, input["x"].decimal<std::int64_t>());
        json["result"] = has ? decimal_json(result) : Json();
    } else if (op == "bisect_sqrt_u64f64") {
        json["result"] = raw_json(yuma_root(raw_unsigned(input["x"]), raw_unsigned(input["epsilon"])));
    } else if (op == "safe_pow_u64f64") {
        json["result"] = raw_json(yuma_power(raw_unsigned(input["x"]), raw_unsigned(input["p"])));
    } else {
        input["op"].fail("type", "no function's name");
    }
    return json;
}

Json pow_normalize(std::uint32_t, const Reader& input) {
    std::vector<yuma_u128> values = input["values"].list(raw_unsigned);
    const Memory memory(yuma_pow_normalize_workspace_size(values.size()));
    call(yuma_pow_normalize, values.data(), values.size(), raw_unsigned(input["exponent"]), memory.begin(), memory.size());
    Json json;
    json["values"] = raws_json(values);
    return json;
}

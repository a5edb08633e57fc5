#include "files.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

#include <zlib.h>

namespace {

constexpr const char* SCHEMA = "yuma-vectors/1";

std::string read_plain(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (!file) {
        throw std::runtime_error(std::strerror(errno));
    }
    return text;
}

std::string read_compressed(const std::string& path) {
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
    if (!file) {
        throw std::runtime_error(std::strerror(errno));
    }
    std::string text;
    std::array<char, 65536> buffer;
    int count = 0;
    while ((count = gzread(file.get(), buffer.data(), buffer.size())) > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    int error = Z_OK;
    const char* what = gzerror(file.get(), &error);
    // What ends early is Z_BUF_ERROR, though every byte before could be read.
    if (error != Z_OK) {
        throw std::runtime_error(what);
    }
    // zlib hands on what is not compressed as it is.
    if (gzdirect(file.get()) != 0) {
        throw std::runtime_error("not compressed");
    }
    return text;
}

bool ends_with(const std::string& text, const std::string& end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

} // namespace

File read_file(const std::string& path) {
    const Json json = Json::parse(ends_with(path, ".gz") ? read_compressed(path) : read_plain(path));
    const Reader reader(json);
    const std::string& schema = reader["schema"].text();
    if (schema != SCHEMA) {
        throw std::runtime_error("schema `" + schema + "`, not `" + SCHEMA + "`");
    }
    File file;
    file.kind = reader["kind"].text();
    file.rules = reader["rules"].text();
    file.cases = reader["cases"].list([](const Reader& each) {
        return Case{each["name"].text(), each["input"].json(), each["expect"].json()};
    });
    if (file.cases.empty()) {
        throw std::runtime_error("no case");
    }
    return file;
}

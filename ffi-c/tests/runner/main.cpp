// Judges files of vectors through the C API: a line per file, the first differences, then `N passed, N failed`.

#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compare.hpp"
#include "files.hpp"
#include "kinds.hpp"

namespace {

constexpr std::size_t SHOWN = 5;

struct Count {
    std::size_t passed = 0;
    std::size_t failed = 0;
};

/// What is wrong with a case, if anything.
std::optional<std::string> judge(const File& file, const Case& each) {
    try {
        return first_difference(each.expect, compute(file.rules, file.kind, each.input));
    } catch (const std::exception& failure) {
        return failure.what();
    }
}

Count verify(const std::string& path) {
    File file;
    try {
        file = read_file(path);
    } catch (const std::exception& error) {
        std::cout << path << ": " << error.what() << '\n';
        return {0, 1};
    }
    std::vector<std::pair<std::string, std::string>> failures;
    for (const Case& each : file.cases) {
        if (auto failure = judge(file, each)) {
            failures.emplace_back(each.name, *failure);
        }
    }
    const Count count{file.cases.size() - failures.size(), failures.size()};
    std::cout << path << ": " << file.kind << ", " << file.rules << ": " << count.passed << " of " << file.cases.size()
              << " passed\n";
    for (std::size_t index = 0; index < failures.size() && index < SHOWN; ++index) {
        std::cout << "  " << failures[index].first << ": " << failures[index].second << '\n';
    }
    if (failures.size() > SHOWN) {
        std::cout << "  and " << failures.size() - SHOWN << " more\n";
    }
    return count;
}

} // namespace

int main(int argument_count, char** arguments) {
    const std::vector<std::string> paths(arguments + 1, arguments + argument_count);
    if (paths.empty()) {
        std::cerr << "usage: yuma-verify FILES (.json, .json.gz)\n";
        return 2;
    }
    Count total;
    for (const std::string& path : paths) {
        const Count count = verify(path);
        total.passed += count.passed;
        total.failed += count.failed;
    }
    std::cout << total.passed << " passed, " << total.failed << " failed" << std::endl;
    return total.failed == 0 && total.passed > 0 && std::cout ? 0 : 1;
}

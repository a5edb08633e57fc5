// The format names accounts, the C API numbers them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

/// Accounts in ascending order, each once; the library knows one by its place.
class Accounts {
public:
    using Account = std::uint64_t;

    explicit Accounts(std::vector<Account> named) : sorted_(std::move(named)) {
        std::sort(sorted_.begin(), sorted_.end());
        sorted_.erase(std::unique(sorted_.begin(), sorted_.end()), sorted_.end());
        if (sorted_.size() > 65536) {
            throw std::runtime_error("more accounts than can be numbered");
        }
    }

    std::size_t count() const { return sorted_.size(); }
    Account at(std::size_t place) const { return sorted_.at(place); }

    /// The place of an account that was named.
    std::uint16_t place(Account account) const {
        const auto found = std::lower_bound(sorted_.begin(), sorted_.end(), account);
        if (found == sorted_.end() || *found != account) {
            throw std::logic_error("an account that nobody collected");
        }
        return static_cast<std::uint16_t>(found - sorted_.begin());
    }

private:
    std::vector<Account> sorted_;
};

// What the kinds of distribution.md have in common: hotkeys, coldkeys, edges.
#pragma once

#include "accounts.hpp"
#include "calls.hpp"

using Account = Accounts::Account;

inline Account account(const Reader& reader) { return reader.number<Account>(); }

inline std::optional<Account> maybe_account(const Reader& reader) { return reader.maybe_number<Account>(); }

inline std::uint64_t amount(const Reader& reader) { return reader.decimal<std::uint64_t>(); }

struct Edge {
    Account parent;
    Account child;
    std::uint64_t proportion;
};

std::vector<Edge> read_edges(const Reader& edges);

inline std::vector<Account> read_accounts(const Reader& list) { return list.list(account); }

/// Accounts from everywhere.
class Named {
public:
    void add(Account account) { accounts_.push_back(account); }
    void add(std::optional<Account> account) {
        if (account) {
            add(*account);
        }
    }
    void add(const std::vector<Account>& accounts) { accounts_.insert(accounts_.end(), accounts.begin(), accounts.end()); }
    void add(const std::vector<Edge>& edges) {
        for (const Edge& edge : edges) {
            add(edge.parent);
            add(edge.child);
        }
    }
    /// The first element of every row.
    void add_rows(const Reader& rows) {
        for (std::size_t row = 0; row < rows.count(); ++row) {
            add(account(rows.at(row).at(0)));
        }
    }

    Accounts collected() const { return Accounts(accounts_); }

private:
    std::vector<Account> accounts_;
};

/// All hotkeys of a case, in lists of our own that the C API points to.
class HotkeyTable {
public:
    HotkeyTable(std::uint32_t rules, const Accounts& accounts, const std::vector<Edge>& edges);
    HotkeyTable(const HotkeyTable&) = delete;
    HotkeyTable& operator=(const HotkeyTable&) = delete;

    yuma_hotkey& hotkey(Account account) { return hotkeys_[accounts_.place(account)]; }
    yuma_stake& stake(Account account) { return stakes_[accounts_.place(account)]; }
    void suspend(const std::vector<Account>& suspended);
    void set_owner_hotkey(std::optional<Account> account);

    yuma_hotkey_table c = started(yuma_hotkey_table_init);

private:
    const Accounts& accounts_;
    std::vector<yuma_stake> stakes_;
    std::vector<yuma_hotkey> hotkeys_;
    std::vector<std::uint32_t> edge_offsets_ = {0};
    std::vector<std::uint16_t> edge_parents_;
    std::vector<std::uint64_t> edge_proportions_;
    std::vector<std::uint8_t> suspended_;
};

yuma_stake read_stake(const Reader& alpha, const Reader& root);

yuma_childkey_terms read_terms(const Reader& input);

/// The coldkeys; the zero account is always one of them and comes first, as the library numbers it.
Accounts collected_coldkeys(Named named);

#include "hotkeys.hpp"

#include <map>

std::vector<Edge> read_edges(const Reader& edges) {
    return edges.list([](const Reader& edge) {
        edge.of(3);
        return Edge{account(edge.at(0)), account(edge.at(1)), amount(edge.at(2))};
    });
}

HotkeyTable::HotkeyTable(std::uint32_t rules, const Accounts& accounts, const std::vector<Edge>& edges)
    : accounts_(accounts), stakes_(accounts.count()), hotkeys_(accounts.count(), started(yuma_hotkey_init)) {
    // In stored order within each child.
    std::map<Account, std::vector<Edge>> by_child;
    for (const Edge& edge : edges) {
        by_child[edge.child].push_back(edge);
    }
    for (std::size_t child = 0; child < accounts.count(); ++child) {
        for (const Edge& edge : by_child[accounts.at(child)]) {
            edge_parents_.push_back(accounts.place(edge.parent));
            edge_proportions_.push_back(edge.proportion);
        }
        edge_offsets_.push_back(static_cast<std::uint32_t>(edge_parents_.size()));
    }
    c.rules = rules;
    c.count = accounts.count();
    c.stakes = stakes_.data();
    c.hotkeys = hotkeys_.data();
    c.edge_offsets = edge_offsets_.data();
    c.edge_offset_count = edge_offsets_.size();
    c.edge_parents = edge_parents_.data();
    c.edge_proportions = edge_proportions_.data();
    c.edge_count = edge_parents_.size();
}

void HotkeyTable::suspend(const std::vector<Account>& suspended) {
    suspended_.assign(accounts_.count(), 0);
    for (const Account account : suspended) {
        suspended_[accounts_.place(account)] = 1;
    }
    c.suspended = suspended_.data();
    c.suspended_count = suspended_.size();
}

void HotkeyTable::set_owner_hotkey(std::optional<Account> account) {
    c.owner_hotkey = account ? std::int32_t{accounts_.place(*account)} : YUMA_NONE;
}

yuma_stake read_stake(const Reader& alpha, const Reader& root) {
    yuma_stake stake;
    stake.alpha = amount(alpha);
    stake.root = amount(root);
    return stake;
}

Accounts collected_coldkeys(Named named) {
    named.add(Account{YUMA_ZERO_ACCOUNT});
    return named.collected();
}

yuma_childkey_terms read_terms(const Reader& input) {
    yuma_childkey_terms terms;
    terms.tao_weight = amount(input["tao_weight"]);
    terms.burn = amount(input["ck_burn"]);
    terms.min_take = input["min_childkey_take"].number<std::uint16_t>();
    terms.min_take_subnet = input["min_childkey_take_subnet"].number<std::uint16_t>();
    return terms;
}

// Files of vectors, plain or compressed.
#pragma once

#include <string>
#include <vector>

#include "json.hpp"

struct Case {
    std::string name;
    Json input;
    Json expect;
};

struct File {
    std::string kind;
    std::string rules;
    std::vector<Case> cases;
};

/// Reads a `.json` or `.json.gz`. Throws for what cannot be read, a file of another schema, and one without a case.
File read_file(const std::string& path);

// Eight threads at once on shared inputs: every result must be the one a single thread gives.
//
//     yuma-threads REPETITIONS FILES
//
// Of kind `epoch` the very arrays that the C API reads are shared; of all other kinds the cases are.

#include <atomic>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "compare.hpp"
#include "epoch_tables.hpp"
#include "files.hpp"
#include "kinds.hpp"

namespace {

constexpr unsigned THREADS = 8;

/// Runs `work` in all threads, which begin together; tells whether every one of them returned true.
template <class Work> bool at_once(Work work) {
    std::atomic<unsigned> waiting{THREADS};
    std::atomic<unsigned> content{0};
    std::vector<std::thread> threads;
    for (unsigned thread = 0; thread < THREADS; ++thread) {
        threads.emplace_back([&, thread] {
            --waiting;
            while (waiting > 0) {
                std::this_thread::yield();
            }
            try {
                content += work(thread) ? 1 : 0;
            } catch (const std::exception&) {
                // Not content, which is what a failure means here.
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    return content == THREADS;
}

std::uint32_t rules_of(const File& file) {
    return file.rules == yuma_rules_id(YUMA_RULES_SUBTENSOR_475) ? YUMA_RULES_SUBTENSOR_475 : YUMA_RULES_SUBTENSOR_425;
}

bool epochs_agree(const File& file, unsigned repetitions) {
    std::vector<std::unique_ptr<const Tables>> inputs;
    std::vector<std::unique_ptr<const Outcome>> outcomes;
    for (const Case& each : file.cases) {
        inputs.push_back(std::make_unique<Tables>(rules_of(file), Reader(each.input)));
        auto outcome = std::make_unique<Outcome>(inputs.back()->subnet);
        run(*inputs.back(), *outcome, Memory(workspace_size(*inputs.back())));
        outcomes.push_back(std::move(outcome));
    }
    return at_once([&](unsigned) {
        for (unsigned repetition = 0; repetition < repetitions; ++repetition) {
            for (std::size_t index = 0; index < inputs.size(); ++index) {
                const Tables& input = *inputs[index];
                Outcome outcome(input.subnet);
                run(input, outcome, Memory(workspace_size(input)));
                if (!(outcome == *outcomes[index])) {
                    return false;
                }
            }
        }
        return true;
    });
}

bool cases_agree(const File& file, unsigned repetitions) {
    std::vector<Json> results;
    for (const Case& each : file.cases) {
        results.push_back(compute(file.rules, file.kind, each.input));
    }
    return at_once([&](unsigned thread) {
        for (unsigned repetition = 0; repetition < repetitions; ++repetition) {
            for (std::size_t step = 0; step < results.size(); ++step) {
                // Not all on the same case: whatever they shared would then be right by accident.
                const std::size_t index = (step + thread * results.size() / THREADS) % results.size();
                if (first_difference(results[index], compute(file.rules, file.kind, file.cases[index].input))) {
                    return false;
                }
            }
        }
        return true;
    });
}

} // namespace

int main(int argument_count, char** arguments) {
    if (argument_count < 3) {
        std::cerr << "usage: yuma-threads REPETITIONS FILES\n";
        return 2;
    }
    const auto repetitions = static_cast<unsigned>(std::stoul(arguments[1]));
    bool all = true;
    for (int index = 2; index < argument_count; ++index) {
        const std::string path = arguments[index];
        try {
            const File file = read_file(path);
            const bool agree = file.kind == "epoch" ? epochs_agree(file, repetitions) : cases_agree(file, repetitions);
            std::cout << path << ": " << file.kind << ", " << file.rules << ": " << THREADS << " threads, " << repetitions
                      << " times " << file.cases.size() << " cases: " << (agree ? "equal" : "NOT EQUAL") << '\n';
            all = all && agree;
        } catch (const std::exception& error) {
            std::cout << path << ": " << error.what() << '\n';
            all = false;
        }
    }
    return all ? 0 : 1;
}

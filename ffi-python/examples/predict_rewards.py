"""What will a validator earn in the next epochs, and what if somebody moved half its stake away?"""

import json
from pathlib import Path

import libyuma

VALIDATOR = 122

file = json.loads((Path(__file__).parents[2] / "vectors/data/epoch/large.json").read_text())
case = next(case for case in file["cases"] if case["name"] == "large-256-64-yuma3-liquid")
params = libyuma.Params.from_json(case, rules=file["rules"])
subnet = libyuma.Subnet.from_json(case)


def predict(title: str, subnet: libyuma.Subnet) -> None:
    """Prints the validator's reward, epoch by epoch, if everybody sets the same weights again."""
    print(title)
    for outcome in libyuma.simulate(subnet, 5, params=params):
        block, dividends = outcome.subnet.current_block, outcome.dividends[VALIDATOR]
        rao = outcome.validator_emission[VALIDATOR]
        print(f"  block {block}: dividends {dividends} of 65535, {rao} rao")


predict(f"validator {VALIDATOR} with all its stake", subnet)

stake = subnet.stake_raw
stake[VALIDATOR] //= 2
predict("with half of it", subnet.replace(stake=stake))

"""The same subnet in Yuma 2 and in Yuma 3 with liquid alpha: how fast do bonds follow weights?"""

import json
from pathlib import Path

import libyuma

EPOCHS = 12

file = json.loads((Path(__file__).parents[2] / "vectors/data/epoch/large.json").read_text())
case = file["cases"][0]
subnet = libyuma.Subnet.from_json(case)
params = libyuma.Params.from_json(case, rules="subtensor-475")
variants = {
    "Yuma 2": params.replace(yuma3=False),
    "Yuma 3": params.replace(yuma3=True),
    "Yuma 3, liquid alpha": params.replace(yuma3=True, liquid_alpha=True),
}
histories = {
    name: libyuma.History(libyuma.simulate(subnet, EPOCHS, params=variant))
    for name, variant in variants.items()
}

# Weights decide the incentive, bonds the dividends: only the latter differ.
assert len({history.incentive.tobytes() for history in histories.values()}) == 1

settled = histories["Yuma 2"][-1]
validators = sorted(range(subnet.n), key=lambda uid: -int(settled.dividends[uid]))[:3]
for uid in validators:
    print(f"dividends of validator {uid}, of 65535, epoch by epoch")
    for name, history in histories.items():
        print(f"  {name:21}", *history.dividends[:, uid])

for name, history in histories.items():
    paid = {uid: sum(history.validator_emission[:, uid].tolist()) for uid in validators}
    print(f"{name}: rao in {EPOCHS} epochs by uid {paid}")

"""What if the subnet's kappa changes: who wins, who loses, and how much stays with the miners?"""

import json
from pathlib import Path

import libyuma

EPOCHS = 10

file = json.loads((Path(__file__).parents[2] / "vectors/data/epoch/large.json").read_text())
case = file["cases"][0]
params = libyuma.Params.from_json(case, rules=file["rules"])
subnet = libyuma.Subnet.from_json(case)

# The whole subnet, for majorities of 30 to 70 percent.
kappas = [65535 * percent // 100 for percent in (30, 40, 50, 60, 70)]
table = libyuma.sweep(subnet, {"kappa": kappas}, params=params, epochs=EPOCHS, progress=False)
for row in table:
    print(
        f"kappa {row['kappa']}: {row['paid_miners']} miners with incentive, "
        f"the largest {row['largest_incentive']} of 65535, all miners {row['server_emission']} rao"
    )

# Neuron by neuron, in the last of these epochs.
low, high = (
    libyuma.History(libyuma.simulate(subnet, EPOCHS, params=params.replace(kappa=kappa)))[-1]
    for kappa in (kappas[0], kappas[-1])
)
change = {uid: int(high.emission[uid]) - int(low.emission[uid]) for uid in range(subnet.n)}
for uid in sorted(change, key=lambda uid: change[uid], reverse=True):
    if abs(change[uid]) > 3_000_000_000:
        print(f"uid {uid}: {low.emission[uid]} rao at 30 %, {change[uid]:+} at 70 %")

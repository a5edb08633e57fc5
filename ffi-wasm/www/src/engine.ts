// The only file that knows the package.
import init, * as yuma from 'libyuma';

export type { Outcome, Params, Rows, RulesId, Subnet, DefaultParams, Halving, SubnetShares } from 'libyuma';
export const { YumaError, CAP, BLOCKS_PER_DAY, version } = yuma;

export const ready: Promise<void> = init();
export const {
  epoch, defaultParams, rules, rowsOfLists, halvings, nextHalving, blockEmission, emissionOver, subnetShares, emissionDefaults,
} = yuma;

/** What the epoch after this one finds, if every validator sets the same weights again, or nobody does anything. */
export function following(
  subnet: yuma.Subnet, outcome: yuma.Outcome, blocks: bigint, freshWeights: boolean,
): yuma.Subnet {
  const before = BigInt(subnet.currentBlock);
  const block = before + blocks;
  const { offsets } = subnet.weights;
  const lastUpdate = Array.from(subnet.lastUpdate, BigInt);
  if (freshWeights && block > 0n) {
    outcome.validatorPermit.forEach((permit, uid) => {
      if (permit && Number(offsets[uid + 1]) > Number(offsets[uid])) lastUpdate[uid] = block - 1n;
    });
  }
  return {
    ...subnet,
    currentBlock: block,
    lastStepBlock: before,
    lastUpdate,
    validatorPermit: outcome.validatorPermit,
    previousConsensus: outcome.consensus,
    bonds: outcome.bonds,
    ...(before > 0n ? { lastYumaStepBlock: before } : {}),
  };
}

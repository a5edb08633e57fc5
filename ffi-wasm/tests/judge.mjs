// Compares what was computed with what a case of a file expects.
const NOTHING = Symbol('nothing');
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const shown = (value) => (value === NOTHING ? 'nothing' : JSON.stringify(value));

/** The first difference in the order of the computed fields, those of computation; `null` if there is none. */
export function firstDifference(expected, computed, stage = '', place = '') {
  if (isObject(expected) && isObject(computed)) {
    for (const name of new Set([...Object.keys(computed), ...Object.keys(expected)])) {
      const part = (of) => (Object.hasOwn(of, name) ? of[name] : NOTHING);
      const at = stage && place ? [stage, `${place}.${name}`] : [stage ? `${stage}.${name}` : name, ''];
      const found = firstDifference(part(expected), part(computed), ...at);
      if (found !== null) return found;
    }
    return null;
  }
  if (Array.isArray(expected) && Array.isArray(computed)) {
    for (let index = 0; index < Math.max(expected.length, computed.length); index += 1) {
      const part = (of) => (index < of.length ? of[index] : NOTHING);
      const found = firstDifference(part(expected), part(computed), stage, `${place}[${index}]`);
      if (found !== null) return found;
    }
    return null;
  }
  if (expected === computed) return null;
  return `${stage}${place}: expected ${shown(expected)}, computed ${shown(computed)}`;
}

/** How many cases of a file passed, and of all others the name and what is wrong. */
export function run(kinds, knownRules, file) {
  const report = { passed: 0, failed: [] };
  for (const { name, input, expect } of file.cases) {
    let failure;
    try {
      if (!knownRules.includes(file.rules)) throw new Error(`unknown rules \`${file.rules}\``);
      if (!Object.hasOwn(kinds, file.kind) || !kinds[file.kind][0].includes(file.rules)) {
        throw new Error(`unknown kind \`${file.kind}\``);
      }
      failure = firstDifference(expect, kinds[file.kind][1](file.rules, input));
    } catch (error) {
      failure = error.message;
    }
    if (failure === null) report.passed += 1;
    else report.failed.push([name, failure]);
  }
  return report;
}

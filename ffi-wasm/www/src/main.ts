import './style.css';
import demoText from 'virtual:demo';
import { bars } from './charts';
import { Bonds } from './bonds';
import { afterPause, find, make, perFrame, whilePending } from './dom';
import { Emission } from './emission';
import { epoch, following, ready, rules as allRules, version, type Outcome, type RulesId, type Subnet } from './engine';
import { Evolution } from './evolution';
import { editor, START, subnetOf, validMatrix, type Matrix } from './matrix';
import { Parameters, type Values } from './parameters';
import { decode, encode, type State } from './share';
import { explain, FileError, load, onlyCase, type Loaded } from './subnetFile';
import { percent, whole } from './text';
import { checker } from './vectors';

const TABS = [['epoch', 'Epoch'], ['evolution', 'Evolution'], ['emission', 'Emission'], ['check', 'Check']] as const;
const LONGEST_FILE = 60_000;

await ready;

let source: State['source'] = 'demo';
let loaded: Loaded = load(demoText, 'demo').loaded;
let file: { name: string; text: string } | null = null;
let matrix: Matrix = structuredClone(START);
let rules: RulesId = allRules().at(-1)?.id ?? 'subtensor-475';
let tab = 'epoch';
let all = false;
let steps = 0;

const notice = (text: string): void => { find('notice').textContent = text; };
const parameters = new Parameters(find('parameters'), () => changed());
const bonds = new Bonds(find('bonds'));
const evolution = new Evolution(find('panel-evolution'), () => ({ params: { ...parameters.params, rules }, subnet: loaded.subnet }));
const emission = new Emission(find('panel-emission'));
checker(find('panel-check'));
find('version').textContent = version;

function changed(): void {
  evolution.stale();
  refresh();
}
const refresh = perFrame(() => compute());

// ---- rules ----

for (const one of allRules()) {
  const input = make('input', { type: 'radio', name: 'rules', value: one.id, id: one.id, onchange: () => setRules(one.id) });
  find('rules').append(make('label', {}, input, make('span', {}, String(one.specVersion))));
}
function setRules(id: RulesId): void {
  rules = id;
  find<HTMLInputElement>(id).checked = true;
  document.documentElement.dataset['rules'] = id;
  emission.rules = id;
  changed();
}

// ---- the subnet ----

function use(next: Loaded, from: State['source'], message: string): void {
  loaded = next;
  source = from;
  steps = 0;
  find('steps').textContent = '';
  parameters.set(next.params);
  find('subnet-name').textContent = message;
  find('matrix-editor').hidden = from !== 'matrix';
  find('file-error').textContent = '';
  if (from !== 'file') find('case-label').hidden = true;
  evolution.tempo((parameters.values['tempo'] as bigint) || 360n);
  changed();
}
function useDemo(): void {
  const next = load(demoText, 'demo').loaded;
  use(next, 'demo', `Demo: ${next.name}, ${next.subnet.n} neurons, a golden vector`);
}
function useMatrix(given: Matrix): void {
  matrix = given;
  const rebuild = (): void => {
    loaded = { ...loaded, subnet: subnetOf(matrix) };
    steps = 0;
    find('steps').textContent = '';
    changed();
  };
  editor(find('matrix-editor'), matrix, rebuild);
  use({ name: 'matrix', rules: null, params: {}, subnet: subnetOf(matrix) }, 'matrix', 'A matrix of your own: its weights are above the results');
}
function useFile(text: string, name: string, which?: string): void {
  const bad = (error: unknown): void => {
    find('file-error').replaceChildren(make('b', {}, `${name} was not loaded. `), explain(error));
  };
  try {
    const { loaded: next, names } = load(text, name, which);
    epoch({ ...next.params, rules }, next.subnet); // the package refuses what the format alone allows
    file = { name, text };
    use(next, 'file', `${name}: ${next.name}, ${next.subnet.n} neurons`);
    find('case-label').hidden = names.length < 2;
    find<HTMLSelectElement>('case').replaceChildren(...names.map((one) => make('option', { value: one, selected: one === next.name }, one)));
  } catch (error) {
    bad(error);
  }
}
const picker = find<HTMLInputElement>('file');
picker.addEventListener('change', () => {
  const [chosen] = picker.files ?? [];
  if (chosen) void chosen.text().then((text) => { useFile(text, chosen.name); picker.value = ''; });
});
find('case').addEventListener('change', () => { if (file) useFile(file.text, file.name, find<HTMLSelectElement>('case').value); });
document.addEventListener('dragover', (event) => {
  event.preventDefault();
  find('drop').classList.add('over');
});
document.addEventListener('dragleave', (event) => { if (event.relatedTarget === null) find('drop').classList.remove('over'); });
document.addEventListener('drop', (event) => {
  event.preventDefault();
  find('drop').classList.remove('over');
  const [dropped] = event.dataTransfer?.files ?? [];
  if (dropped) void dropped.text().then((text) => useFile(text, dropped.name));
});
find('load-demo').addEventListener('click', useDemo);
find('load-matrix').addEventListener('click', () => useMatrix(structuredClone(START)));
find('reset-subnet').addEventListener('click', () => { parameters.set(loaded.params); changed(); });
find('reset-chain').addEventListener('click', () => { parameters.set({}); changed(); });

// ---- the epoch ----

const FIELDS = [['stakeWeight', 'Stake'], ['consensus', 'Consensus'], ['incentive', 'Incentive'], ['dividends', 'Dividends'], ['validatorTrust', 'Trust']] as const;
const places = FIELDS.map(() => make('div'));
find('charts').append(...places);

function descending(values: { readonly [uid: number]: bigint | number; readonly length: number }): number[] {
  const uids = Array.from({ length: values.length }, (_, uid) => uid);
  return uids.sort((one, other) => {
    const [a, b] = [values[one] ?? 0, values[other] ?? 0];
    return a === b ? one - other : a < b ? 1 : -1;
  });
}

function tile(name: string, value: string, id: string): HTMLElement {
  return make('div', {}, make('dt', {}, name), make('dd', { id }, value));
}

// What a screen reader hears of a result: the gist of it, once a slider rests.
let spoken = '';
const speak = afterPause(800, () => { if (find('spoken').textContent !== spoken) find('spoken').textContent = spoken; });

function compute(): void {
  const subnet: Subnet = loaded.subnet;
  let outcome: Outcome;
  let other: Outcome | null = null;
  const started = performance.now();
  let took = 0;
  try {
    outcome = epoch({ ...parameters.params, rules }, subnet);
    took = performance.now() - started;
    const otherRules = allRules().find((one) => one.id !== rules);
    if (otherRules) other = epoch({ ...parameters.params, rules: otherRules.id }, subnet);
    find('epoch-error').textContent = '';
  } catch (error) {
    find('epoch-error').textContent = explain(error);
    return;
  }
  document.documentElement.dataset['epoch'] = String(Number(document.documentElement.dataset['epoch'] ?? 0) + 1);
  if (tab !== 'epoch') return;
  const n = outcome.emission.length;
  const byEmission = descending(outcome.emission);
  const top = byEmission[0];
  const total = outcome.emission.reduce((sum, one) => sum + one, 0n);
  find('tiles').replaceChildren(
    tile('Top neuron', top === undefined ? '–' : `uid ${top}`, 'top-uid'),
    tile('It is paid, rao', top === undefined ? '–' : whole(outcome.emission[top] ?? 0n), 'top-emission'),
    tile('Paid in all, rao', whole(total), 'total-emission'),
    tile('Validators of neurons', `${outcome.validatorPermit.filter(Boolean).length} of ${n}`, 'validators'),
    tile('Computed in, ms', took < 0.1 ? '< 0.1' : took.toFixed(1), 'took'),
  );
  const differs = (uid: number): boolean => other !== null && (
    FIELDS.some(([field]) => outcome[field][uid] !== other[field][uid]) || outcome.emission[uid] !== other.emission[uid]
    || outcome.validatorPermit[uid] !== other.validatorPermit[uid]);
  const different = Array.from({ length: n }, (_, uid) => uid).filter(differs);
  const otherName = other?.rules.replace('subtensor-', '') ?? '';
  find('differences').textContent = different.length === 0
    ? `The rules of ${otherName} give every neuron exactly the same.`
    : `≠ The rules of ${otherName} give ${different.length} of ${n} neurons something else; the table marks them.`;

  const order = find<HTMLSelectElement>('order').value;
  const uids = order === 'uid' ? Array.from({ length: n }, (_, uid) => uid) : order === 'stake' ? descending(outcome.raw.stake) : byEmission;
  FIELDS.forEach(([field, title], at) => {
    const place = places[at];
    if (place === undefined) return;
    bars(place, {
      title: `${title}, of 65535`, values: uids.map((uid) => outcome[field][uid] ?? 0), labels: uids.map(String), tone: `--series-${at + 1}`,
      describe: (position) => `uid ${uids[position]}: ${whole(outcome[field][uids[position] ?? 0] ?? 0)}`,
    });
  });

  const shown = all ? byEmission : byEmission.slice(0, 15);
  const rows = shown.map((uid) => {
    const row = make('tr', {}, make('th', { scope: 'row' }, String(uid)), make('td', {}, outcome.validatorPermit[uid] ? 'yes' : ''),
      ...FIELDS.map(([field]) => make('td', {}, whole(outcome[field][uid] ?? 0))),
      make('td', {}, whole(outcome.emission[uid] ?? 0n)), make('td', {}, percent(outcome.emission[uid] ?? 0n, total)),
      make('td', {}, differs(uid) ? `≠ ${whole(other?.emission[uid] ?? 0n)}` : '='));
    if (differs(uid)) row.className = 'differs';
    return row;
  });
  find('table').replaceChildren(make('table', {},
    make('caption', {}, `${shown.length === n ? `All ${n}, the best paid first` : `The ${shown.length} best paid`}, rules of ${outcome.rules.replace('subtensor-', '')}`),
    make('thead', {}, make('tr', {}, ...['uid', 'permit', ...FIELDS.map(([, title]) => title.toLowerCase()), 'emission, rao', 'of all', `rao under ${otherName}`].map((one) => make('th', { scope: 'col' }, one)))),
    make('tbody', {}, ...rows)));
  const more = find('more');
  more.hidden = n <= 15;
  more.textContent = all ? 'Show the 15 largest' : `Show all ${n}`;
  bonds.show(outcome);
  spoken = top === undefined ? '' : `Best paid: uid ${top}, ${whole(outcome.emission[top] ?? 0n)} rao of ${whole(total)}.`;
  speak();
}
find('step').addEventListener('click', () => {
  try {
    const { subnet } = loaded;
    const blocks = (parameters.values['tempo'] as bigint) || 1n;
    loaded = { ...loaded, subnet: following(subnet, epoch({ ...parameters.params, rules }, subnet), blocks, true) };
    find('steps').textContent = `${++steps} ${steps === 1 ? 'epoch' : 'epochs'} on, block ${whole(BigInt(loaded.subnet.currentBlock))}, the same weights set again`;
    changed();
  } catch (error) {
    find('epoch-error').textContent = explain(error);
  }
});
find('order').addEventListener('change', refresh);
find('more').addEventListener('click', () => { all = !all; refresh(); });

// ---- tabs ----

function openTab(name: string, focus = false): void {
  tab = TABS.some(([id]) => id === name) ? name : 'epoch';
  for (const [id] of TABS) {
    const chosen = id === tab;
    find(`panel-${id}`).hidden = !chosen;
    const button = find(`tab-${id}`);
    button.setAttribute('aria-selected', String(chosen));
    button.tabIndex = chosen ? 0 : -1;
    if (chosen && focus) button.focus();
  }
  if (tab === 'epoch') refresh();
  if (tab === 'emission') emission.draw();
}
find('tabs').append(...TABS.map(([id, title]) =>
  make('button', { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': `panel-${id}`, onclick: () => openTab(id) }, title)));
find('tabs').addEventListener('keydown', (event) => {
  const at = TABS.findIndex(([id]) => id === tab);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + TABS.length, Home: 0, End: TABS.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  openTab(TABS[to % TABS.length]?.[0] ?? 'epoch', true);
});

// ---- the link ----

find('share').addEventListener('click', () => void (async () => {
  const params = Object.fromEntries(Object.entries(parameters.values).filter(([key, value]) => value !== parameters.defaults[key])
    .map(([key, value]) => [key, typeof value === 'bigint' ? String(value) : value]));
  const state: State = {
    v: 1, rules, source, params, tab, order: find<HTMLSelectElement>('order').value, evolution: evolution.settings, emission: emission.settings,
  };
  if (source === 'matrix') state.matrix = matrix;
  if (source === 'file' && file) state.file = { name: file.name, text: onlyCase(file.text, loaded.name) };
  let text = await encode(state);
  let said = 'The link is in the address bar and copied.';
  if (text.length > LONGEST_FILE) {
    const { file: _, ...rest } = state;
    text = await encode({ ...rest, source: 'demo' });
    said = 'Your file is too large for a link: it carries the parameters alone, with the demo subnet.';
  }
  if (steps > 0) said += ' It leads to the subnet before its first epoch here.';
  history.replaceState(null, '', `#${text}`);
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    said = said.replace(' and copied', '');
  }
  notice(said);
})());

async function restore(): Promise<void> {
  useDemo();
  if (location.hash.length > 1) {
    try {
      const state = await decode(location.hash.slice(1));
      if (state.source === 'matrix' && validMatrix(state.matrix)) useMatrix(state.matrix);
      else if (state.source === 'file' && state.file) useFile(state.file.text, state.file.name);
      const params = Object.entries(state.params).map(([key, value]) => [key, typeof value === 'string' && /^-?[0-9]{1,20}$/.test(value) ? BigInt(value) : value]);
      parameters.set(Object.fromEntries(params) as Values);
      evolution.settings = state.evolution;
      emission.settings = state.emission;
      find<HTMLSelectElement>('order').value = state.order;
      const known = allRules().find((one) => one.id === state.rules);
      if (known) rules = known.id;
      openTab(state.tab);
    } catch (error) {
      useDemo();
      if (error instanceof FileError) notice(error.message);
      else notice('The link could not be read: this is the demo.');
    }
  }
  setRules(rules);
}
addEventListener('hashchange', () => void whilePending(restore));
if (matchMedia('(max-width: 820px)').matches) find<HTMLDetailsElement>('parameter-section').open = false;
openTab('epoch');
await whilePending(restore);

// Kept for a time without a network, where the browser allows it.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  navigator.serviceWorker.register('./offline.js').then(() => navigator.serviceWorker.ready)
    .then(() => { find('offline').textContent = ' It opens without a network too.'; }, () => undefined);
}

// The state of the page in the fragment of its address. Values are plain JSON; wide integers are texts.

import type { EmissionState } from './emission';
import type { EvolutionState } from './evolution';

export interface State {
  v: 1;
  rules: string;
  source: 'demo' | 'matrix' | 'file';
  params: Record<string, string | boolean>;
  matrix?: unknown;
  file?: { name: string; text: string };
  tab: string;
  order: string;
  evolution: EvolutionState;
  emission: EmissionState;
}

const through = async (bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());

export async function encode(state: State): Promise<string> {
  const bytes = await through(new TextEncoder().encode(JSON.stringify(state)), new CompressionStream('deflate-raw'));
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export async function decode(text: string): Promise<State> {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
  const state = JSON.parse(new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw')))) as State;
  if (state?.v !== 1 || typeof state.params !== 'object' || state.params === null) throw new Error('not a state of this page');
  return state;
}

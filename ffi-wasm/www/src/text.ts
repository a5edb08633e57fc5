// Integers as text: what is shown is cut from the digits, never computed with fractions.

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, '\u202f');

export function whole(value: bigint | number): string {
  const text = String(value);
  return text.startsWith('-') ? `\u2212${grouped(text.slice(1))}` : grouped(text);
}

/** Rao (10^-9) as TAO or alpha, with every digit. */
export function coins(rao: bigint): string {
  return `${grouped(String(rao / 1_000_000_000n))}.${String(rao % 1_000_000_000n).padStart(9, '0')}`;
}

/** A share of `all` in percent with two digits, cut off. */
export function percent(part: bigint, all: bigint): string {
  if (all === 0n) return '\u2013';
  const hundredths = (part * 10_000n) / all;
  return `${grouped(String(hundredths / 100n))}.${String(hundredths % 100n).padStart(2, '0')}\u202f%`;
}

/** A decimal text as an integer number of units of 2^-bits, cut off; null when it is no such text. */
export function binaryOfDecimal(text: string, bits: bigint): bigint | null {
  const match = /^(\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (match === null) return null;
  const places = match[2] ?? '';
  return (BigInt((match[1] ?? '') + places) << bits) / 10n ** BigInt(places.length);
}

// What the package throws.
export class YumaError extends Error {
  constructor(code, field, index, limit, message) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.field = field;
    this.index = index;
    this.limit = limit;
  }
}
// A class keeps its name when a bundler shortens all others.
Object.defineProperty(YumaError, 'name', { value: 'YumaError' });

export class SubmissionError extends YumaError {
  constructor(...parts) {
    super(...parts);
    this.refusal = this.message;
  }
}
Object.defineProperty(SubmissionError, 'name', { value: 'SubmissionError' });

/** An error that the package itself finds. */
export const refuse = (code, field, index, limit, message) => new YumaError(code, field, index, limit, message);

/** What core says of its own codes. */
const MESSAGES = {
  length: (field, index, limit) => `${field} has ${index} elements, ${limit} are needed`,
  offsets: (field, index, limit) => `offset ${index} of ${field} is out of order or beyond its limit ${limit}`,
  entries: (field, index, limit) => `${field} has ${index} columns but ${limit} values`,
  range: (field, index, limit) => `${field}[${index}] is above the limit ${limit}`,
  negative: (field, index) => `${field}[${index}] is negative`,
  too_small: (field, index, limit) => `${field} has room for ${index} elements, ${limit} are needed`,
  not_canonical: (field, index, limit) =>
    `at byte ${index}, ${field} is not in canonical form: at most ${limit} can stand there`,
  not_in_rules: (field, index, limit) =>
    `there is no ${field} under the rules of spec version ${index}, but from ${limit} on`,
  unknown_rules: (_field, index, limit) =>
    `no rules for spec version ${index} are known, the newest known is ${limit}`,
};

/** An error that core finds; its names of fields are written in JavaScript's style here. */
export function refusedByCore({ code, field, index, limit }) {
  if (code === 'refused') return new SubmissionError(code, 'weights', null, null, field);
  const name = field.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  const message = MESSAGES[code]?.(name, index, limit) ?? `${name}: ${code}, ${index} against ${limit}`;
  // A position is a number, as positions are in JavaScript.
  return refuse(code, name, Number(index), limit, message);
}

// How values cross to the module and back: as bytes, each integer in its own width, little-endian, one after the other.
//
// Every type here checks and writes one sort of value, and reads it again. fields.js makes tables of them; the module reads
// and writes the same values in the same order (ffi-wasm/src/door.rs).
import { refuse, refusedByCore } from './errors.js';

const memory = (count) => {
  const bytes = new Uint8Array(count);
  return { bytes, view: new DataView(bytes.buffer) };
};
// Memory that no message holds at the moment: to make some takes longer than a small call.
let spare = null;

/** The bytes of a call. `rules` gives the known sets of rules. */
export class Message {
  constructor(rules) {
    const { bytes, view } = spare ?? memory(1024);
    spare = null;
    this.rules = rules;
    this.bytes = bytes;
    this.view = view;
    this.length = 0;
  }

  /** The place of so many bytes more. */
  room(count) {
    const place = this.length;
    this.length += count;
    if (this.length > this.bytes.length) {
      const larger = memory(2 * this.length);
      larger.bytes.set(this.bytes);
      Object.assign(this, larger);
    }
    return place;
  }

  put(bytes) {
    const place = this.room(bytes.length);
    this.bytes.set(bytes, place);
  }

  written() {
    return this.bytes.subarray(0, this.length);
  }

  /** Gives its memory to the next message. */
  end() {
    if (this.bytes.length <= 2 ** 16) spare = { bytes: this.bytes, view: this.view };
  }
}

/** The bytes of an answer, from the first to the last. */
export class Answer {
  constructor(bytes, rules) {
    this.rules = rules;
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.place = 0;
  }

  next(count) {
    const place = this.place;
    this.place += count;
    return place;
  }
}

const at = (field, index) => (index === null ? field : `${field}[${index}]`);

function wrongType(value, field, index, wanted) {
  const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value;
  return refuse('type', field, index, null, `${at(field, index)} must be ${wanted}, not ${found}`);
}

/** A list that has another number of elements than it needs. */
export function wrongLength(field, found, needed) {
  return refusedByCore({ code: 'length', field, index: found, limit: BigInt(needed) });
}

/** An integer type; `List`, where there is one, is the typed array of exactly such elements. */
function integer(name, bits, List = null) {
  const signed = name.startsWith('i');
  const plain = bits > 32 ? BigInt : Number;
  const lowest = plain(signed ? -(2n ** BigInt(bits - 1)) : 0n);
  const highest = plain(2n ** BigInt(signed ? bits - 1 : bits) - 1n);
  const method = `${bits < 64 ? '' : 'Big'}${signed ? 'Int' : 'Uint'}${Math.min(bits, 64)}`;
  const [get, set] = [DataView.prototype[`get${method}`], DataView.prototype[`set${method}`]];
  const size = bits / 8;
  return {
    needed: true,
    List,
    size,
    write(message, value, field, index) {
      if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) throw wrongType(value, field, index, 'an integer');
      if (value < lowest && !signed) throw refuse('negative', field, index, lowest, `${at(field, index)} is negative`);
      if (value < lowest || value > highest) {
        throw refuse('range', field, index, value < lowest ? lowest : highest, `${at(field, index)} does not fit ${name}`);
      }
      const place = message.room(size);
      if (size <= 8) {
        set.call(message.view, place, plain(value), true);
      } else {
        message.view.setBigUint64(place, BigInt(value), true);
        set.call(message.view, place + 8, BigInt(value) >> 64n, true);
      }
    },
    read(answer) {
      const place = answer.next(size);
      if (size <= 8) return get.call(answer.view, place, true);
      return (get.call(answer.view, place + 8, true) << 64n) | answer.view.getBigUint64(place, true);
    },
  };
}

export const u8 = integer('u8', 8, Uint8Array);
export const u16 = integer('u16', 16, Uint16Array);
export const u32 = integer('u32', 32, Uint32Array);
export const u64 = integer('u64', 64, BigUint64Array);
export const u128 = integer('u128', 128);
export const i16 = integer('i16', 16);
export const i64 = integer('i64', 64, BigInt64Array);
export const i128 = integer('i128', 128);

/** A bool, nothing that is merely true or false. */
export const flag = {
  needed: true,
  write(message, value, field, index) {
    if (typeof value !== 'boolean') throw wrongType(value, field, index, 'a bool');
    u8.write(message, Number(value), field, index);
  },
  read: (answer) => u8.read(answer) !== 0,
};

/** A text out of a short list. */
export const choice = (...names) => ({
  needed: true,
  write(message, value, field) {
    if (typeof value !== 'string') throw wrongType(value, field, null, 'a string');
    if (!names.includes(value)) {
      throw refuse('range', field, null, null, `${field} must be one of ${names.join(', ')}, not '${value}'`);
    }
    u8.write(message, names.indexOf(value), field, null);
  },
  read: (answer) => names[u8.read(answer)],
});

/** A name, in plain letters. */
export const text = {
  write(message, value) {
    u32.write(message, value.length, 'text', null);
    const place = message.room(value.length);
    for (let letter = 0; letter < value.length; letter += 1) message.bytes[place + letter] = value.charCodeAt(letter);
  },
  read: (answer) => String.fromCodePoint(...list(u8).read(answer)),
};

/** A set of rules by its id; without one, the newest. */
export const rules = {
  write(message, value) {
    const known = message.rules();
    const newest = known.at(-1);
    if (typeof (value ?? '') !== 'string') throw wrongType(value, 'rules', null, 'a string');
    const found = known.find(({ id }) => id === (value ?? newest.id));
    if (found === undefined) {
      const what = `no rules '${value}' are known, the newest known are ${newest.id}`;
      throw refuse('unknown_rules', 'rules', null, newest.specVersion, what);
    }
    u32.write(message, found.specVersion, 'rules', null);
  },
  read(answer) {
    const version = u32.read(answer);
    return answer.rules().find(({ specVersion }) => specVersion === version).id;
  },
};

/** A set of rules by its id, which has to be given. */
export const givenRules = {
  needed: true,
  write(message, value) {
    if (value === null) throw wrongType(value, 'rules', null, 'a string');
    rules.write(message, value);
  },
  read: rules.read,
};

/** Nothing (`null`, `undefined`), or a value. */
export const optional = (type) => ({
  write(message, value, field, index) {
    const there = value !== null && value !== undefined;
    flag.write(message, there, field, index);
    if (there) type.write(message, value, field, index);
  },
  read: (answer) => (flag.read(answer) ? type.read(answer) : null),
});

/** The elements of a list or of a typed array. */
export function elements(value, field) {
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) return value;
  throw wrongType(value, field, null, 'a list');
}

/** A list: of integers, also in a typed array. */
export const list = (type) => ({
  needed: 'List' in type,
  write(message, value, field) {
    const of = elements(value, field);
    u32.write(message, of.length, field, null);
    if (type.List && value instanceof type.List) {
      message.put(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    } else {
      for (let index = 0; index < of.length; index += 1) type.write(message, of[index], field, index);
    }
  },
  read(answer) {
    const count = u32.read(answer);
    if (!type.List) return Array.from({ length: count }, () => type.read(answer));
    const place = answer.next(count * type.size);
    return new type.List(answer.bytes.slice(place, answer.place).buffer);
  },
});

/** A list of bools, or a `Uint8Array` of zeros and ones. */
export const flags = {
  needed: true,
  write(message, value, field) {
    const bytes = value instanceof Uint8Array;
    const of = elements(value, field);
    u32.write(message, of.length, field, null);
    for (let index = 0; index < of.length; index += 1) {
      if (bytes && of[index] > 1) throw refuse('range', field, index, 1, `${at(field, index)} is neither 0 nor 1`);
      flag.write(message, bytes ? of[index] === 1 : of[index], field, index);
    }
  },
  read: (answer) => list(flag).read(answer),
};

function checkBytes(value, field) {
  if (!(value instanceof Uint8Array)) throw wrongType(value, field, null, 'a Uint8Array');
}

/** Any number of bytes, in a Uint8Array alone. */
export const someBytes = {
  write(message, value, field) {
    checkBytes(value, field);
    list(u8).write(message, value, field);
  },
};

/** So many bytes. */
export const bytes = (count) => ({
  write(message, value, field) {
    checkBytes(value, field);
    if (value.length !== count) throw wrongLength(field, value.length, count);
    message.put(value);
  },
});

/** The arguments of a function, or the fields of an answer, in this order. */
export const values = (fields) => {
  const all = Object.entries(fields);
  return {
    write(message, given) {
      for (const [name, type] of all) type.write(message, given[name], name, null);
    },
    read(answer) {
      const read = {};
      for (const [name, type] of all) read[name] = type.read(answer);
      return read;
    },
  };
};

/** An object with these fields, in this order. In a list of objects, errors name the object's place. */
export const record = (fields) => {
  const all = Object.entries(fields);
  return {
    write(message, object, _field, index = null) {
      for (const [name, type] of all) {
        if (typeof object !== 'object' || object === null) throw wrongType(object, name, index, 'a field of an object');
        const value = object[name];
        if (type.needed && value === undefined) throw refuse('missing', name, index, null, `${at(name, index)} is missing`);
        type.write(message, value, name, index);
      }
    },
    read: values(fields).read,
  };
};

/** A sparse matrix in its three lists. */
export const rows = (type) => {
  const lists = { offsets: list(u32), columns: list(u16), values: list(type) };
  return {
    needed: true,
    write(message, value, field) {
      if (typeof value !== 'object' || value === null) throw wrongType(value, field, null, 'an object');
      for (const [name, of] of Object.entries(lists)) {
        const found = value[name];
        if (found === undefined) throw refuse('missing', name, null, null, `${name} is missing`);
        of.write(message, found, `${field}.${name}`);
      }
    },
    read: values(lists).read,
  };
};

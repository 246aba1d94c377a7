import { addBit, noBits, type Bits } from './cron-bits.ts';
import { RuleError } from './recurrence.ts';

/** One of an expression's fields: what it is called in messages, and the numbers it counts with. */
export interface Field {
  name: string;
  least: number;
  most: number;
  /** Another number for `least`: 7 is Sunday too. */
  again?: number;
  /** Names for the numbers from `least` on. */
  words: readonly string[];
}

export const SECOND: Field = { name: 'second', least: 0, most: 59, words: [] };
export const MINUTE: Field = { name: 'minute', least: 0, most: 59, words: [] };
export const HOUR: Field = { name: 'hour', least: 0, most: 23, words: [] };
export const DAY: Field = { name: 'day of month', least: 1, most: 31, words: [] };
export const MONTH: Field = {
  name: 'month',
  least: 1,
  most: 12,
  words: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
};
export const WEEKDAY: Field = {
  name: 'day of week',
  least: 0,
  most: 6,
  again: 7,
  words: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
};

export function refuse(field: Field, problem: string): never {
  throw new RuleError(`${field.name}: ${problem}`);
}

/** `0-59`, `1-12 or JAN-DEC`. */
function allowed(field: Field): string {
  const numbers = `${field.least}-${field.again ?? field.most}`;
  return field.words.length === 0 ? numbers : `${numbers} or ${field.words[0]}-${field.words.at(-1)}`;
}

const NUMBER = /^\d+$/;

/** A number or name as it is written in `part`; `again` is left as it is, for what follows decides what it means. */
function written(field: Field, text: string, part: string): number {
  const word = field.words.indexOf(text);
  if (word !== -1) return field.least + word;
  if (!NUMBER.test(text)) refuse(field, `"${part}" is not understood, ${allowed(field)} is allowed`);
  const value = Number(text);
  if (value < field.least || value > (field.again ?? field.most)) {
    refuse(field, `${text} is out of range, ${allowed(field)} is allowed`);
  }
  return value;
}

/** One number or name, that is or begins `part`. */
export function numberOf(field: Field, text: string, part: string): number {
  const value = written(field, text, part);
  return value === field.again ? field.least : value;
}

function stepOf(field: Field, text: string, part: string): number {
  const size = field.most - field.least + 1;
  const step = NUMBER.test(text) ? Number(text) : 0;
  if (step < 1 || step > size) refuse(field, `the step of "${part}" is not one of 1-${size}`);
  return step;
}

/** Adds `first`, and every `step`th after it up to `last`, going on from the top of the field to its bottom. */
function addRange(field: Field, bits: Bits, first: number, last: number, step: number): void {
  const size = field.most - field.least + 1;
  const end = last < first ? last + size : last;
  for (let value = first; value <= end; value += step) {
    addBit(bits, value > field.most ? value - size : value);
  }
}

/** Adds what one part of a list means: `*`, `5`, `1-5`, `22-2`, each with a step or without; `5/15` goes on to the end. */
export function addPart(field: Field, part: string, bits: Bits): void {
  const slash = part.indexOf('/');
  const span = slash === -1 ? part : part.slice(0, slash);
  const step = slash === -1 ? 1 : stepOf(field, part.slice(slash + 1), part);
  if (span === '*') {
    addRange(field, bits, field.least, field.most, step);
    return;
  }
  const dash = span.indexOf('-');
  if (dash === -1) {
    const first = numberOf(field, span, part);
    addRange(field, bits, first, slash === -1 ? first : field.most, step);
    return;
  }
  // Up to 7 is up to the end of the week, from 7 on from its start.
  const first = written(field, span.slice(0, dash), part);
  addRange(field, bits, first, written(field, span.slice(dash + 1), part), step);
}

/** The numbers of a field that is a list of such parts. */
export function numbersOf(field: Field, text: string): Bits {
  const bits = noBits();
  for (const part of text.split(',')) addPart(field, part, bits);
  return bits;
}

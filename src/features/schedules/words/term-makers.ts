import type { Daypart, Term, Unit } from './terms.ts';

/** A row of a lexicon: "several | words" and what each of them may mean. */
export type Row = readonly [string, ...Term[]];

export const number = (value: number, ordinal = false): Term =>
  ordinal ? { type: 'number', value, ordinal } : { type: 'number', value };
export const unit = (name: Unit): Term => ({ type: 'unit', unit: name });
export const units = (name: Unit): Term => ({ type: 'unit', unit: name, plural: true });
export const shortUnit = (name: Unit): Term => ({ type: 'unit', unit: name, short: true });
export const amount = (value: number, name: Unit): Term => ({ type: 'amount', amount: value, unit: name });
export const weekday = (day: number): Term => ({ type: 'weekday', weekday: day });
export const eachWeekday = (day: number): Term => ({ type: 'weekday', weekday: day, each: true });
export const month = (value: number, weak = false): Term =>
  weak ? { type: 'month', month: value, weak } : { type: 'month', month: value };
export const part = (name: Daypart): Term => ({ type: 'daypart', part: name });
export const parts = (name: Daypart): Term => ({ type: 'daypart', part: name, each: true });
export const adverb = (name: Daypart): Term => ({ type: 'daypart', part: name, adverb: true });

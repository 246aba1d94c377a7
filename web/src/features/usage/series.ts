import type { Measure, UsageItem } from './usage.ts';

const DAY_MS = 86_400_000;
/** More models than these are shown as one. */
const MOST_MODELS = 5;

/** `2026-11-30` and so many days on; before, when less than none. */
export function dayPlus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

export interface Figures {
  requests: number;
  input_tokens: number;
  cached_input_tokens: number;
  output_tokens: number;
  cost_usd: number;
  unpriced_requests: number;
}

export function valueOf(figures: Figures, measure: Measure): number {
  return measure === 'cost' ? figures.cost_usd : figures.input_tokens + figures.output_tokens;
}

/** One group of items that belong together, most first. */
export interface Share extends Figures {
  /** What they have in common; null where that is not known. */
  key: string | null;
}

function add(one: Share, other: Figures): Share {
  return {
    key: one.key,
    requests: one.requests + other.requests,
    input_tokens: one.input_tokens + other.input_tokens,
    cached_input_tokens: one.cached_input_tokens + other.cached_input_tokens,
    output_tokens: one.output_tokens + other.output_tokens,
    cost_usd: one.cost_usd + other.cost_usd,
    unpriced_requests: one.unpriced_requests + other.unpriced_requests,
  };
}

const nothing: Figures = {
  requests: 0,
  input_tokens: 0,
  cached_input_tokens: 0,
  output_tokens: 0,
  cost_usd: 0,
  unpriced_requests: 0,
};

/** The items by what `keyOf` says, those that took most first. */
export function sharesOf(
  items: readonly UsageItem[],
  keyOf: (item: UsageItem) => string | null,
  measure: Measure,
): Share[] {
  const shares = new Map<string | null, Share>();
  for (const item of items) {
    const key = keyOf(item);
    shares.set(key, add(shares.get(key) ?? { key, ...nothing }, item));
  }
  const most = (share: Share) => valueOf(share, measure);
  return [...shares.values()].toSorted((a, b) => most(b) - most(a) || b.output_tokens - a.output_tokens);
}

/** What one model took on a day; `model` null stands for all that are not shown by name. */
export interface DayPart {
  model: string | null;
  value: number;
}

export interface Day {
  day: string;
  total: number;
  parts: DayPart[];
}

/** The models that have a colour of their own, in order: those that took most. */
export function namedModels(items: readonly UsageItem[], measure: Measure): string[] {
  const models = sharesOf(items, ({ model }) => model, measure).map(({ key }) => key ?? '');
  return models.length <= MOST_MODELS + 1 ? models : models.slice(0, MOST_MODELS);
}

/** Each day from `from` to `to`, also those on which nothing was used, with its models in the order of `named`. */
export function daysOf(
  items: readonly UsageItem[],
  { from, to, named, measure }: { from: string; to: string; named: readonly string[]; measure: Measure },
): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = dayPlus(day, 1)) {
    const its = items.filter((item) => item.day === day);
    const valueBy = (isIt: (model: string) => boolean) =>
      its.filter(({ model }) => isIt(model ?? '')).reduce((sum, item) => sum + valueOf(item, measure), 0);
    const parts = [
      ...named.map((model) => ({ model, value: valueBy((other) => other === model) })),
      { model: null, value: valueBy((other) => !named.includes(other)) },
    ].filter(({ value }) => value > 0);
    days.push({ day, parts, total: parts.reduce((sum, { value }) => sum + value, 0) });
  }
  return days;
}

/** A round number that no day is above: where the scale ends. */
export function scaleEnd(highest: number): number {
  if (highest <= 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(highest));
  const step = [1, 2, 5, 10].find((times) => times * unit >= highest) ?? 10;
  // Without the dust of binary fractions.
  return Number((step * unit).toPrecision(6));
}

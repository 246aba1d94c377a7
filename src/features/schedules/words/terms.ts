/** The meanings words have. Both lexicons map their words to these; the grammar knows nothing else. */

export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
export type Daypart = 'morning' | 'afternoon' | 'evening' | 'night';

export type Keyword =
  | 'in' // a span from now follows: "in", "через"
  | 'from_now' // it went before: "from now"
  | 'at'
  | 'on'
  | 'each_on' // a recurring day follows: "по" понедельникам
  | 'every'
  | 'other' // every "other" day
  | 'once' // "once" a day, "раз" в день
  | 'per' // once "a" day, раз "в" день
  | 'and'
  | 'of'
  | 'the'
  | 'next'
  | 'this'
  | 'last'
  | 'from'
  | 'to'
  | 'past' // half "past" six
  | 'minus' // "без" пяти шесть
  | 'half' // half an hour, half past, половина
  | 'quarter'
  | 'year_quarter' // three months
  | 'quarterly'
  | 'thing' // what a number before it counts: 4 "people"
  | 'and_half' // two "and a half" hours
  | 'and_quarter' // an hour "and a quarter"
  | 'oclock'
  | 'am'
  | 'pm'
  | 'numbered' // 5 "числа"
  | 'bound' // by, before, until: a limit, not an instant
  | 'until' // of those, the ones that end a repetition
  | 'inclusive'
  | 'starting'
  | 'except'
  | 'for' // a length of time follows that belongs to the text
  | 'vague' // soon, later, some day
  | 'gone' // yesterday
  | 'zone' // UTC, по москве
  | 'edge' // the end of something: no instant we know
  | 'until_end' // until the end: of a week or month it is a day
  | 'bygone' // прошлую: what follows has been
  | 'or'
  | 'twice'
  | 'times' // 10 "times"
  | 'rarely_clear' // bimonthly: twice a month, or every other
  /** Words of time that mean none here: "good morning", "день рождения". */
  | 'plain'
  | 'possessive'
  /** Words that may stand between a time and what it is for. */
  | 'connector';

export type Term =
  /** `article`: "a", which counts one but is no number by itself. */
  | { type: 'number'; value: number; digits?: boolean; ordinal?: boolean; article?: boolean }
  /** `short` ones ("m", "ч") mean a unit only right behind a number. */
  | { type: 'unit'; unit: Unit; short?: boolean; plural?: boolean }
  /** A fixed amount in one word: "полчаса" is 0.5 hour, "fortnight" 2 weeks. */
  | { type: 'amount'; amount: number; unit: Unit }
  /** ISO: Monday 1 … Sunday 7. `each` when the form itself says every week ("mondays"). */
  | { type: 'weekday'; weekday: number; each?: boolean; short?: boolean }
  | { type: 'weekday_group'; days: readonly number[]; each?: boolean }
  /** `weak` words ("may", "march") name a month only beside a day number. */
  | { type: 'month'; month: number; weak?: boolean }
  /** `adverb` when the form says "in the …" by itself: "утром". `each`: "по утрам", "mornings". */
  | { type: 'daypart'; part: Daypart; adverb?: boolean; each?: boolean }
  | { type: 'relative_day'; days: number; part?: Daypart }
  | { type: 'named_time'; hour: 0 | 12 }
  /** "полседьмого": thirty minutes before the hour. */
  | { type: 'half_before'; hour: number }
  /** "18:30", "18:30:15" */
  | { type: 'clock'; hour: number; minute: number; second: number }
  /** "2026-12-01", "01.12.2026", or without a year "01.12" (then it may also be a time or a number) */
  | { type: 'date'; day: number; month: number; year?: number }
  /** "5/12": which of the two is the month can't be known. */
  | { type: 'ambiguous_date' }
  /** "25:00", "9:75" */
  | { type: 'no_clock' }
  | { type: 'instant'; epoch_ms: number }
  /** "Christmas Eve": a day only behind a preposition, or it may be what the text is about. */
  | { type: 'feast'; day: number; month: number }
  /** "daily", "ежемесячно" */
  | { type: 'rate'; unit: Unit; amount?: number }
  | { type: 'keyword'; keyword: Keyword };

export const keyword = (...keywords: Keyword[]): Term[] =>
  keywords.map((one) => ({ type: 'keyword', keyword: one }));

/** Phrases of one language, lower case, ё as е, words separated by one space. */
export type Lexicon = ReadonlyMap<string, readonly Term[]>;

/** Builds a lexicon from rows of "several | words" and what each of them may mean. */
export function lexicon(rows: ReadonlyArray<readonly [string, ...Term[]]>): Lexicon {
  const words = new Map<string, Term[]>();
  for (const [phrases, ...terms] of rows) {
    for (const phrase of phrases.split('|')) {
      const key = phrase.trim();
      words.set(key, [...(words.get(key) ?? []), ...terms]);
    }
  }
  return words;
}

/**
 * A text and what it means: a local time (`2026-11-18T14:15`, with seconds if any), a cron expression, a rule with its
 * first time in front (`20261120T090000 FREQ=WEEKLY`), `asks` where no reader could be sure, `none` where there is no
 * time in it.
 */
export type Phrase = readonly [text: string, meaning: string];

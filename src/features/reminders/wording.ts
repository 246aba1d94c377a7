import type { MissedRun } from '#features/schedules/index.ts';

const MINUTE_MS = 60_000;
/** From here on a reminder says how late it is. */
const LATE_MS = MINUTE_MS;

interface Words {
  late: (span: string) => string;
  missed: (count: number) => string;
  units: { day: string; hour: string; minute: string };
}

const words: Record<'en' | 'ru', Words> = {
  en: {
    late: (span) => `${span} late, I was offline`,
    missed: (count) => (count === 1 ? '1 earlier one was missed' : `${count} earlier ones were missed`),
    units: { day: 'd', hour: 'h', minute: 'min' },
  },
  ru: {
    late: (span) => `с опозданием на ${span}: я был не в сети`,
    missed: (count) => `пропущено ранее: ${count}`,
    units: { day: 'д', hour: 'ч', minute: 'мин' },
  },
};

function span(ms: number, { day, hour, minute }: Words['units']): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 60) return `${minutes} ${minute}`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} ${hour}`;
  return `${Math.floor(minutes / (24 * 60))} ${day}`;
}

/** What a fired reminder says: its own text verbatim and, where it applies, how late it is and what was missed. */
export function spokenText(text: string, lateMs: number, missed: MissedRun | null, locale: string): string {
  const language = words[locale.startsWith('ru') ? 'ru' : 'en'];
  const notes: string[] = [];
  if (lateMs >= LATE_MS) notes.push(language.late(span(lateMs, language.units)));
  if (missed?.fate === 'missed') notes.push(language.missed(missed.count));
  return notes.length === 0 ? text : `${text} (${notes.join('; ')})`;
}

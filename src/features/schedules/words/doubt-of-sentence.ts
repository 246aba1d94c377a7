import type { SettledReading } from './lengths.ts';
import type { Token } from './tokenize.ts';

type Tokens = readonly Token[];

/** Whether the sentence around a time says that nothing is to come at it, or only perhaps. */
export function isNoRequest(tokens: Tokens, reading: SettledReading): boolean {
  return [isTold, isConditional, isTimetabled, isOneOrMany].some((tells) => tells(tokens, reading));
}

const REQUEST = /^(?:remind|reminder|wake|напомни|напомните|напомнить|напоминай|разбуди)$/;
const TOLD =
  /^(?:did|was|were|went|had|paid|cost|costs|lasted|happened|scored|score|won|lost|met|said|told|был|была|было|были|длился|длилась|длилось|решили|сказал|сказала|сказали|заплатил|заплатила|стоил|стоила|стоит|стоят|прошел|прошла|прошло|произошло|состоялся|состоялась|выиграли|проиграли|ходил|ходила|ходили|встретились|виделись|опоздал|опоздала)$/;
const ITS = /^(?:it['’]s|its|was|today is|это)$/;

/** "what did we say on Monday", "I paid 7:50", "thank God it's Friday": it tells, and asks for nothing. */
function isTold(tokens: Tokens, reading: SettledReading): boolean {
  if (tokens.some(({ text }) => REQUEST.test(text))) return false;
  const first = Math.min(...reading.found.map(({ from }) => from));
  const told = reading.unused.some((index) => index < first && TOLD.test(tokens[index]?.text ?? ''));
  const onlyDays = reading.found.every(({ pieces }) => pieces.every(({ type }) => type === 'day'));
  return (
    told ||
    isNarrated(tokens, first) ||
    (onlyDays && ITS.test(tokens[first - 1]?.text ?? '') && reading.unused.includes(first - 1))
  );
}

const WHO = /^(?:i|we|he|she|they|you|я|мы|он|она|они|ты|вы)$/;
const PAST = /(?:[^e]ed|\p{Script=Cyrillic}(?:л|ла|ло|ли|лся|лась|лось|лись))$/u;

/** "we talked", "мы говорили" before the first time */
function isNarrated(tokens: Tokens, first: number): boolean {
  return tokens
    .slice(0, Math.max(first - 1, 0))
    .some(({ text }, index) => WHO.test(text) && PAST.test(tokens[index + 1]?.text ?? ''));
}

const ASKED = /^(?:ask|asks|check|see|know|whether|find|спроси|спросить|узнай|узнать|проверь|проверить)$/;

/** "tomorrow at 10 unless it rains": a condition nobody can keep; but "ask Bob at 10 if he comes". */
function isConditional(tokens: Tokens, { found }: SettledReading): boolean {
  if (tokens.some(({ text }) => ASKED.test(text))) return false;
  return found.some(({ to }) => {
    const at = tokens[to]?.text === ',' ? to + 1 : to;
    const mild = /^(?:possible|needed|you|можно|можешь|получится|что|возможно)$/.test(
      tokens[at + 1]?.text ?? '',
    );
    return /^(?:if|unless|если)$/.test(tokens[at]?.text ?? '') && !mild;
  });
}

/** "на поезд 9:15": when it leaves, not when to be reminded. */
function isTimetabled(tokens: Tokens, { found }: SettledReading): boolean {
  return found.some(
    ({ from, pieces }) =>
      pieces.some(({ type }) => type === 'clock') &&
      /^(?:поезд|рейс|автобус|электричку|самолет|паром|сеанс|train|flight|bus|ferry)$/.test(
        tokens[from - 1]?.text ?? '',
      ) &&
      /^(?:на|for)$/.test(tokens[from - 2]?.text ?? ''),
  );
}

/** "напомни через день": in a day, or every other day. */
function isOneOrMany(tokens: Tokens, { found }: SettledReading): boolean {
  return found.some(
    ({ from, to }) =>
      to === from + 2 &&
      tokens[from]?.text === 'через' &&
      tokens[from + 1]?.text === 'день' &&
      /^(?:напомни|напомните|напомнить|позвони|позвонить|повтори|перезвонить)$/.test(
        tokens[from - 1]?.text ?? '',
      ),
  );
}

import { call, say, type Plan, type Planner } from './plan.ts';

/** A memory's key is a few words. */
const LONGEST_KEY = 80;

const OWNERS = /^(?:my|our|the|мой|моя|мо[её]|мои|мою|моего|моей|наш|наша|наше|наши|нашу|у меня)\s+/iu;

const PAIRS = [
  /^(?<key>.{1,80}?)\s*(?::|=|\s[–—-])\s+(?<value>.+)$/su,
  /^(?<key>.{1,80}?)\s+(?:is|are|was|were|это)\s+(?<value>.+)$/isu,
  // "код от шкафчика 4711": Russian needs no verb, so the last word is the value when it has a digit
  /^(?<key>\p{Script=Cyrillic}.{0,79}?)\s+(?<value>\S*\d\S*)$/su,
];

/** "my locker code is 4711" as a key and its value; a fact of another shape is its own key. */
export const remember: Planner = (_message, { fact }) => {
  const text = trimmed(fact);
  if (text === '') return undefined;
  for (const pattern of PAIRS) {
    const { key = '', value = '' } = pattern.exec(text)?.groups ?? {};
    const name = keyOf(key);
    if (name !== '' && value !== '') return remembering(name, value.trim());
  }
  return remembering(text.slice(0, LONGEST_KEY), text);
};

/** Who says "remember" asks for it, had they forgotten it or not. */
function remembering(key: string, value: string): Plan {
  return call('memory', { action: 'remember', key, value, again: true });
}

export const recall: Planner = ({ says }, { query }) => {
  const words = keyOf(query ?? '');
  if (words === '' || /^(?:me|us|обо мне|мне|меня)$/iu.test(words)) return say(says.askParticular);
  return call('memory', { action: 'recall', query: words });
};

export const forget: Planner = (_message, { key }) => {
  const words = keyOf(key ?? '');
  if (words === '' || /^(?:it|that|this|everything|all|это|вс[её])$/iu.test(words)) return undefined;
  return call('memory', { action: 'forget', key: words });
};

function trimmed(text: string | undefined): string {
  return (text ?? '').trim().replace(/[.!?]+$/, '');
}

function keyOf(text: string): string {
  return trimmed(text)
    .replace(OWNERS, '')
    .replace(/^["“«]|["”»]$/g, '')
    .trim();
}

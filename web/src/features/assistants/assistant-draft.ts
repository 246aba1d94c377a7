import type { Assistant, AssistantChange } from './assistant.ts';

/** An assistant as its form has it. */
export interface AssistantDraft {
  name: string;
  instructions: string;
  /** Empty: the default one. */
  model: string;
  max_steps: number | string;
  max_tokens: number | string;
  max_seconds: number | string;
  max_cost_usd: number | string;
  max_context_tokens: number | string;
  temperature: number | string;
  fallback_models: string[];
}

export const emptyAssistant: AssistantDraft = {
  name: '',
  instructions: '',
  model: '',
  max_steps: '',
  max_tokens: '',
  max_seconds: '',
  max_cost_usd: '',
  max_context_tokens: '',
  temperature: '',
  fallback_models: [],
};

type Shown = Pick<Assistant, 'name' | 'instructions' | 'model' | 'settings'>;

/** Settings that are a number each. */
const numbers = [
  'max_steps',
  'max_tokens',
  'max_seconds',
  'max_cost_usd',
  'max_context_tokens',
  'temperature',
] as const;

export type NumberSetting = (typeof numbers)[number];

export function draftOf({ name, instructions, model, settings }: Shown): AssistantDraft {
  const { fallback_models = [] } = settings;
  const given = Object.fromEntries(numbers.map((setting) => [setting, settings[setting] ?? '']));
  return { ...emptyAssistant, ...given, name, instructions, model: model ?? '', fallback_models };
}

function settingsOf(draft: AssistantDraft): Assistant['settings'] {
  const { fallback_models } = draft;
  const given = numbers.filter((setting) => draft[setting] !== '');
  return {
    ...Object.fromEntries(given.map((setting) => [setting, Number(draft[setting])])),
    ...(fallback_models.length > 0 && { fallback_models }),
  };
}

export function assistantOf(draft: AssistantDraft): Shown {
  const { name, instructions, model } = draft;
  return { name: name.trim(), instructions, model: model.trim() || null, settings: settingsOf(draft) };
}

/** What of it was changed, as PATCH takes it: settings as a whole. */
export function changeOf(before: AssistantDraft, after: AssistantDraft): AssistantChange {
  const [was, is] = [assistantOf(before), assistantOf(after)];
  const fields = (['name', 'instructions', 'model', 'settings'] as const).filter(
    (field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]),
  );
  return Object.fromEntries(fields.map((field) => [field, is[field]]));
}

import type { Assistant, AssistantChange } from './assistant.ts';

/** An assistant as its form has it. */
export interface AssistantDraft {
  name: string;
  instructions: string;
  /** Empty: the default one. */
  model: string;
  max_steps: number | string;
  temperature: number | string;
  fallback_models: string[];
}

export const emptyAssistant: AssistantDraft = {
  name: '',
  instructions: '',
  model: '',
  max_steps: '',
  temperature: '',
  fallback_models: [],
};

type Shown = Pick<Assistant, 'name' | 'instructions' | 'model' | 'settings'>;

export function draftOf({ name, instructions, model, settings }: Shown): AssistantDraft {
  const { max_steps = '', temperature = '', fallback_models = [] } = settings;
  return { name, instructions, model: model ?? '', max_steps, temperature, fallback_models };
}

function settingsOf({ max_steps, temperature, fallback_models }: AssistantDraft): Assistant['settings'] {
  return {
    ...(max_steps !== '' && { max_steps: Number(max_steps) }),
    ...(temperature !== '' && { temperature: Number(temperature) }),
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

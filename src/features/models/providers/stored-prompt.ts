/** `pmpt_…` is a prompt stored at OpenAI, `pmpt_…@model` one answered by another model than it names. */
const STORED = /^(?<id>pmpt_[^@]+)(?:@(?<model>.+))?$/;

export interface StoredPrompt {
  id: string;
  /** The model that answers instead of the prompt's own. */
  model: string | undefined;
}

/** What a model's name says of a stored prompt; undefined for a usual model. */
export function storedPromptOf(name: string): StoredPrompt | undefined {
  const { id, model } = STORED.exec(name)?.groups ?? {};
  return id === undefined ? undefined : { id, model };
}

/**
 * Sends requests of the Responses API by a stored prompt, which the SDK knows nothing of: `prompt` instead of `model`, and
 * none of what the prompt itself settles. https://platform.openai.com/docs/api-reference/responses/create#responses-create-prompt
 */
export function byStoredPrompt({ id, model }: StoredPrompt): typeof fetch {
  return async (url, init) => {
    if (typeof init?.body !== 'string') return await fetch(url, init);
    const {
      model: _,
      temperature: __,
      top_p: ___,
      ...rest
    } = JSON.parse(init.body) as Record<string, unknown>;
    const body = { ...rest, ...(model !== undefined && { model }), prompt: { id } };
    return await fetch(url, { ...init, body: JSON.stringify(body) });
  };
}

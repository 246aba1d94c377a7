/** A fact about the user, as the model is told of it. */
export interface KnownFact {
  key: string;
  value: string;
}

/** What a model is told before the conversation. What changes least stands first, so that providers can cache it. */
export function systemPrompt(parts: { instructions: string; facts: KnownFact[]; context: string }): string {
  const facts = parts.facts.map(({ key, value }) => `- ${key}: ${value}`);
  const known = facts.length > 0 ? ['What you know about the user:', ...facts].join('\n') : '';
  return [parts.instructions, known, parts.context].filter((part) => part !== '').join('\n\n');
}

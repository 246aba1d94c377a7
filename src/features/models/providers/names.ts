/** Who has models besides the built-in one. */
export const providerNames = ['openai', 'anthropic', 'google', 'ollama', 'compatible'] as const;

export type ProviderName = (typeof providerNames)[number];

/** What is needed to reach one. */
export interface ProviderAccess {
  api_key: string | undefined;
  /** Without, the provider's own address. */
  base_url: string | undefined;
  /** How people call it. */
  title: string;
}

export const isProviderName = (name: string): name is ProviderName =>
  (providerNames as readonly string[]).includes(name);

/** `provider/model` in its parts; without a slash, the provider is ''. */
export function providerOf(name: string): { provider: string; model: string } {
  const slash = name.indexOf('/');
  return slash < 0
    ? { provider: '', model: name }
    : { provider: name.slice(0, slash), model: name.slice(slash + 1) };
}

/** Whether what is configured is enough: a key for those who sell, an address for one's own. */
export function isReachable(name: ProviderName, { api_key, base_url }: ProviderAccess): boolean {
  return name === 'ollama' || name === 'compatible' ? base_url !== undefined : api_key !== undefined;
}

/** What an admin would set to have it. */
export const mends: Record<ProviderName, string> = {
  openai: 'OPENAI_API_KEY',
  anthropic: 'ANTHROPIC_API_KEY',
  google: 'GOOGLE_GENERATIVE_AI_API_KEY',
  ollama: 'OLLAMA_BASE_URL',
  compatible: 'OPENAI_COMPATIBLE_BASE_URL',
};

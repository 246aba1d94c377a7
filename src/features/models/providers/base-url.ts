import type { ProviderName } from './names.ts';

const defaults: Record<ProviderName, string> = {
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com/v1',
  google: 'https://generativelanguage.googleapis.com/v1beta',
  ollama: 'http://127.0.0.1:11434/v1',
  compatible: '',
};

const VERSIONED = /\/v\d+\w*$/;

/**
 * Where a provider's requests go. People give addresses as one program or another wants them: with the version or without,
 * and Ollama's with `/v1`, `/api` or neither.
 */
export function baseUrlOf(provider: ProviderName, given: string | undefined): string {
  if (given === undefined) return defaults[provider];
  const url = given.replace(/\/+$/, '');
  if (provider === 'compatible') return url;
  if (provider === 'ollama') return `${url.replace(/\/(?:v1|api)$/, '')}/v1`;
  if (VERSIONED.test(url)) return url;
  // A gateway's OpenAI may be anywhere; a bare host is as good as its /v1.
  if (provider === 'openai') return new URL(url).pathname === '/' ? `${url}/v1` : url;
  return provider === 'anthropic' ? `${url}/v1` : `${url}/v1beta`;
}

/** An address without the name and password in it, which `fetch` refuses, and these as a header. */
export function splitCredentials(address: string): { url: string; basic: string | undefined } {
  const url = URL.parse(address);
  if (!url || (url.username === '' && url.password === '')) return { url: address, basic: undefined };
  const [name, password] = [url.username, url.password].map(decodeURIComponent);
  url.username = '';
  url.password = '';
  const basic = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
  return { url: url.href.replace(/\/$/, ''), basic };
}

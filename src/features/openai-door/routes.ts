import { z } from 'zod';
import { Answer, route, type RequestInfo, type Route } from '#platform/http/route.ts';
import type { Logger } from '#platform/log/index.ts';
import { answerHead, completionOf, failureOf } from './answer.ts';
import { complete, type DoorDeps } from './complete.ts';
import { completion, completionRequest, modelList, modelSchema } from './contract.ts';
import { askedIn } from './conversation.ts';
import { assistantOf, getModel, listModels } from './models.ts';
import { streamCompletion } from './stream.ts';

const tag = 'OpenAI-compatible';

interface RouteDeps extends DoorDeps {
  log: Logger;
  publicUrl: string | undefined;
}

/** What people open: as it is set, or as this client does. */
function addressOf(publicUrl: string | undefined, { protocol, host = 'localhost' }: RequestInfo): string {
  return publicUrl?.replace(/\/+$/, '') ?? `${protocol}://${host}`;
}

/** `/v1`, for what speaks OpenAI's chat API. */
export function openAiRoutes(deps: RouteDeps): Route[] {
  const { database, log, publicUrl } = deps;
  return [
    route(
      {
        method: 'get',
        path: '/v1/models',
        tag,
        scope: 'chat:read',
        summary: 'The assistants, each as a model; `secretary` is whoever gets messages by default',
        responses: { 200: modelList },
      },
      async ({ caller: { user_id } }) => ({
        object: 'list' as const,
        data: await listModels(database.readAs(user_id), user_id),
      }),
    ),
    route(
      {
        method: 'get',
        path: '/v1/models/{model}',
        tag,
        scope: 'chat:read',
        summary: 'One assistant as a model, by its name or its id',
        params: z.strictObject({ model: z.string().max(300) }),
        responses: { 200: modelSchema },
      },
      async ({ caller: { user_id }, params: { model } }) =>
        await getModel(database.readAs(user_id), user_id, model),
    ),
    route(
      {
        method: 'post',
        path: '/v1/chat/completions',
        tag,
        scope: 'chat:write',
        summary: 'Ask an assistant, as OpenAI has it',
        description:
          'What the assistant is shown is what `messages` say, with its own instructions before theirs. Its tools, ' +
          'memory, budgets and approvals are its own: `tools`, `functions`, `n` above 1 and formats other than text ' +
          'are refused, `temperature` and the like are accepted and mean nothing. With `stream` the answer comes as ' +
          'server-sent events. Where a call waits for approval, the answer says so and where to give it. A client ' +
          'that goes away stops the turn. Errors have `error` beside what problems have. The conversations are at ' +
          '`GET /api/threads?origin=api`, for 30 days.',
        body: completionRequest,
        responses: { 200: completion },
      },
      async ({ caller: { user_id }, body, request }) => {
        const { model, stream, stream_options } = body;
        const asked = askedIn(body);
        const assistant_id = await assistantOf(database.readAs(user_id), user_id, model);
        const address = addressOf(publicUrl, request);
        const about = { ...asked, user_id, assistant_id, address };
        if (stream === true) {
          return streamCompletion(request, deps, {
            ...about,
            model,
            include_usage: stream_options?.include_usage === true,
            onError: (error) => log.error({ err: error }, 'a streamed answer failed'),
          });
        }
        const { question, reply } = await complete(deps, {
          ...about,
          signal: request.signal,
          onText: () => {},
        });
        const failure = failureOf(reply);
        if (failure || !reply) throw failure!;
        return new Answer(
          200,
          completionOf(answerHead(question.turn_id, model, question.created_at), reply, address),
        );
      },
    ),
  ];
}

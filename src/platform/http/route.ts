import type { z } from 'zod';
import type { UpgradeResponse } from './upgrade.ts';
import type { Upload, UploadRules } from './upload.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Who asks, as the app's `authenticate` found out. */
export interface Caller {
  user_id: string;
  scopes: string[];
  /** The API token used; null for a browser session or an access JWT. */
  token_id: string | null;
  /** The session of a browser cookie or an access JWT; null for an API token. */
  session_id: string | null;
}

/** The request itself, for the few handlers that need more than its validated parts. */
export interface RequestInfo {
  /** The request id that the answer and every log line carry. */
  id: string;
  method: string;
  /** Without the query. */
  path: string;
  headers: Headers;
  /**
   * The client's address: that of the other end of the connection, or the one a trusted proxy there names; undefined
   * when the connection is gone.
   */
  address: string | undefined;
  /** `http` or `https`, as the client speaks it as far as we or a trusted proxy know. */
  protocol: string;
  /** Host and port as the client addressed it. */
  host: string | undefined;
  /** Aborted when the client goes away or the server shuts down. */
  readonly signal: AbortSignal;
  /** Drops the connection without finishing the answer. */
  hangUp(): void;
  /** What makes a WebSocket of the connection, when the client asks for one. */
  readonly upgrade?: UpgradeResponse | undefined;
}

/** What a handler works with: everything validated, `undefined` where the route declares none. */
export interface RouteInput<
  P = unknown,
  Q = unknown,
  B = unknown,
  C = Caller | null,
  U = Upload | undefined,
> {
  /** null on an open route. */
  caller: C;
  params: P;
  query: Q;
  body: B;
  /** The body of a route that takes uploads. */
  upload: U;
  request: RequestInfo;
}

/** An answer with another status than the declared one, or with headers. */
export class Answer<T = unknown> {
  readonly status: number;
  readonly body: T;
  readonly headers: Record<string, string>;

  constructor(status: number, body: T, headers: Record<string, string> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** The schemas of what a route answers, by status; null for no body. The lowest is what a plain object is sent with. */
export type Responses = Record<number, z.ZodType | null>;

type Optional<S> = S extends z.ZodType ? z.output<S> : undefined;

type Answered<R extends Responses> = {
  [S in keyof R]: R[S] extends z.ZodType ? z.output<R[S]> : void;
}[keyof R];

type Scope = string | null;

/** How a route is declared; see `route`. */
export interface RouteDefinition<
  P extends z.ZodType | undefined = z.ZodType | undefined,
  Q extends z.ZodType | undefined = z.ZodType | undefined,
  B extends z.ZodType | undefined = z.ZodType | undefined,
  R extends Responses = Responses,
  S extends Scope = Scope,
  U extends UploadRules | undefined = UploadRules | undefined,
> {
  method: Method;
  /** With parameters in braces: `/api/things/{id}`. */
  path: string;
  /** What the caller must be allowed to; `'any'` for whoever is signed in, null for everyone. */
  scope: S;
  /** Opens it as well: a scope that reaches beyond the caller's own. The handler decides what it may do there. */
  wider_scope?: string;
  summary: string;
  description?: string;
  /** The heading it stands under in the documentation. */
  tag: string;
  params?: P;
  query?: Q;
  body?: B;
  /** Takes its body as the bytes of a file, not as JSON. */
  upload?: U;
  responses: R;
  /** The media type of a 200 that is no JSON, e.g. `application/zip`. */
  media?: string;
}

/** A declared route with its handler, its types forgotten: what the app is made of. */
export interface Route extends RouteDefinition {
  handle(input: RouteInput): unknown;
}

/**
 * Declares a route. The handler gets validated input and returns what the lowest of `responses` describes
 * (204 when it returns nothing), an `Answer` for another status, or a `Response` it made itself.
 * Dates are sent as RFC 3339 in UTC with milliseconds. Errors are thrown as AppError.
 */
export function route<
  R extends Responses,
  const S extends Scope,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  U extends UploadRules | undefined = undefined,
>(
  definition: RouteDefinition<P, Q, B, R, S, U>,
  handle: (
    input: RouteInput<
      Optional<P>,
      Optional<Q>,
      Optional<B>,
      S extends null ? null : Caller,
      U extends UploadRules ? Upload : undefined
    >,
  ) => Promise<Answered<R> | Answer<Answered<R>> | Response> | Answered<R> | Answer<Answered<R>> | Response,
): Route {
  // The app calls it with what these very schemas have let through.
  return { ...definition, handle };
}

/** A route outside the API's rules (health, metrics, static files): no authentication, no validation, no documentation. */
export interface RawRoute {
  method: Method;
  /** May end in `/*`. */
  path: string;
  /** Polled often: its access line is logged at debug. */
  quiet?: boolean;
  handle(request: Request): Response | Promise<Response>;
}

import type { Answer } from './answer.ts';
import type { World } from './world.ts';

/** One request to the API, read and, unless the route is open, authorized. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  /** the `:named` parts of the path */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
  readonly authorization?: string | undefined;
  /** the app that the token belongs to; empty on the token endpoint */
  readonly app: string;
}

export type Endpoint = (request: ApiRequest, world: World) => Answer;

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON object in a body; null when it holds none. */
export const fieldsOf = (body: Buffer): Fields | null => {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
};

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

import type { Text } from '../../model/text.ts';
import type { z } from '../schemas/zod.ts';

/** Who may ask: anybody, or a token of at least this role. */
export type Needs = 'anybody' | 'viewer' | 'operator' | 'admin';

/** One address of the API: what it takes, what it answers, and who may ask. Its name is its operationId. */
export interface Route<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly name: string;
  readonly tag: string;
  readonly method: 'get' | 'post' | 'delete';
  /** as hono reads it: `/api/jobs/:job` */
  readonly path: string;
  readonly summary: Text;
  readonly needs: Needs;
  readonly params: Params;
  readonly query: Query;
  /** null: a body is not looked at */
  readonly body: Body | null;
  readonly answer: Answer;
  /** tried by a test, and shown in the description */
  readonly example?: {
    readonly params?: z.input<Params>;
    readonly query?: z.input<Query>;
    readonly body?: z.input<Body>;
  };
  /** the same key within seven days is the same act */
  readonly idempotent?: boolean;
  /** what the audit calls it; left out: it changes nothing worth a line there */
  readonly audit?: string;
}

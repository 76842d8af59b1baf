import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { VERSION } from '../version.ts';
import { acts } from './routes/acts.ts';
import { reads } from './routes/reads.ts';
import type { Route } from './routes/route.ts';
import { change } from './schemas/acts.ts';
import { problem } from './schemas/primitives.ts';
import { z } from './schemas/zod.ts';

export const ROUTES: readonly Route[] = [
  ...Object.values(reads),
  ...Object.values(acts),
] as unknown as readonly Route[];

const HEADERS = z.object({
  'Idempotency-Key': z.string().min(1).max(200).optional().openapi({
    description:
      'the same key again within seven days is the same act, answered with its run as it is now; with another body it is refused (422, `key-reused`)',
  }),
});

const hasKeys = (schema: z.ZodObject): boolean => Object.keys(schema.shape).length > 0;

const register = (registry: OpenAPIRegistry, route: Route): void => {
  const { params, query, body, example, needs } = route;
  registry.registerPath({
    method: route.method,
    path: route.path.replaceAll(/:(\w+)/g, '{$1}'),
    operationId: route.name,
    summary: route.summary.en,
    description: needs === 'anybody' ? 'Needs no token.' : `Needs a token of the role ${needs} or above.`,
    tags: [route.tag],
    ...(needs === 'anybody' ? { security: [] } : {}),
    request: {
      ...(hasKeys(params) ? { params } : {}),
      ...(hasKeys(query) ? { query } : {}),
      ...(route.idempotent === true ? { headers: HEADERS } : {}),
      ...(body === null
        ? {}
        : {
            body: {
              required: true,
              content: {
                'application/json': { schema: body, ...(example?.body === undefined ? {} : { example: example.body }) },
              },
            },
          }),
    },
    responses: {
      200: { description: 'As asked.', content: { 'application/json': { schema: route.answer } } },
      default: {
        description: 'What went wrong, and what to do. In Chinese or English by Accept-Language.',
        content: { 'application/problem+json': { schema: problem } },
      },
    },
  });
};

/** The description of the API (OpenAPI 3.1), made from the schemas that its requests are read by. */
export const describeApi = (): object => {
  const registry = new OpenAPIRegistry();
  registry.register('Change', change);
  registry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  for (const route of ROUTES) register(registry, route);
  registry.registerPath({
    method: 'get',
    path: '/api/events',
    operationId: 'events',
    summary: 'Live changes as server-sent events: `change` whenever the ledger or the settings changed',
    tags: ['events'],
    request: {},
    responses: { 200: { description: 'A stream.', content: { 'text/event-stream': { schema: z.string() } } } },
  });
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'larkcron',
      version: VERSION,
      description:
        'What `larkcron start` knows and does. Times are UTC with milliseconds, durations whole milliseconds. A session of a browser sends X-CSRF-Token with whatever changes something; a bearer token needs none.',
    },
    security: [{ token: [] }],
  });
};

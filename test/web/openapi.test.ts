import assert from 'node:assert/strict';
import { it } from 'node:test';
import { examplePath } from '../../scripts/reference/api-page.ts';
import { describeApi, ROUTES } from '../../src/web/openapi.ts';
import { openTestConsole } from './fixture.ts';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}
interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

it('the examples of the reference work as they stand there', async (t) => {
  const desk = await openTestConsole(t);
  const tried = ROUTES.filter(({ example }) => example !== undefined);
  assert.ok(tried.length >= 20);
  for (const route of tried) {
    const body = route.example?.body;
    const answer = await desk.ask(examplePath(route), {
      method: route.method.toUpperCase(),
      ...(body === undefined ? {} : { body }),
    });
    assert.equal(answer.status, 200, `${route.name}: ${answer.text}`);
    assert.ok(route.answer.safeParse(answer.json).success, route.name);
  }
  assert.deepEqual(desk.bugs, []);
});

it('the description is whole: each operation once, each reference there, each error a Problem', () => {
  const api = describeApi() as Description;
  assert.equal(api.openapi, '3.1.0');
  const operations = Object.values(api.paths).flatMap((methods) => Object.values(methods));
  const ids = operations.map(({ operationId }) => operationId);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(new Set(ids), new Set([...ROUTES.map(({ name }) => name), 'events']));
  const text = JSON.stringify(api);
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
    assert.ok(name !== undefined && name in api.components.schemas, name);
  for (const { operationId, responses } of operations)
    if (operationId !== 'events')
      assert.ok('application/problem+json' in (responses['default']?.content ?? {}), operationId);
});

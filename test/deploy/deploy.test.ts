import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { systemClock } from '../../src/base/clock.ts';
import { parse } from '../../src/cli/parse.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { postgresDatabase } from '../source/databases.ts';
import { createProject, until } from '../support/project.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const textOf = (file: string): string => readFileSync(join(root, 'deploy', file), 'utf8');

type Thing = Record<string, unknown> & { readonly kind: string; readonly metadata: { readonly name: string } };
interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}
interface Container {
  readonly args: readonly string[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly subPath?: string }[];
  readonly envFrom: readonly { readonly secretRef: { readonly name: string } }[];
}
interface Pods {
  readonly containers: readonly [Container];
  readonly volumes: readonly { readonly name: string; readonly configMap?: { readonly name: string } }[];
  readonly terminationGracePeriodSeconds: number;
}

describe('the Kubernetes manifest', () => {
  const documents = parseAllDocuments(textOf('kubernetes.yaml'));
  const things = documents.map((document) => document.toJS() as Thing);
  const thing = <T>(kind: string, name = 'larkcron'): T => {
    const found = things.find((each) => each.kind === kind && each.metadata.name === name);
    assert.ok(found, `${kind} ${name}`);
    return found as T;
  };
  const labels = { 'app.kubernetes.io/name': 'larkcron' };
  const deployment = () =>
    thing<{ spec: { replicas: number; selector: object; template: { metadata: object; spec: Pods } } }>('Deployment')
      .spec;
  const pods = () => deployment().template.spec;
  const container = () => pods().containers[0];
  const settings = () => thing<{ data: Record<string, string> }>('ConfigMap', 'larkcron-settings').data;
  const jobs = () => thing<{ data: Record<string, string> }>('ConfigMap', 'larkcron-jobs').data;
  const secret = () => thing<{ stringData: Record<string, string> }>('Secret').stringData;

  it('is YAML, has what two nodes need, and its parts name each other', () => {
    assert.deepEqual(
      documents.flatMap(({ errors }) => errors),
      [],
    );
    assert.deepEqual(things.map(({ kind }) => kind).sort(), [
      'ConfigMap',
      'ConfigMap',
      'Deployment',
      'PodDisruptionBudget',
      'Secret',
      'Service',
    ]);
    assert.equal(deployment().replicas, 2);
    assert.deepEqual(deployment().selector, { matchLabels: labels });
    assert.deepEqual(deployment().template.metadata, { labels });
    const budget = thing<{ spec: { minAvailable: number; selector: object } }>('PodDisruptionBudget').spec;
    assert.deepEqual(budget, { minAvailable: 1, selector: { matchLabels: labels } });
    assert.deepEqual(
      container().envFrom.map(({ secretRef }) => secretRef.name),
      ['larkcron'],
    );
    const volumes = new Map(pods().volumes.map((volume) => [volume.name, volume]));
    for (const { name } of container().volumeMounts) assert.ok(volumes.has(name), name);
    for (const { configMap } of volumes.values()) if (configMap !== undefined) thing('ConfigMap', configMap.name);
    const at = new Map(container().volumeMounts.map(({ mountPath, subPath }) => [mountPath, subPath]));
    assert.ok(at.has('/project/jobs') && at.has('/project/.larkcron') && at.has('/tmp'));
    assert.deepEqual([at.get('/project/larkcron.yaml'), Object.keys(settings())], ['larkcron.yaml', ['larkcron.yaml']]);
  });

  it('its command line is one of the program, and its settings and jobs have no faults', async () => {
    const call = await parse(container().args, 'en');
    assert.equal(call.is, 'call');
    const files = Object.entries(jobs()).map(([name, text]) => [`jobs/${name}`, text]);
    const project = createProject({ 'larkcron.yaml': settings()['larkcron.yaml'] ?? '', ...Object.fromEntries(files) });
    const nowhere = secret()['LARKCRON_LEDGER']?.replace('postgres.example.com:5432', '127.0.0.1:9') ?? '';
    const checked = await project.larkcron(['check'], { ...secret(), LARKCRON_LEDGER: nowhere });
    assert.equal(checked.code, 0, checked.stdout + checked.stderr);
  });

  it('its probes ask a started node what it answers, at the port it listens on', async (t) => {
    const database = await postgresDatabase();
    t.after(() => database.close());
    const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
    t.after(() => sandbox.close());
    const text = (settings()['larkcron.yaml'] ?? '').replace('secret:', `endpoint: "${sandbox.url}", secret:`);
    const project = createProject({ 'larkcron.yaml': text });
    const env = { ...secret(), LARKCRON_LEDGER: database.url };
    const refused = await project.larkcron(
      container().args.map((word) => (word === '8420' ? '0' : word)),
      env,
    );
    assert.equal(refused.code, 2, 'as the manifest says, a token comes first');
    assert.match(refused.stderr, /no-token-yet/);
    assert.equal((await project.larkcron(['console', 'token'], env)).code, 0);
    const child = project.start([...container().args.map((word) => (word === '8420' ? '0' : word)), '--json'], env);
    t.after(() => child.kill('SIGKILL'));
    let said = '';
    child.stdout?.on('data', (data) => {
      said += data;
    });
    await until('it is at work', () => /"url":\s*"http/.test(said));
    const { port } = new URL(/"url":\s*"([^"]+)"/.exec(said)?.[1] ?? '');
    const [named] = container().ports;
    assert.deepEqual([named?.name, String(named?.containerPort)], ['http', container().args.at(-1)]);
    const service = thing<{ spec: { ports: readonly { port: number; targetPort: string }[]; selector: object } }>(
      'Service',
    ).spec;
    assert.deepEqual([service.ports[0]?.port, service.ports[0]?.targetPort, service.selector], [8420, 'http', labels]);
    for (const probe of [container().startupProbe, container().livenessProbe, container().readinessProbe]) {
      assert.equal(probe.httpGet.port, 'http');
      // a kubelet asks by the pod's address
      assert.equal((await fetch(`http://127.0.0.1:${port}${probe.httpGet.path}`)).status, 200, probe.httpGet.path);
    }
    // the database goes: no work can be done, and there is no reason to start anew
    await database.stop();
    const status = async (path: string): Promise<number> => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
    await until('it is not ready', async () => (await status(container().readinessProbe.httpGet.path)) === 503);
    assert.equal(await status(container().livenessProbe.httpGet.path), 200);
    await database.start();
    await until('it is ready again', async () => (await status(container().readinessProbe.httpGet.path)) === 200);
  });
});

describe('the Dockerfile', () => {
  const lines = textOf('Dockerfile')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const of = (word: string): string[] =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

  it('copies files that there are, and runs what the package has', () => {
    const copied = of('COPY').filter((line) => !line.startsWith('--from'));
    for (const line of copied)
      for (const file of line.split(/\s+/).slice(0, -1)) assert.ok(existsSync(join(root, file)), file);
    assert.equal(of('COPY').filter((line) => line.startsWith('--from=build')).length, 1);
    const { bin, engines, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    assert.ok('larkcron' in bin && 'prepack' in scripts);
    const [major] = /\d+/.exec(engines.node) ?? [];
    for (const image of of('FROM')) assert.match(image, new RegExp(`^node:${major}-`));
    const call = [...JSON.parse(of('ENTRYPOINT')[0] ?? '[]'), ...JSON.parse(of('CMD')[0] ?? '[]')] as string[];
    assert.deepEqual(call.slice(0, 3), ['tini', '--', 'larkcron']);
    assert.deepEqual(of('EXPOSE'), [call.at(-1)]);
  });

  it('is not root at the end, and says that it was not built', async () => {
    assert.equal(of('FROM').length, 2, 'in two stages');
    assert.match(of('USER').at(-1) ?? '', /^[1-9]\d*:[1-9]\d*$/);
    assert.ok(lines.lastIndexOf(`USER ${of('USER').at(-1)}`) > lines.findLastIndex((line) => line.startsWith('RUN ')));
    assert.match(textOf('Dockerfile'), /NOT BUILT WHERE IT WAS WRITTEN/);
    const call = await parse(JSON.parse(of('CMD')[0] ?? '[]') as string[], 'en');
    assert.equal(call.is, 'call');
  });
});

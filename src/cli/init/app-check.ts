import type { Clock } from '../../base/clock.ts';
import { createHttp, type Http, namedProxy, proxyFor } from '../../base/http.ts';
import type { Environment } from '../../config/interpolate.ts';
import { examine } from '../../doctor/examine.ts';
import type { Finding } from '../../doctor/finding.ts';
import { patient } from '../../doctor/patient.ts';
import type { AppPlan } from '../../doctor/plan.ts';
import { createFeishu, type Feishu } from '../../feishu/client.ts';
import { createMemoryTokens } from '../../feishu/token.ts';
import { parseRecipient } from '../../model/recipient.ts';
import type { App } from '../../model/settings.ts';
import { type Ms, SECOND } from '../../model/time.ts';

/** A person waits: longer than this nobody is asked. One call that is under way may still take its own 20 seconds. */
const LONGEST: Ms = 30 * SECOND;

/** One app at Feishu before there is a project: nothing is kept, nothing is sent. */
export interface Connection {
  readonly app: App;
  readonly feishu: Feishu;
  /** all of doctor's questions about the app, and about the owner, if somebody is named */
  examine(owner: string | null): Promise<readonly Finding[]>;
  close(): void;
}

/** The settings' names for Feishu's and Lark's servers. */
const SERVERS: Readonly<Record<string, string>> = {
  feishu: 'https://open.feishu.cn',
  lark: 'https://open.larksuite.com',
};

export const appOf = (id: string, secret: string, endpoint: string): App => ({
  name: 'default',
  id,
  secret,
  endpoint: (SERVERS[endpoint] ?? endpoint).replace(/\/+$/, ''),
});

export const connectTo = (
  app: App,
  {
    uses,
    environment,
    clock,
    signal,
  }: { uses: AppPlan['uses']; environment: Environment; clock: Clock; signal: AbortSignal },
): Connection => {
  const http = createHttp();
  const interruptible: Http = {
    ...http,
    request: (request) =>
      http.request({
        ...request,
        signal: request.signal === undefined ? signal : AbortSignal.any([signal, request.signal]),
      }),
  };
  const address = proxyFor(app.endpoint, environment);
  const client = createFeishu({ app, http: interruptible, store: createMemoryTokens(), clock, proxy: address });
  return {
    app,
    feishu: patient(client, clock, signal),
    examine: async (owner) => {
      const findings: Finding[] = [];
      const recipient = owner === null ? null : parseRecipient(owner);
      await examine({
        plan: [{ app, uses, recipients: recipient === null ? [] : [{ recipient, owner: true, jobs: [] }] }],
        feishu: () => client,
        proxy: () => ({
          address,
          from: 'environment',
          ignored: address === null ? namedProxy(app.endpoint, environment) : null,
        }),
        clock,
        signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST)]),
        tell: (found) => findings.push(found),
      });
      return findings;
    },
    close: () => http.close(),
  };
};

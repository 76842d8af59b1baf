import type { Clock } from './base/clock.ts';
import { createHttp, type Http, namedProxy, proxyFor } from './base/http.ts';
import { once } from './base/once.ts';
import type { Channel } from './channel/channel.ts';
import { feishuChannel } from './channel/feishu.ts';
import { webhookChannel } from './channel/webhook.ts';
import type { Project } from './config/load.ts';
import type { ProxyInUse } from './doctor/app-state.ts';
import { createFeishu, type Feishu } from './feishu/client.ts';
import { createDirectory } from './feishu/directory.ts';
import { DOCUMENTS_PER_SECOND } from './feishu/documents.ts';
import type { TokenStore } from './feishu/token.ts';
import { createUploads } from './feishu/uploads.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Report } from './model/log-event.ts';
import { own } from './model/own.ts';

/** How an app, or a custom bot, is reached: its client, its channel, its uploads. */
export const connectionsOf = (
  { settings, environment, webhooks }: Project,
  clock: Clock,
  store: () => Ledger['apps'],
  report?: Report,
) => {
  const http = once<Http>(() => createHttp(settings.ca));
  const proxyTo = (url: string): string | null => settings.proxy ?? proxyFor(url, environment);
  const proxy = (name: string): ProxyInUse => {
    if (settings.proxy !== null) return { address: settings.proxy, from: 'settings', ignored: null };
    const endpoint = own(settings.apps, name)?.endpoint ?? '';
    const address = proxyFor(endpoint, environment);
    return { address, from: 'environment', ignored: address === null ? namedProxy(endpoint, environment) : null };
  };
  const clientWith = (name: string, store: TokenStore): Feishu | null => {
    const app = own(settings.apps, name);
    if (app === undefined) return null;
    const onToken = (refused: string | null): void => report?.({ event: 'token.asked', app: name, refused });
    return createFeishu({ app, http: http(), store, clock, proxy: proxy(name).address, onToken });
  };
  const apps = new Map<string, Feishu>();
  const feishu = (name: string): Feishu | null => {
    if (own(settings.apps, name) === undefined) return null;
    const made = apps.get(name) ?? clientWith(name, store());
    if (made !== null) apps.set(name, made);
    return made;
  };
  const channels = new Map<string, Channel>();
  const makeChannel = (name: string): Channel | null => {
    const webhook = webhooks.get(/^webhook:(.*)$/.exec(name)?.[1] ?? '');
    if (webhook !== undefined)
      return webhookChannel(webhook, { http: http(), now: clock.now, proxy: proxyTo(webhook.url) });
    const client = feishu(name);
    return client === null ? null : feishuChannel(client, own(settings.apps, name)?.id ?? '');
  };
  const channelOf = (name: string): Channel | null => {
    const channel = channels.get(name) ?? makeChannel(name);
    if (channel !== null) channels.set(name, channel);
    return channel;
  };

  const turn = async (name: string, api: string, limits = settings.limits): Promise<void> =>
    clock.sleep(await store().reserve(name, api, limits));
  const documentsTurn = (name: string): Promise<void> =>
    turn(name, 'documents', { ...settings.limits, perSecond: DOCUMENTS_PER_SECOND });
  const uploads = once(() =>
    createUploads({ feishu, store: store(), turn: (name) => turn(name, 'uploads'), now: clock.now }),
  );
  /** a large department has more pages than a second has calls */
  const paced = (name: string): Feishu | null => {
    const client = feishu(name);
    if (client === null) return null;
    return { ...client, call: async (...call) => turn(name, 'contact').then(() => client.call(...call)) };
  };
  const directory = once(() => createDirectory({ feishu: paced, store: store(), now: clock.now }));
  return { directory, documentsTurn, http, proxyTo, proxy, clientWith, feishu, channelOf, uploads };
};

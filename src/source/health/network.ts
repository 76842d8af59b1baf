import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { bad, fine, type Look } from './probe.ts';

const MOST = 5 * 1024 * 1024;

/** The answer's status, words in it, and how long it took in milliseconds. */
export const lookHttp: Look<'http'> = async ({ url, status, contains }, { context, timeout }) => {
  const address = context.fillText(url);
  const started = context.monotonic();
  const answer = await context.http.request({
    method: 'GET',
    url: address,
    headers: { 'user-agent': 'larkcron' },
    connectTimeout: timeout,
    totalTimeout: timeout,
    maxBytes: MOST,
    proxy: context.proxyFor(address),
    signal: context.signal,
  });
  const took = Math.round(context.monotonic() - started);
  if (answer.is !== 'answer') return bad(answer.why);
  const right = status.length === 0 ? answer.status >= 200 && answer.status < 400 : status.includes(answer.status);
  if (!right) return bad(`HTTP ${answer.status}`, took);
  if (contains !== null && !answer.body.toString('utf8').includes(contains))
    return bad(`HTTP ${answer.status}, ∌ ${contains}`, took);
  return fine(took, `HTTP ${answer.status}, ${took} ms`);
};

/** How long a connection takes in milliseconds. */
export const lookTcp: Look<'tcp'> = ({ host, port }, { context, timeout }) =>
  new Promise((resolve) => {
    const started = context.monotonic();
    const socket = connect({ host, port });
    const end = (how: Parameters<typeof resolve>[0]): void => {
      socket.destroy();
      resolve(how);
    };
    socket.setTimeout(timeout, () => end(bad(`> ${timeout} ms`)));
    socket.once('error', (error) => end(bad((error as NodeJS.ErrnoException).code ?? error.message)));
    socket.once('connect', () => {
      const took = Math.round(context.monotonic() - started);
      end(fine(took, `${took} ms`));
    });
  });

const DAY = 86_400_000;

/** Days until the certificate ends; one that is not to be trusted is bad, too. */
export const lookTls: Look<'tls'> = async ({ host, port }, { context, timeout }) => {
  const { connect: secure } = await import('node:tls');
  return new Promise((resolve) => {
    const socket = secure({ host, port, servername: host, rejectUnauthorized: false });
    const end = (how: Parameters<typeof resolve>[0]): void => {
      socket.destroy();
      resolve(how);
    };
    socket.setTimeout(timeout, () => end(bad(`> ${timeout} ms`)));
    socket.once('error', (error) => end(bad((error as NodeJS.ErrnoException).code ?? error.message)));
    socket.once('secureConnect', () => {
      const { valid_to: until } = socket.getPeerCertificate();
      const days = Math.floor((Date.parse(until) - context.now()) / DAY);
      const trusted = socket.authorized ? '' : `, ${String(socket.authorizationError)}`;
      const detail = `${new Date(Date.parse(until)).toISOString().slice(0, 10)}${trusted}`;
      end(socket.authorized ? fine(days, detail) : bad(detail, days));
    });
  });
};

/** Its addresses; `expect` has to be among them. */
export const lookDns: Look<'dns'> = async ({ name, expect }) => {
  try {
    const addresses = (await lookup(name, { all: true })).map(({ address }) => address);
    const detail = addresses.join(', ');
    return expect !== null && !addresses.includes(expect)
      ? bad(`${detail} ∌ ${expect}`)
      : fine(addresses[0] ?? null, detail);
  } catch (error) {
    return bad((error as NodeJS.ErrnoException).code ?? (error as Error).message);
  }
};

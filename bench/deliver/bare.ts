// A bare loop over node:http with keep-alive and the same number of requests at once: no token refresh, no record.
import { Agent, request } from 'node:http';
import { CARD } from './card.ts';

const [endpoint = '', count = '0'] = process.argv.slice(2);
const url = new URL(endpoint);
const agent = new Agent({ keepAlive: true, maxSockets: 100 });
const post = (path: string, body: string, token: string | null): Promise<Record<string, unknown>> =>
  new Promise((resolve, reject) => {
    const call = request(
      {
        host: url.hostname,
        port: url.port,
        path,
        method: 'POST',
        agent,
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'Content-Length': Buffer.byteLength(body),
          ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
      },
    );
    call.on('error', reject);
    call.end(body);
  });

const started = performance.now();
const { tenant_access_token: token } = await post(
  '/open-apis/auth/v3/tenant_access_token/internal',
  JSON.stringify({ app_id: 'cli_bench', app_secret: 'bench-secret' }),
  null,
);
const content = JSON.stringify(CARD);
let next = 0;
let delivered = 0;
const lane = async (): Promise<void> => {
  while (next < Number(count)) {
    const receive_id = `ou_${next++}`;
    const body = JSON.stringify({ receive_id, msg_type: 'interactive', content });
    const answer = await post('/open-apis/im/v1/messages?receive_id_type=open_id', body, String(token));
    if (answer['code'] === 0) delivered++;
  }
};
await Promise.all(Array.from({ length: 100 }, lane));
console.log(JSON.stringify({ ms: performance.now() - started, delivered, refused: 0 }));
process.exit(0);

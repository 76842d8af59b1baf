// The official SDK in a loop, the same number of requests at once: its own token, no record.
import { Client, LoggerLevel } from '@larksuiteoapi/node-sdk';
import { CARD } from './card.ts';

const [endpoint = '', count = '0'] = process.argv.slice(2);
const client = new Client({
  appId: 'cli_bench',
  appSecret: 'bench-secret',
  domain: endpoint,
  loggerLevel: LoggerLevel.fatal,
});
const content = JSON.stringify(CARD);
let next = 0;
let delivered = 0;
const lane = async () => {
  while (next < Number(count)) {
    const receive_id = `ou_${next++}`;
    const answer = await client.im.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id, msg_type: 'interactive', content },
    });
    if (answer.code === 0) delivered++;
  }
};
const started = performance.now();
await Promise.all(Array.from({ length: 100 }, lane));
console.log(JSON.stringify({ ms: performance.now() - started, delivered, refused: 0 }));
process.exit(0);

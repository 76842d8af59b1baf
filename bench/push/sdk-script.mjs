// The same on the official SDK.
import { Client, LoggerLevel } from '@larksuiteoapi/node-sdk';

const client = new Client({
  appId: 'cli_bench',
  appSecret: 'bench-secret',
  domain: process.argv[2],
  loggerLevel: LoggerLevel.fatal,
});
const card = {
  header: { title: { tag: 'plain_text', content: '门店销售数据看板' }, template: 'blue' },
  elements: [{ tag: 'markdown', content: '看板已更新' }],
};
await client.im.message.create({
  params: { receive_id_type: 'open_id' },
  data: { receive_id: 'ou_bench', msg_type: 'interactive', content: JSON.stringify(card) },
});
process.exit(0);

// The floor: two requests with node:http and nothing else.
import http from 'node:http';

const base = process.argv[2];
const agent = new http.Agent({ keepAlive: true });
const post = (path, headers, body) =>
  new Promise((resolve, reject) => {
    const request = http.request(
      `${base}${path}`,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve(JSON.parse(text)));
      },
    );
    request.on('error', reject);
    request.end(JSON.stringify(body));
  });
const { tenant_access_token: token } = await post(
  '/open-apis/auth/v3/tenant_access_token/internal',
  {},
  { app_id: 'cli_bench', app_secret: 'bench-secret' },
);
const card = {
  header: { title: { tag: 'plain_text', content: '门店销售数据看板' }, template: 'blue' },
  elements: [{ tag: 'markdown', content: '看板已更新' }],
};
await post(
  '/open-apis/im/v1/messages?receive_id_type=open_id',
  { authorization: `Bearer ${token}` },
  { receive_id: 'ou_bench', msg_type: 'interactive', content: JSON.stringify(card) },
);
agent.destroy();

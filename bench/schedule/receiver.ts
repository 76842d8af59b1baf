/** Stands for Feishu in a process of its own: answers at once, and tells its parent when each request came. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let count = 0;
const server = createServer((request, response) => {
  const at = performance.timeOrigin + performance.now();
  const token = request.url?.includes('tenant_access_token') === true;
  request.resume();
  request.on('end', () => {
    if (!token) process.send?.({ arrived: at });
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(
        token
          ? { code: 0, msg: 'ok', tenant_access_token: 't-bench', expire: 7200 }
          : { code: 0, msg: 'success', data: { message_id: `om_${count++}`, chat_id: 'oc_1' } },
      ),
    );
  });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit());

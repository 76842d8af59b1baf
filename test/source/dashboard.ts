import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A dashboard as they are: it asks who one is, draws late and from data, and has its bad days. */
export interface Dashboard {
  readonly url: string;
  /** the same server under another origin */
  readonly other: string;
  readonly asked: () => readonly {
    readonly host: string;
    readonly url: string;
    readonly authorization: string | null;
    readonly cookie: string | null;
  }[];
  /** where the values in its bars come from; false: they never do */
  close(): Promise<void>;
}

export const TOKEN = 'glsa_Tok3nOfTheDashboard';
export const USER = 'ann';
export const PASSWORD = 'correct-horse-9';

const page = (title: string, body: string, script = ''): string =>
  `<!doctype html><meta charset="utf-8"><title>${title}</title>
<style>body { margin: 0; font: 16px sans-serif; background: #f5f6f7 } .bar { background: #3370ff; height: 40px; margin: 8px 0; color: white }
#dashboard { background: white; width: 600px; height: 300px; padding: 20px; margin: 40px; box-sizing: border-box } #salary { width: 200px; height: 40px; background: #d83931 }
.cookie-banner { position: fixed; bottom: 0; left: 0; right: 0; height: 60px; background: #ffc60a }</style>
${body}${script === '' ? '' : `<script>${script}</script>`}`;

const DRAWN = page(
  '销售看板',
  `<div id="dashboard"><b>销售看板</b><div id="salary">¥ 88,888</div><div id="chart"></div></div><div class="cookie-banner">We use cookies</div>`,
  `setTimeout(async () => {
    const rows = await (await fetch('/api/rows')).json();
    setTimeout(() => {
      document.getElementById('chart').innerHTML = rows.map((row) => '<div class="bar" style="width:' + row.value + 'px">' + row.name + '</div>').join('');
      document.getElementById('chart').className = 'chart-loaded';
      window.ready = true;
    }, 150);
  }, 200);`,
);

const LOGIN = page(
  'Log in',
  `<form id="form"><input id="user" name="user" placeholder="user"><input id="password" type="password" name="password"><button id="submit" disabled>Log in</button></form>`,
  // as frameworks do: the button wakes up when something was typed
  `const form = document.getElementById('form');
  form.addEventListener('input', () => { document.getElementById('submit').disabled = form.password.value === ''; });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const answer = await fetch('/login', { method: 'POST', body: JSON.stringify({ user: form.user.value, password: form.password.value }) });
    if (answer.ok) location.href = '/home'; else document.title = 'wrong';
  });`,
);

const TALL = page('tall', '<div id="tall" style="height:100000px;background:linear-gradient(red, blue)"></div>');

const PAGES: Readonly<Record<string, string>> = {
  '/login': LOGIN,
  '/where': page(
    'where',
    '<div class="bar">x</div>',
    `document.title = [Intl.DateTimeFormat().resolvedOptions().timeZone, new Date(0).getHours(), navigator.language].join(' ')`,
  ),
  '/home': page('Home', '<div class="home">Welcome</div>'),
  '/blank': page('Blank', '<div id="dashboard"></div>').replaceAll('white', '#f5f6f7'),
  '/loading': page('Loading', '<div id="loading" style="height:600px">Loading…</div>'),
  '/to-login': page('…', '<p>one moment</p>', 'location.replace("/login")'),
  '/routed': page('…', '<p>app</p>', 'history.replaceState(null, "", "/app/signin")'),
  '/stream': page(
    'Stream',
    '<div id="dashboard"><div class="bar">live</div></div>',
    'fetch("/api/endless?key=s3cret-key")',
  ),
  '/poll': page(
    'Poll',
    '<div id="dashboard"><div class="bar">live</div></div>',
    'setInterval(() => fetch("/api/rows"), 100)',
  ),
  '/events': page('Events', '<div id="dashboard"><div class="bar">live</div></div>', 'new EventSource("/api/endless")'),
  '/dialogs': page(
    'Dialogs',
    '<div id="dashboard"><div class="bar" id="said"></div></div>',
    `
    alert('one'); const no = confirm('two'); const none = prompt('three');
    document.getElementById('said').textContent = [no, none].join(); addEventListener('beforeunload', (event) => event.preventDefault()); document.title = 'no ' + no;`,
  ),
  '/popups': page(
    'Popups',
    '<div id="dashboard"><div class="bar">x</div></div>',
    'for (let i = 0; i < 5; i++) open("/home?popup=" + i); window.open("/home?noopener", "_blank", "noopener")',
  ),
  '/tall': TALL,
  '/noise': page(
    'noise',
    '<canvas id="noise" width="2400" height="1600" style="display:block"></canvas>',
    `const drawing = document.getElementById('noise').getContext('2d'); const picture = drawing.createImageData(2400, 1600);
for (let i = 0; i < picture.data.length; i += 65536) crypto.getRandomValues(new Uint8Array(picture.data.buffer, i, Math.min(65536, picture.data.length - i)));
    for (let i = 3; i < picture.data.length; i += 4) picture.data[i] = 255;
    drawing.putImageData(picture, 0, 0);`,
  ),
  '/grows': page('grows', '<div style="height:150vh;background:linear-gradient(red, blue)"></div>'),
  '/lazy': page(
    'lazy',
    '<div style="height:3000px"><div class="bar">top</div></div><div id="low" style="height:200px"></div>',
    `new IntersectionObserver(([seen]) => { if (seen.isIntersecting) document.getElementById('low').style.background = 'rgb(0, 160, 0)'; }).observe(document.getElementById('low'))`,
  ),
  '/busy': page('Busy', '<p>busy</p>', 'while (true);'),
  '/stubborn': page(
    'Stubborn',
    '<div id="dashboard"><div id="salary" style="opacity:1 !important; visibility:visible !important; transition: opacity 9s">¥</div><div class="bar">x</div></div>',
  ),
  '/framed': page('Framed', '<div id="dashboard"><div class="bar">x</div></div><iframe src="OTHER/api/late"></iframe>'),
  '/third': page(
    'Third',
    '<div id="dashboard"><div class="bar">x</div></div><img src="OTHER/pixel.png"><img src="/own.png">',
    'fetch("OTHER/api/rows", { mode: "no-cors" }); fetch("/redirect-away", { mode: "no-cors" }).catch(() => {});',
  ),
};

const isIn = ({ headers }: IncomingMessage): boolean =>
  headers.authorization === `Bearer ${TOKEN}` || /\bsession=ok\b/.test(headers.cookie ?? '');

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

export const startDashboard = async (): Promise<Dashboard> => {
  const asked: { host: string; url: string; authorization: string | null; cookie: string | null }[] = [];
  let [url, other] = ['', ''];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { headers } = request;
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    asked.push({
      host: String(headers.host),
      url: request.url ?? '',
      authorization: headers.authorization ?? null,
      cookie: headers.cookie ?? null,
    });
    const html = (text: string, status = 200): void =>
      void response.writeHead(status, { 'content-type': 'text/html' }).end(text.replaceAll('OTHER', other));
    const to = (location: string): void => void response.writeHead(302, { location }).end();
    if (path === '/login' && request.method === 'POST') {
      const given = JSON.parse(await bodyOf(request)) as { user: string; password: string };
      if (given.user !== USER || given.password !== PASSWORD) return void response.writeHead(403).end();
      return void response.writeHead(200, { 'set-cookie': 'session=ok; Path=/; HttpOnly' }).end('{}');
    }
    switch (path) {
      case '/dashboard':
        return isIn(request) ? html(DRAWN) : to('/login?next=/dashboard&token=s3cret-in-url');
      case '/api/rows':
        return void response.end(
          JSON.stringify([
            { name: '上海', value: 400 },
            { name: '北京', value: 250 },
          ]),
        );
      case '/api/late':
        return void setTimeout(() => html(page('late', '<p>late</p>')), 700);
      case '/api/endless':
        // EventSource and fetch alike: it begins, and never ends
        return void response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
      case '/silent':
        return;
      case '/endless-page':
        return void response.writeHead(200, { 'content-type': 'text/html' }).write('<p>and so on');
      case '/error':
        return html('<h1>500</h1> oh no', 500);
      case '/unauthorized':
        return html('<h1>401</h1>', 401);
      case '/bodyless':
        return void response.writeHead(503).end();
      case '/challenge':
        return void response.writeHead(401, { 'www-authenticate': 'Basic realm="board"' }).end('no');
      case '/strict':
        response.setHeader(
          'content-security-policy',
          "default-src 'none'; style-src 'unsafe-inline'; require-trusted-types-for 'script'",
        );
        return html(page('strict', '<div id="dashboard"><div id="salary">¥</div><div class="bar">x</div></div>'));
      case '/loop':
        return to('/loop');
      case '/away':
        return to(`${other}/home`);
      case '/redirect-away':
        return to(`${other}/redirected`);
      case '/slug':
        return to('/dashboard/sales-2026');
      case '/dashboard/sales-2026':
        return html(DRAWN);
      case '/download':
        return void response
          .writeHead(200, { 'content-type': 'application/zip', 'content-disposition': 'attachment' })
          .end('PK');
      case '/to-file':
        return to('file:///etc/passwd');
      default: {
        const known = PAGES[path];
        return known === undefined ? html('<h1>404</h1>', 404) : html(known);
      }
    }
  };
  const servers = [createServer(answer), createServer(answer)] as const;
  url = await listening(servers[0]);
  other = (await listening(servers[1])).replace('127.0.0.1', 'localhost');
  return {
    url,
    other,
    asked: () => asked,
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
};

/** The page's own script: shows the chosen chat and puts in what comes. The HTML it is sent was made safe here. */
export const PAGE_SCRIPT = `'use strict';
const panes = document.getElementById('panes');
const chats = document.getElementById('chats');
const live = document.querySelector('.live');
const { seq, lang } = document.body.dataset;
const byId = (id) => document.getElementById(id);

const fragment = (html) => {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content.firstElementChild;
};

const chosen = () => {
  const place = byId(decodeURIComponent(location.hash.slice(1)));
  return place && place.closest('.chat');
};

const toEnd = (pane) => {
  const messages = pane.querySelector('.messages');
  messages.scrollTop = messages.scrollHeight;
};

// charts.js draws what has come into sight; it is there a moment later than this
const drawCharts = () => { if (window.drawCharts) window.drawCharts(); };

const show = () => {
  const wide = matchMedia('(min-width: 720px)').matches;
  const first = wide && chats.firstElementChild ? byId('c-' + chats.firstElementChild.id.slice(2)) : null;
  const pane = chosen() || first;
  for (const one of panes.querySelectorAll('.chat')) one.classList.toggle('open', one === pane);
  for (const one of chats.children) one.classList.toggle('open', pane !== null && one.id.slice(2) === pane.id.slice(2));
  document.body.classList.toggle('chosen', Boolean(pane));
  document.body.classList.toggle('some', chats.children.length > 0);
  if (!pane) return;
  byId('l-' + pane.id.slice(2)).classList.remove('unread');
  drawCharts();
  if (location.hash.startsWith('#m-')) byId(location.hash.slice(1)).scrollIntoView({ block: 'center' });
  else toEnd(pane);
};

const put = ({ message, html }) => {
  let pane = byId('c-' + message.chatId);
  if (!pane) panes.append((pane = fragment(html.pane)));
  const list = pane.querySelector('.messages');
  const before = byId('m-' + message.messageId);
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const entry = fragment(html.entry);
  const old = byId('l-' + message.chatId);
  if (before) {
    before.replaceWith(fragment(html.message));
    if (old) { entry.className = old.className; old.replaceWith(entry); }
  } else {
    const item = fragment(html.message);
    item.classList.add('new');
    list.append(item);
    if (old) old.remove();
    if (!pane.classList.contains('open')) entry.classList.add('unread');
    else entry.classList.add('open');
    chats.prepend(entry);
  }
  if (!panes.querySelector('.chat.open')) show();
  else if (atEnd) toEnd(pane);
  drawCharts();
};

addEventListener('hashchange', show);
for (const link of document.querySelectorAll('.bar a'))
  link.addEventListener('click', () => { link.hash = location.hash; });
show();

const stream = new EventSource('/sandbox/events?after=' + seq + '&lang=' + lang);
const alive = (yes) => {
  live.textContent = yes ? live.dataset.live : live.dataset.away;
  live.classList.toggle('on', yes);
};
stream.addEventListener('open', () => alive(true));
stream.addEventListener('error', () => alive(false));
stream.addEventListener('message', (event) => put(JSON.parse(event.data)));
stream.addEventListener('restart', () => location.reload());
`;

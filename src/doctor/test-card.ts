import { explain } from '../feishu/explain.ts';
import type { Json } from '../model/dataset.ts';
import type { Delivery } from '../model/delivery.ts';
import { withMarkerPlace } from '../model/marker.ts';
import type { Recipient } from '../model/recipient.ts';
import type { Run } from '../model/run.ts';
import type { App } from '../model/settings.ts';
import { type Lang, type Text, verbatim } from '../model/text.ts';
import { type Finding, finding, type Where } from './finding.ts';

const TITLE: Text = { zh: '🩺 larkcron doctor 测试卡片', en: '🩺 A test card of larkcron doctor' };
const BODY: Text = {
  zh: '收到它说明:凭证、权限、可用范围都没有问题,任务失败时你会在这里收到通知。',
  en: 'It arrived: credentials, scopes and availability are right, and failures of jobs will be told to you here.',
};

/** A small card of plain text. */
export const testCard = (lang: Lang): Json => {
  const plain = (text: Text) => ({ tag: 'plain_text', content: text[lang] });
  return withMarkerPlace({
    schema: '2.0',
    config: { update_multi: true },
    header: { title: plain(TITLE), template: 'blue' },
    body: { elements: [{ tag: 'div', text: plain(BODY) }] },
  });
};

/** How the test card fared. */
export const testCardFinding = (app: App, owner: Recipient, run: Run, delivery: Delivery | undefined): Finding => {
  const where: Where = { check: 'send', app, subject: owner.shown };
  if (delivery?.state === 'delivered')
    return finding(where, 'ok', 'test-card-arrived', { messageId: delivery.messageId ?? '' });
  if (run.state !== 'failed') return finding(where, 'warning', 'test-card-unsure', { run: run.id.slice(0, 8) });
  const code = delivery?.code ?? null;
  const said =
    code === null || code === 0
      ? null
      : explain({ code, http: delivery?.http ?? null, msg: delivery?.message ?? null }, app);
  const why =
    said?.words ?? delivery?.reason?.message ?? run.reason?.message ?? verbatim(delivery?.message ?? run.state);
  return finding(
    where,
    'fault',
    'test-card-refused',
    { why },
    {
      hint: said === null || said.hint.zh === '' ? null : said.hint,
      link: said?.link ?? null,
      feishuCode: code,
      logId: delivery?.logId ?? null,
    },
  );
};

import type { Words } from '../model/errors.ts';
import type { Text } from '../model/text.ts';

export const pictureWords = {
  'no-browser': (p: { lacking: Text }) => ({
    message: {
      zh: `画成图片要用 Chrome 或 Chromium,这台机器上没有找到;${p.lacking.zh}`,
      en: `Pictures are taken by Chrome or Chromium, and there is none on this machine; ${p.lacking.en}`,
    },
    hint: {
      zh: '装一个(例如 apt install chromium),或用环境变量 CHROME 指明它在哪里;不要图片就用 --html。',
      en: 'Install one (for example apt install chromium), or name it in the environment variable CHROME; or use --html.',
    },
  }),
  'browser-failed': (p: { browser: string; why: string }) => ({
    message: { zh: `${p.browser} 没有画出图片:${p.why}`, en: `${p.browser} made no picture: ${p.why}` },
    hint: {
      zh: '看看它能不能启动;环境变量 CHROME 可以换一个浏览器;不要图片就用 --html。',
      en: 'See whether it starts at all; the environment variable CHROME names another one; or use --html.',
    },
  }),
  'chart-not-drawn': (p: { why: string }) => ({
    message: { zh: `图表画不出来:${p.why}`, en: `The chart cannot be drawn: ${p.why}` },
    hint: { zh: '检查 chart_spec 的 type 和 data。', en: 'Look at type and data of its chart_spec.' },
  }),
} as const satisfies Words;

/** What pictures without a browser would need. */
export const LACKING = {
  charts: {
    zh: '卡片里也没有能单独画的图表。',
    en: 'and the card has no chart that could be drawn alone.',
  },
  canvas: {
    zh: '图表可以单独画,但要先装 @napi-rs/canvas(npm install @napi-rs/canvas)。',
    en: 'charts can be drawn alone once @napi-rs/canvas is there (npm install @napi-rs/canvas).',
  },
} as const satisfies Readonly<Record<string, Text>>;

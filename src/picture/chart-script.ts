import { CHART_THEMES, themeOf } from './chart-theme.ts';

const THEMES = Object.fromEntries(
  Object.keys(CHART_THEMES).map((name) => [name, { light: themeOf(name, false), dark: themeOf(name, true) }]),
);

/**
 * What a page with charts runs besides VChart: hands each spec, which is data, to VChart, and draws anew when light and
 * dark change or a chart comes into sight. VChart is at `window.VChart`, or comes from the address in data-vchart of this
 * script's own element. Without animation, so that a picture may be taken as soon as `chartsDrawn` (a promise) is settled.
 */
export const CHART_SCRIPT = `'use strict';
(() => {
  const themes = ${JSON.stringify(THEMES)};
  const drawn = new WeakMap();
  const from = document.currentScript && document.currentScript.dataset.vchart;
  let arriving = null;
  const library = () => {
    if (window.VChart || !from) return Promise.resolve(window.VChart);
    return (arriving = arriving || new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = from;
      script.onload = () => resolve(window.VChart);
      script.onerror = () => reject(new Error(from));
      document.head.append(script);
    }));
  };
  // the colour that CARD_CSS gives the words in a chart's place: grey, or light grey in the dark
  const isDark = (box) => /166/.test(getComputedStyle(box).color);
  const draw = async (box) => {
    if (box.offsetWidth === 0) return;
    const before = drawn.get(box);
    const dark = isDark(box);
    if (before && before.dark === dark) return;
    const words = before ? before.words : box.textContent;
    drawn.set(box, { dark, words });
    try {
      const { VChart, ThemeManager } = await library();
      if (before && before.chart) before.chart.release();
      box.textContent = '';
      const place = document.createElement('div');
      box.append(place);
      const kind = Object.hasOwn(themes, box.dataset.theme) ? box.dataset.theme : 'brand';
      const look = themes[kind][dark ? 'dark' : 'light'];
      const name = 'larkcron-' + kind + (dark ? '-dark' : '-light');
      if (!ThemeManager.themeExist(name)) ThemeManager.registerTheme(name, { ...look, type: dark ? 'dark' : 'light' });
      const chart = new VChart(JSON.parse(box.dataset.spec), { dom: place, animation: false, theme: name });
      await chart.renderAsync();
      drawn.set(box, { dark, words, chart });
    } catch (error) {
      box.textContent = '⚠ ' + words + ': ' + (error && error.message);
      box.classList.add('lc-chart-fault');
    }
  };
  const all = () => Promise.all([...document.querySelectorAll('.lc-chart[data-spec]')].map(draw));
  window.drawCharts = all;
  window.chartsDrawn = all();
  document.addEventListener('change', all);
  document.addEventListener('toggle', all, true);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', all);
})();
`;

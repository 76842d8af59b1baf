import type { Text } from '../model/text.ts';
import { margin, pixels, styled } from './box.ts';
import type { Drawing } from './drawing.ts';
import { lookUp, type Node, node, text } from './read-card.ts';
import { className, escapeHtml } from './safe-html.ts';

const RATIOS: Readonly<Record<string, string>> = { '1:1': '1', '2:1': '2', '4:3': '4/3', '16:9': '16/9' };
const CHART: Text = { zh: '图表', en: 'chart' };

/**
 * The place of a chart and its spec as data. The page's script draws it (chart-script.ts); without one the kind and the
 * title of the chart are read. A height outdoes the ratio (cards: 3.3); phones show squares unless told otherwise.
 */
export const chartHtml = (chart: Node, by: Drawing): string => {
  const spec = node(chart['chart_spec']);
  const px = pixels(chart['height'], 1, 999);
  const ratio = lookUp(RATIOS, chart['aspect_ratio']);
  const style = styled({
    height: px === null ? null : `${px}px`,
    'aspect-ratio': px === null ? (ratio ?? null) : 'auto',
    margin: margin(chart),
  });
  const title = text(node(spec['title'])['text']);
  const words = [CHART[by.lang], text(spec['type']), title].filter((each) => each !== '').join(' · ');
  const theme = className(text(chart['color_theme']) || 'brand');
  return `<div class="lc-chart" data-theme="${theme}" data-spec="${escapeHtml(JSON.stringify(spec))}"${style}>${escapeHtml(words)}</div>`;
};

import { createRequire } from 'node:module';
import type { Json } from '../model/dataset.ts';
import { failure } from '../model/errors.ts';
import { themeOf } from './chart-theme.ts';
import { elementsOfCard, lookUp, type Node, node, nodes, text } from './read-card.ts';
import { vchartFile } from './vchart.ts';
import { pictureWords } from './words.ts';

interface Chart {
  renderSync(): unknown;
  getImageBuffer(): Buffer;
  release(): void;
}
interface VChartModule {
  readonly VChart: new (spec: object, options: object) => Chart;
  readonly ThemeManager: { themeExist(name: string): boolean; registerTheme(name: string, theme: object): void };
}

/** The charts of a card, those in columns, panels and forms as well. */
export const chartsOf = (card: Json): readonly Node[] => {
  const within = (elements: readonly Node[], depth: number): readonly Node[] =>
    depth > 12
      ? []
      : elements.flatMap((element) =>
          element['tag'] === 'chart'
            ? [element]
            : within([...nodes(element['elements']), ...nodes(element['columns'])], depth + 1),
        );
  return within(elementsOfCard(node(card)), 0);
};

const RATIOS: Readonly<Record<string, number>> = { '1:1': 1, '2:1': 2, '4:3': 4 / 3, '16:9': 16 / 9 };

interface Canvas {
  readonly loadImage: (source: string) => Promise<unknown>;
}

/** The drawing surface, which fetches no pictures that a spec names; null: @napi-rs/canvas is not installed. */
const canvasModule = async (): Promise<Canvas | null> => {
  try {
    const canvas = (await import('@napi-rs/canvas')) as unknown as Canvas;
    const loadImage: Canvas['loadImage'] = (source) =>
      /^data:image\//.test(String(source)) ? canvas.loadImage(source) : Promise.reject(new Error('not from here'));
    return { ...canvas, loadImage };
  } catch {
    return null;
  }
};

/**
 * A chart alone as PNG, without a browser: VChart on @napi-rs/canvas (cards: section 9). Null where that is not
 * installed; throws `chart-not-drawn` for a spec that VChart refuses.
 */
export const chartPng = async (
  chart: Node,
  { width = 600, scale = 2 }: { width?: number; scale?: number } = {},
): Promise<Buffer | null> => {
  const canvas = await canvasModule();
  if (canvas === null) return null;
  const { VChart, ThemeManager } = createRequire(import.meta.url)(vchartFile()) as VChartModule;
  const name = text(chart['color_theme']) || 'brand';
  const theme = `larkcron-${name}`;
  if (!ThemeManager.themeExist(theme)) ThemeManager.registerTheme(theme, { ...themeOf(name, false), type: 'light' });
  const height =
    Number.parseInt(text(chart['height']), 10) || width / (lookUp(RATIOS, chart['aspect_ratio']) ?? 16 / 9);
  // a spec of JSON alone: it is a copy, as VChart writes into it
  const spec = { background: '#ffffff', ...(JSON.parse(JSON.stringify(chart['chart_spec'] ?? {})) as object) };
  try {
    const drawn = new VChart(
      { ...spec, width, height: Math.round(height) },
      { mode: 'node', modeParams: canvas, animation: false, dpr: scale, theme },
    );
    drawn.renderSync();
    const picture = drawn.getImageBuffer();
    drawn.release();
    return picture;
  } catch (error) {
    throw failure(pictureWords, 'chart-not-drawn', { why: error instanceof Error ? error.message : String(error) });
  }
};

/**
 * Colours of the chart themes. Feishu does not publish them: `brand` is near what its clients show, the others follow
 * their descriptions (cards: C-chart) and are approximations.
 */
export const CHART_THEMES: Readonly<Record<string, readonly string[]>> = {
  brand: ['#3370ff', '#50cefb', '#34c724', '#ffc60a', '#ff8800', '#f54a45', '#935af6', '#14c0ff', '#00d6b9', '#f01d94'],
  rainbow: [
    '#3370ff',
    '#14c0ff',
    '#00d6b9',
    '#34c724',
    '#b3d600',
    '#ffc60a',
    '#ff8800',
    '#f54a45',
    '#f01d94',
    '#935af6',
  ],
  complementary: ['#3370ff', '#ff8800', '#14c0ff', '#f54a45', '#00d6b9', '#f01d94', '#34c724', '#935af6'],
  converse: ['#3370ff', '#ffc60a', '#935af6', '#34c724', '#f54a45', '#14c0ff', '#ff8800', '#00d6b9'],
  primary: ['#3370ff', '#6698ff', '#94b4ff', '#c2d4ff', '#0442d2', '#002f9e'],
};

const FONT = '-apple-system, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';

/** What a chart gets in a card, as VChart's theme; a spec's own colours and styles are stronger. */
export const themeOf = (name: string, dark: boolean) => ({
  background: 'transparent',
  padding: 8,
  fontFamily: FONT,
  colorScheme: {
    default: [...((Object.hasOwn(CHART_THEMES, name) ? CHART_THEMES[name] : undefined) ?? CHART_THEMES['brand'] ?? [])],
  },
  component: {
    title: { textStyle: { fontSize: 14, fontWeight: 600, fill: dark ? '#ebebeb' : '#1f2329' } },
  },
});

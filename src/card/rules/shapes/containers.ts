import { color, components, fault, flag, number, object, once, oneOf, type Shape, shape, text } from './kind.ts';
import { margin, padding, panelPadding, px, radius, spacing } from './measures.ts';
import {
  align,
  behaviors,
  commonBox,
  confirm,
  direction,
  icon,
  jump,
  panelTitle,
  plain,
  verticalAlign,
} from './pieces.ts';

/** How a container lays out what it holds (cards: §3.6). */
const layout = {
  direction,
  horizontal_spacing: spacing,
  horizontal_align: align,
  vertical_spacing: spacing,
  vertical_align: verticalAlign,
} as const;

const columnSet = once(() =>
  shape(
    'column_set',
    {
      ...commonBox,
      ...layout,
      flex_mode: oneOf('none', 'stretch', 'flow', 'bisect', 'trisect'),
      background_style: color('yes'),
      action: jump,
      columns: components,
    },
    { needs: { columns: fault() } },
  ),
);

const column = once(() =>
  shape('column', {
    ...commonBox,
    ...layout,
    background_style: color('yes'),
    width: px(16, 600, 'auto', 'weighted'),
    weight: number(1, 5),
    padding,
    action: jump,
    elements: components,
  }),
);

const form = once(() =>
  shape(
    'form',
    // the page lets the padding be negative, as of margins
    { ...commonBox, ...layout, padding: margin, name: text, confirm, elements: components },
    { needs: { name: fault() } },
  ),
);

const interactiveContainer = once(() =>
  shape('interactive_container', {
    ...commonBox,
    ...layout,
    padding: margin,
    width: px(16, 999, 'fill', 'auto'),
    height: px(10, 999, 'auto'),
    background_style: color('yes', 'laser'),
    has_border: flag,
    border_color: color('yes'),
    corner_radius: radius,
    behaviors,
    hover_tips: plain,
    disabled: flag,
    disabled_tips: plain,
    confirm,
    elements: components,
  }),
);

const panelHeader = once(() =>
  shape('header', {
    title: panelTitle,
    background_color: color('refused'),
    width: px(16, 999, 'fill', 'auto', 'auto_when_fold'),
    vertical_align: verticalAlign,
    padding: panelPadding,
    position: oneOf('top', 'bottom'),
    icon,
    icon_position: oneOf('left', 'right', 'follow_text'),
    icon_expanded_angle: oneOf(-180, -90, 90, 180),
  }),
);

const panel = once(() =>
  shape(
    'collapsible_panel',
    {
      ...commonBox,
      ...layout,
      padding,
      expanded: flag,
      background_color: color('unsure'),
      header: object(panelHeader()),
      // any other key was refused (cards: §3.6, observed)
      border: object(shape('border', { color: color('unsure'), corner_radius: radius })),
      elements: components,
    },
    { needs: { header: fault() } },
  ),
);

export const containers: Readonly<Record<string, () => Shape>> = {
  column_set: columnSet,
  column,
  form,
  interactive_container: interactiveContainer,
  collapsible_panel: panel,
};

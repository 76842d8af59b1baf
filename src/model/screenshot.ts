import type { Template } from './card.ts';
import type { Place } from './errors.ts';
import type { Ms } from './time.ts';

/** A CSS selector, or an expression of JavaScript, and where it was written. */
export interface Written {
  readonly text: string;
  readonly at: Place | null;
}

/** What is waited for, all that is not null: an element that can be seen, something true, no request under way for so long. */
export interface WaitFor {
  readonly selector: Written | null;
  readonly expression: Written | null;
  readonly quiet: Ms | null;
}

/** What is done before the page is opened. */
export type LoginStep = { readonly at: Place | null } & (
  | { readonly step: 'goto'; readonly url: Template }
  | { readonly step: 'fill'; readonly fields: readonly { readonly selector: Written; readonly value: Template }[] }
  | { readonly step: 'click'; readonly selector: Written }
  | { readonly step: 'waitFor'; readonly waitFor: WaitFor }
);

/** In CSS pixels; `scale` is how many of the picture's pixels one of them is. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

export interface ScreenshotSource {
  readonly url: Template;
  readonly viewport: Viewport;
  /** the element that is taken; null: what the viewport shows, or the whole page */
  readonly selector: Written | null;
  readonly fullPage: boolean;
  readonly waitFor: WaitFor;
  /** sent to the page's own origin only */
  readonly headers: Readonly<Record<string, Template>>;
  readonly auth: { readonly bearer: Template } | { readonly user: Template; readonly password: Template } | null;
  readonly cookies: Readonly<Record<string, Template>>;
  readonly login: readonly LoginStep[];
  /** elements that are blanked and keep their place */
  readonly hide: readonly Written[];
  /** what is done with a picture of one colour */
  readonly blank: 'fail' | 'send';
}

import { useEffect, useRef } from 'react';

interface VChartOf {
  new (
    spec: object,
    options: object,
  ): { renderAsync(): Promise<unknown>; release(): void; updateSpec(spec: object): unknown };
}
declare global {
  interface Window {
    VChart?: { VChart: VChartOf };
  }
}

let arriving: Promise<VChartOf> | null = null;
/** VChart itself, the very file that draws the charts in cards; asked for when the first chart is shown. */
const library = (): Promise<VChartOf> => {
  arriving ??= new Promise((resolve, reject) => {
    const known = (): void =>
      window.VChart === undefined ? reject(new Error('VChart')) : resolve(window.VChart.VChart);
    if (window.VChart !== undefined) return known();
    const script = document.createElement('script');
    script.src = '/drawing/vchart.js';
    script.onload = known;
    script.onerror = () => reject(new Error('/drawing/vchart.js'));
    document.head.append(script);
  });
  return arriving;
};

/** A chart by VChart; `label` says in words what it shows. */
export const Chart = ({ spec, label, height = 220 }: { spec: object; label: string; height?: number }) => {
  const place = useRef<HTMLDivElement>(null);
  const text = JSON.stringify(spec);
  useEffect(() => {
    let gone = false;
    let release = (): void => {};
    void library()
      .then(async (VChart) => {
        if (gone || place.current === null) return;
        const dark = document.body.getAttribute('theme-mode') === 'dark';
        const chart = new VChart(JSON.parse(text), {
          dom: place.current,
          animation: false,
          theme: dark ? 'dark' : 'light',
        });
        release = () => chart.release();
        await chart.renderAsync();
      })
      .catch((error: unknown) => {
        if (place.current !== null) place.current.textContent = `⚠ ${String(error)}`;
      });
    return () => {
      gone = true;
      release();
    };
  }, [text]);
  return <div ref={place} className="chart" style={{ height }} role="img" aria-label={label} />;
};

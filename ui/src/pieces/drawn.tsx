import { Tabs } from '@douyinfe/semi-ui-19';
import { useEffect, useRef } from 'react';
import type { Answer } from '../api.ts';
import { useSay } from '../lang.ts';

type DrawnPart = Answer<'preview'>['parts'][number];

let asked = false;
/** The script that draws charts in cards; it brings VChart with it, so it comes only where there is a chart. */
const drawCharts = (): void => {
  if (window.drawCharts !== undefined) return void window.drawCharts();
  if (asked) return;
  asked = true;
  const script = document.createElement('script');
  script.dataset['vchart'] = '/drawing/vchart.js';
  script.src = '/drawing/charts.js';
  document.head.append(script);
};

/** A card as Feishu would show it. The fragment was made safe by the server, and the page's policy lets nothing in it run. */
const CardPicture = ({ html, width }: { html: string; width: number }) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return;
    // by hand: the charts of a card that did not change stay as they are drawn
    place.current.innerHTML = html;
    if (html.includes(' data-spec="')) drawCharts();
  }, [html]);
  return <div ref={place} className="picture" style={{ maxWidth: width }} />;
};

const size = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`);

/** One message: its picture, and the JSON that Feishu gets. */
export const Drawn = ({ part }: { part: DrawnPart }) => {
  const say = useSay();
  const picture = (
    <>
      {part.html !== null && <CardPicture html={part.html} width={part.width} />}
      {part.text !== null && <pre className="message">{part.text}</pre>}
      {part.files.map((file) => (
        <p key={file.name} className="file">
          📎 {file.name} <span className="dim">{size(file.bytes)}</span>
        </p>
      ))}
    </>
  );
  if (part.card === null) return picture;
  return (
    <Tabs type="line" size="small" lazyRender tabPaneMotion={false} className="drawn">
      <Tabs.TabPane tab={say({ zh: '画面', en: 'Picture' })} itemKey="picture">
        {picture}
      </Tabs.TabPane>
      <Tabs.TabPane tab={`JSON · ${size(part.bytes)}`} itemKey="json">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
        <pre className="json" tabIndex={0}>
          {JSON.stringify(part.card, null, 2)}
        </pre>
      </Tabs.TabPane>
    </Tabs>
  );
};

import { CARD_CSS } from '../../picture/card-css.ts';

const COLORS = ['#3370ff', '#00a889', '#f77234', '#7f3bf5', '#d83f8c', '#0b8fbf'];

/** Light and dark by the system's choice, one column below 720 px. The looks follow Feishu's desktop chat. */
export const PAGE_STYLE = `:root{color-scheme:light dark;--page:#fff;--side:#f5f6f7;--line:#dee0e3;--text:#1f2329;--dim:#646a73;--faint:#8f959e;--bubble:#f2f3f5;--chosen:#e1eaff;--blue:#1456f0;--green:#2ea121}
@media (prefers-color-scheme:dark){:root{--page:#1a1a1a;--side:#222;--line:#373737;--text:#ebebeb;--dim:#a6a6a6;--faint:#8a8a8a;--bubble:#2b2b2b;--chosen:#26324d;--blue:#75a4ff;--green:#51ba43}}
*{box-sizing:border-box}
html,body{height:100%}
body{margin:0;display:flex;flex-direction:column;background:var(--page);color:var(--text);font:14px/1.57 -apple-system,"PingFang SC","Segoe UI","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1,h2,h3,p,ul{margin:0;padding:0}
a{color:var(--blue);text-decoration:none}
a:hover{text-decoration:underline}
a:focus-visible,summary:focus-visible{outline:2px solid var(--blue);outline-offset:-2px}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.bar{display:flex;align-items:center;gap:12px;padding:10px 16px;border-bottom:1px solid var(--line);background:var(--side)}
.bar h1{font-size:15px;white-space:nowrap}
.bar p{flex:1;color:var(--dim);font-size:12px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.live{font-size:12px;color:var(--faint);white-space:nowrap}
.live:not(:empty)::before{content:"";display:inline-block;width:7px;height:7px;margin-right:5px;border-radius:50%;background:var(--faint)}
.live.on{color:var(--green)}
.live.on::before{background:var(--green)}
main{flex:1;display:flex;min-height:0}
nav{width:290px;flex:none;overflow-y:auto;background:var(--side);border-right:1px solid var(--line)}
nav ul{list-style:none;padding:8px}
nav a{display:grid;grid-template-columns:44px 1fr auto;column-gap:10px;align-items:center;padding:9px 10px;border-radius:8px;color:inherit}
nav a:hover{text-decoration:none;background:var(--bubble)}
nav .open a{background:var(--chosen)}
nav .avatar{grid-row:span 2}
nav .name,nav .preview{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
nav time{font-size:12px;color:var(--faint)}
nav .preview{grid-column:2/4;font-size:12px;color:var(--dim)}
nav .unread .name{font-weight:600}
nav .unread .preview::before{content:"";display:inline-block;width:8px;height:8px;margin-right:6px;border-radius:50%;background:#f54a45}
.avatar{display:flex;align-items:center;justify-content:center;width:40px;height:40px;flex:none;border-radius:50%;color:#fff;font-weight:600}
.avatar.group{border-radius:10px}
.avatar.bot{width:36px;height:36px;background:#d6e4ff;font-size:18px}
${COLORS.map((color, i) => `.c${i}{background:${color}}`).join('\n')}
#panes{flex:1;min-width:0;display:flex;position:relative}
.chat{display:none;flex:1;min-width:0;flex-direction:column}
.chat.open{display:flex}
.chat>header{display:flex;align-items:center;gap:10px;padding:10px 20px;border-bottom:1px solid var(--line)}
.chat>header h2{font-size:16px;line-height:1.4;overflow-wrap:anywhere}
.chat>header small{color:var(--faint);font-size:12px}
.back{display:none;font-size:28px;line-height:1;padding:0 8px 4px 0}
.messages{flex:1;overflow-y:auto;padding:16px 20px}
.message{display:flex;gap:10px;margin-bottom:20px;scroll-margin:20px}
.message:target .said>footer{color:var(--blue)}
.message.new{animation:come .3s ease-out}
@keyframes come{from{opacity:0;transform:translateY(8px)}}
@media (prefers-reduced-motion:reduce){.message.new{animation:none}}
.said{min-width:0;max-width:min(640px,100%)}
.said:has(.lc-card){flex:1;max-width:600px}
.said:has(.lc-mode-fill){max-width:900px}
.said>header{display:flex;align-items:center;gap:6px;margin-bottom:4px;color:var(--dim);font-size:12px}
.said>header b{font-weight:500}
.badge{font-style:normal;font-size:10px;line-height:16px;padding:0 5px;border-radius:4px;background:var(--chosen);color:var(--blue)}
.said>header time,.said>footer{color:var(--faint);font-size:11px}
.said>footer{margin-top:4px;overflow-wrap:anywhere}
.said>footer em{font-style:normal;color:var(--blue)}
.bubble{display:inline-block;max-width:100%;padding:9px 13px;border-radius:8px;background:var(--bubble);overflow-wrap:anywhere}
.bubble.text{white-space:pre-wrap}
.bubble.post .line{min-height:1.57em;white-space:pre-wrap}
.bubble.post h3{font-size:15px;margin-bottom:4px}
.bubble .lc-markdown{white-space:normal}
.bubble.file{display:inline-flex;gap:10px;align-items:center;border:1px solid var(--line);background:var(--page)}
.bubble.file b{display:block;font-weight:500}
.bubble.file small{color:var(--faint)}
.bubble.file .icon{font-size:28px}
.bubble pre{margin:4px 0;padding:8px 10px;border-radius:6px;background:var(--side);overflow-x:auto}
.picture img,.bubble img{display:block;max-width:min(420px,100%);max-height:420px;border-radius:8px;border:1px solid var(--line)}
.nothing{color:var(--dim)}
.at{color:var(--blue)}
.quote{display:block;margin-bottom:4px;padding-left:8px;border-left:2px solid var(--line);color:var(--dim);font-size:12px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.recalled summary{cursor:pointer;color:var(--faint);font-size:13px;list-style:none}
.recalled summary u{color:var(--blue);text-decoration:none;margin-left:4px}
.recalled[open]>:not(summary){margin-top:8px;opacity:.55}
.empty{margin:auto;padding:24px;text-align:center;color:var(--dim)}
.empty pre{display:inline-block;margin:12px 0;padding:12px 16px;border-radius:8px;background:var(--side);color:var(--text);text-align:left;white-space:pre-wrap;overflow-wrap:anywhere}
.chosen .empty,.some .empty .none,body:not(.some) .empty .some{display:none}
@media (max-width:719px){
.bar p{display:none}.bar h1{flex:1}
nav{width:100%;border:0}#panes{display:none}
.chosen nav{display:none}.chosen #panes{display:flex}
body:not(.some) nav{display:none}body:not(.some) #panes{display:flex}
.back{display:block}.chat>header,.messages{padding-left:12px;padding-right:12px}
.avatar.bot{width:30px;height:30px;font-size:15px}
}
@media (scripting:none){.chat{display:flex}#panes{display:block;overflow-y:auto}.empty{display:none}}
${CARD_CSS}
`;

/** The look of the single components, by the variables of CARD_CSS. */
export const COMPONENT_CSS = `.lc-table { overflow-x: auto; border: 1px solid var(--lc-line); border-radius: 6px }
.lc-table table { width: 100%; border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums }
.lc-table th { font-weight: 600; white-space: nowrap } .lc-light-head th { font-weight: 400 }
.lc-table th, .lc-table td { padding: 5px 12px; border-bottom: 1px solid var(--lc-line); vertical-align: middle } .lc-markdown th, .lc-markdown td { border-right: 1px solid var(--lc-line) }
.lc-markdown th:last-child, .lc-markdown td:last-child { border-right: 0 } .lc-table tbody tr:last-child td { border-bottom: 0 }
.lc-grey-head th, .lc-markdown .lc-table th { background: var(--lc-pale) }
.lc-table td { min-width: 72px } .lc-rows-low td { height: 36px; max-width: 280px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis } .lc-rows-low .lc-people { flex-wrap: nowrap } .lc-rows-middle td { height: 56px } .lc-rows-high td { height: 80px } .lc-rows-own td { height: var(--lc-row) }
.lc-frozen th:first-child, .lc-frozen td:first-child { position: sticky; left: 0; background: var(--lc-surface) } .lc-frozen .lc-grey-head th:first-child { background: var(--lc-pale) }
.lc-pager { padding: 4px 12px; border-top: 1px solid var(--lc-line); font-size: 12px; text-align: right; color: var(--lc-dim) }
.lc-buttons { display: flex; flex-wrap: wrap; gap: 8px; align-items: center } .lc-in-bisect > *, .lc-in-trisec > * { flex: 1 1 30% } .lc-in-bisect > * { flex-basis: 45% }
.lc-card .lc-button { display: inline-flex; gap: 4px; align-items: center; justify-content: center; min-width: 48px; min-height: 32px; max-width: 100%; padding: 4px 12px; border: 1px solid light-dark(#d0d3d6, #505050); border-radius: 6px; color: inherit; line-height: 22px; text-align: center; white-space: nowrap; overflow: hidden }
.lc-button-place > .lc-fill { display: flex } .lc-fill { width: 100%; flex: 1 }
.lc-card .lc-tiny { min-height: 24px; padding: 1px 8px; font-size: 12px; line-height: 20px } .lc-card .lc-small { min-height: 28px; padding: 2px 10px; font-size: 14px } .lc-card .lc-large { min-height: 40px; padding: 8px 16px }
.lc-card .lc-button-primary { border-color: var(--lc-blue); color: var(--lc-blue) } .lc-card .lc-button-danger { border-color: var(--lc-red); color: var(--lc-red) }
.lc-card .lc-button-primary_filled { border-color: #1456f0; background: #1456f0; color: #fff } .lc-card .lc-button-danger_filled { border-color: #e22e28; background: #e22e28; color: #fff }
.lc-card .lc-button-laser { border-color: transparent; background: linear-gradient(90deg, #3370ff, #7a35f0 60%, #c73fd8); color: #fff }
.lc-card .lc-button-text, .lc-card .lc-button-primary_text, .lc-card .lc-button-danger_text { min-width: 0; border-color: transparent; padding-inline: 6px } .lc-card .lc-button-primary_text { color: var(--lc-blue) } .lc-card .lc-button-danger_text { color: var(--lc-red) }
.lc-overflow { min-width: 0 !important; font-weight: 600; letter-spacing: 1px }
.lc-icon { display: inline-block; flex: none; width: 16px; height: 16px; vertical-align: -3px; object-fit: contain } .lc-header-icon { width: 20px; height: 20px }
.lc-mark { border: 1.5px solid currentColor; border-radius: 30% } .lc-filled { background: currentColor }
.lc-arrow { display: inline-flex; align-items: center; justify-content: center; width: 12px; height: 12px; flex: none } .lc-arrow::before { content: ""; width: 55%; height: 55%; border: solid currentColor; border-width: 0 1.5px 1.5px 0; transform: translateY(-20%) rotate(45deg) }
.lc-upward { rotate: 180deg } .lc-rightward { rotate: -90deg } .lc-leftward { rotate: 90deg }
.lc-avatar { display: inline-flex; align-items: center; justify-content: center; flex: none; width: var(--lc-face, 24px); height: var(--lc-face, 24px); border-radius: 50%; background: light-dark(#5083fb, #3370eb); color: #fff; font-size: calc(var(--lc-face, 24px) * .45); line-height: 1 }
.lc-person { display: inline-flex; gap: 6px; align-items: center; vertical-align: middle } .lc-person-extra_small { --lc-face: 18px; gap: 4px } .lc-person-small { --lc-face: 20px } .lc-person-large { --lc-face: 32px }
.lc-capsule { padding: 1px 10px 1px 2px; border-radius: 20px; background: light-dark(#eff0f1, #373737) }
.lc-people { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center } .lc-stacked { gap: 0 } .lc-stacked > .lc-person + .lc-person { margin-left: -6px } .lc-stacked .lc-avatar { border: 1.5px solid var(--lc-surface) }
.lc-picture { display: block; max-width: 100%; width: 100%; border-radius: 6px; object-fit: cover } .lc-cropped { max-height: 420px } .lc-top { object-position: top } .lc-on-white { background: #fff }
.lc-photo { width: 14px; height: 12px; margin-right: 4px; border-radius: 2px; opacity: .7; background: radial-gradient(circle at 30% 32%, currentColor 1.2px, transparent 1.6px), linear-gradient(215deg, transparent 55%, currentColor 56%) }
.lc-image-title { margin-bottom: 4px; font-size: 14px; color: var(--lc-ink) }
.lc-absent { display: flex; align-items: center; justify-content: center; min-width: 16px; min-height: 40px; max-width: 100%; padding: 8px 16px; border-radius: 6px; background: var(--lc-pale); font-size: 12px; overflow: hidden }
.lc-images { display: grid; gap: 4px; grid-template-columns: repeat(3, 1fr) } .lc-images > * { width: 100%; aspect-ratio: 1; object-fit: cover; border-radius: 4px }
.lc-images-double, .lc-images-triple { grid-template-columns: 2fr 1fr } .lc-images-double > *, .lc-images-triple > * { aspect-ratio: auto; height: 100% } .lc-images-double { height: min(45cqw, 260px) } .lc-images-triple { height: min(60cqw, 340px); grid-template-rows: 1fr 1fr } .lc-images-triple > :first-child { grid-row: span 2 } .lc-images-double > *, .lc-images-triple > * { min-height: 0 }
.lc-images-bisect { grid-template-columns: 1fr 1fr } .lc-images-bisect > * { aspect-ratio: 16 / 10 }
.lc-choices { display: grid; gap: 8px } .lc-choices-bisect { grid-template-columns: 1fr 1fr } .lc-choices-trisect { grid-template-columns: 1fr 1fr 1fr }
.lc-choice { position: relative } .lc-choice img, .lc-choice .lc-absent { width: 100%; aspect-ratio: 16 / 9; border: 1px solid var(--lc-line); border-radius: 6px; object-fit: cover } .lc-choice > .lc-box-mark { position: absolute; top: 8px; right: 8px }
.lc-audio { display: flex; gap: 10px; align-items: center; width: fit-content; padding: 8px 16px 8px 10px; border-radius: 20px; background: var(--lc-pale) } .lc-play { width: 24px; height: 24px; border-radius: 50%; background: #1456f0; display: flex; align-items: center; justify-content: center } .lc-play::before { content: ""; margin-left: 2px; border: solid transparent; border-width: 5px 0 5px 8px; border-left-color: #fff }
.lc-wave { display: flex; gap: 2px; align-items: center } .lc-wave i { width: 2px; border-radius: 1px; background: var(--lc-faint) }
.lc-input { display: flex; gap: 8px; align-items: center; justify-content: space-between; width: 200px; max-width: 100%; min-height: 32px; padding: 4px 11px; border: 1px solid light-dark(#d0d3d6, #505050); border-radius: 6px; background: var(--lc-surface) } .lc-input.lc-fill { width: 100% } .lc-many { align-items: flex-start } .lc-bare { width: auto; border-color: transparent; padding-inline: 0 } .lc-field > .lc-input { width: 100% }
.lc-placeholder { color: var(--lc-faint) } .lc-input > :first-child { overflow: hidden; text-overflow: ellipsis }
.lc-calendar, .lc-clock { flex: none; width: 14px; height: 14px; border: 1.5px solid var(--lc-faint); border-radius: 3px } .lc-calendar { border-top-width: 4px } .lc-clock { border-radius: 50%; background: linear-gradient(var(--lc-faint), var(--lc-faint)) 50% 25% / 1.5px 5px no-repeat }
.lc-label { margin-bottom: 4px; color: var(--lc-ink) } .lc-star { margin-left: 2px; color: var(--lc-red) } .lc-label-left { display: flex; gap: 12px; align-items: baseline } .lc-label-left > .lc-input { flex: 1 }
.lc-checker { display: flex; gap: 8px; align-items: flex-start } .lc-checker > .lc-box-mark { margin-top: 3px } .lc-struck { text-decoration: line-through }
.lc-box-mark { flex: none; width: 16px; height: 16px; border: 1px solid var(--lc-faint); border-radius: 4px; background: var(--lc-surface) } .lc-round { border-radius: 50% } .lc-checked { border-color: #1456f0; background: #1456f0; position: relative } .lc-checked::after { content: ""; position: absolute; left: 5px; top: 2px; width: 4px; height: 8px; border: solid #fff; border-width: 0 1.5px 1.5px 0; rotate: 45deg }
.lc-container { position: relative; justify-content: flex-start; gap: 12px; padding: 4px 12px } .lc-open { position: absolute; inset: 0 } .lc-container a:not(.lc-open), .lc-container .lc-button { position: relative; z-index: 1 }
.lc-panel { overflow: hidden } .lc-panel > summary { padding: 4px 0; display: flex; gap: 8px; align-items: center; list-style: none; cursor: pointer } .lc-panel > summary::-webkit-details-marker { display: none } .lc-panel[open] > summary > .lc-turning { transform: rotate(var(--lc-turn)) } .lc-panel-body { padding: 8px }
.lc-framed > summary { padding: 4px 8px }
.lc-form { gap: 12px }
.lc-chart { position: relative; min-height: 60px; aspect-ratio: 16 / 9; overflow: hidden; color: var(--lc-dim); font-size: 12px } .lc-chart > div { position: absolute !important; inset: 0 } .lc-chart-fault { color: var(--lc-red) }`;

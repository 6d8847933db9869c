/** The report's style: light and dark, wide and narrow. No fonts, images or scripts from anywhere. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --back: #fbfcfc; --card: #fff; --text: #17211f; --quiet: #5a6866; --rule: #dde4e3; --grid: #e8edec;
  --good: #0f7a3d; --bad: #b3261e; --limit: #b3261e;
  --shoal: #0b7a75; --floor: #7a8684; --p1: #c2500c; --p2: #8e3bb0; --p3: #2b5fd0; --p4: #b3254f; --p5: #5d7a0a; --p6: #0a7fa8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #0e1514; --card: #151e1d; --text: #e4ecea; --quiet: #95a5a2; --rule: #2a3735; --grid: #222e2c;
    --good: #5fd08c; --bad: #ff8a80; --limit: #ff8a80;
    --shoal: #43cfc4; --floor: #93a09e; --p1: #ff9d5c; --p2: #d394f0; --p3: #86acff; --p4: #ff8fac; --p5: #b5d34a; --p6: #5cc8ee;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.25rem; margin: 2.6rem 0 .3rem; }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: .3rem 0 .8rem; max-width: 46rem; }
.quiet, figcaption { color: var(--quiet); }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
.facts { display: grid; grid-template-columns: auto 1fr; gap: .1rem 1rem; margin: 1rem 0; font-size: .92rem; }
.facts dt { color: var(--quiet); } .facts dd { margin: 0; overflow-wrap: anywhere; }
.notes { border-left: 4px solid var(--rule); padding: .3rem .8rem; margin: .8rem 0; color: var(--quiet); font-size: .92rem; }
.notes.wrong { border-color: var(--bad); color: var(--bad); }
.grid-of-plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); gap: 1rem; }
figure { margin: 0; padding: 1rem; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; min-width: 0; }
figcaption { font-size: .86rem; margin-top: .5rem; line-height: 1.4; }
.legend { display: flex; flex-wrap: wrap; gap: .1rem .9rem; font-size: .84rem; margin-bottom: .4rem; }
.legend span::before { content: ""; display: inline-block; width: .75em; height: .75em; margin-right: .4em; border-radius: 2px; background: var(--c); }
.legend .dashed::before { height: 0; border-radius: 0; border-top: 2px dashed var(--c); background: none; width: 1.2em; vertical-align: middle; }
.legend .half::before { opacity: .5; }
svg { display: block; width: 100%; height: auto; }
svg text { font: 12px system-ui, sans-serif; fill: var(--quiet); font-variant-numeric: tabular-nums; }
svg .label { fill: var(--text); } svg .name { fill: var(--text); font-weight: 600; }
svg .grid { stroke: var(--grid); } svg .axis { stroke: var(--quiet); }
svg .limit { stroke: var(--limit); stroke-dasharray: 3 3; }
svg .line path { fill: none; stroke: var(--c); stroke-width: 2; } svg .line circle { fill: var(--c); stroke: var(--card); stroke-width: 1.5; }
svg .bar rect { fill: var(--c); } svg .bar .part-1 { opacity: .5; }
.c-shoal { --c: var(--shoal); } .c-floor, .c-proportional { --c: var(--floor); }
.c-colyseus-aoi { --c: var(--p1); } .c-colyseus-rooms { --c: var(--p2); } .c-socketio { --c: var(--p3); }
.c-socketio-uws { --c: var(--p6); } .c-ws-json { --c: var(--p4); } .c-ws-json-batch { --c: var(--p5); } .c-limit { --c: var(--limit); }
.c-push { --c: var(--shoal); } .c-long-polling { --c: var(--p3); } .c-short-polling { --c: var(--p1); }
.scroll { overflow-x: auto; }
.wide td:first-child, .wide th:first-child { white-space: nowrap; position: sticky; left: 0; background: var(--back); padding-right: 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
th { color: var(--quiet); font-weight: 500; }
td.n, th.n { text-align: right; white-space: nowrap; }
.met { color: var(--good); font-weight: 600; white-space: nowrap; } .missed { color: var(--bad); font-weight: 600; white-space: nowrap; }
.not-measured { color: var(--quiet); white-space: nowrap; }
details { margin-top: 1rem; } summary { cursor: pointer; }
@media (max-width: 640px) {
  main { padding: 1rem .75rem 3rem; }
  figure { padding: .75rem; }
  svg text { font-size: 14px; }
  .cards thead { display: none; }
  .cards tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--rule); }
  .cards td { display: block; border: 0; padding: .05rem 0; text-align: left; }
  .cards td:first-child { font-weight: 600; }
  .cards td:empty { display: none; }
  .cards td[data-label]::before { content: attr(data-label) ": "; color: var(--quiet); font-weight: 400; }
}
`;

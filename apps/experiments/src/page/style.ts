/** The style sheet of a report: one column of text, thin rules, two inks; light or dark as the reader's system is. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf6; --ink: #23221e; --soft: #69655b; --rule: #d8d3c6; --shade: #f2efe7; --signal: #c48200;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #17181b; --ink: #e4e0d6; --soft: #a5a094; --rule: #3b3c40; --shade: #1f2024; }
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; }
body {
  max-width: 47rem; margin: 0 auto; padding: clamp(2rem, 7vw, 5rem) 1.5rem 6rem;
  font: 1.0625rem/1.55 'Iowan Old Style', Palatino, 'Palatino Linotype', P052, 'URW Palladio L', Georgia, serif;
  font-variant-numeric: lining-nums; hanging-punctuation: first;
}
h1 { margin: 0 0 1.25rem; font-size: clamp(1.9rem, 5vw, 2.6rem); font-weight: 400; line-height: 1.15; letter-spacing: -0.01em; text-wrap: balance; overflow-wrap: anywhere; }
h2 { margin: 4rem 0 1.25rem; padding-top: 0.75rem; border-top: 1px solid var(--rule); font-size: 1.3rem; font-weight: 400; }
p { margin: 0 0 1rem; max-width: 40rem; text-wrap: pretty; hyphens: manual; }
.kicker { margin: 0 0 0.5rem; color: var(--soft); font-size: 0.9rem; letter-spacing: 0.02em; }
.lede { font-size: 1.2rem; line-height: 1.5; }
.note { margin: 1.75rem 0 0; padding: 0.1rem 0 0.1rem 1rem; border-left: 3px solid var(--signal); }
.note strong { font-weight: 600; }
.pair { display: grid; gap: 1.5rem 2.5rem; align-items: start; }
@media (min-width: 46rem) { .pair { grid-template-columns: 1.45fr 1fr; } }
figure { margin: 0; }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption, caption { color: var(--soft); font-size: 0.95rem; line-height: 1.45; text-align: left; }
figcaption { margin-top: 0.35rem; }
table { width: 100%; border-collapse: collapse; font-size: 0.98rem; font-variant-numeric: lining-nums tabular-nums; }
caption { padding-bottom: 0.5rem; }
th, td { padding: 0.38rem 0.75rem 0.38rem 0; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--rule); font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--soft); font-size: 0.9rem; border-bottom-color: var(--soft); }
th[scope='row'] { color: var(--soft); }
td { overflow-wrap: anywhere; }
.number { text-align: right; }
.interval { display: block; white-space: nowrap; color: var(--soft); font-size: 0.88rem; }
.motifs { margin: 0; padding: 0; list-style: none; }
.motifs li { margin: 0 0 2.5rem; }
.motifs figcaption { margin-left: 34px; }
.consensus { color: var(--ink); font: 0.9em ui-monospace, 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace; letter-spacing: 0.06em; overflow-wrap: anywhere; }
pre { margin: 0 0 1.5rem; padding: 0.9rem 1.1rem; background: var(--shade); border-radius: 3px; font: 0.88rem/1.5 ui-monospace, 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
details { margin-top: 1.25rem; }
summary { color: var(--soft); cursor: pointer; }
summary:focus-visible { outline: 2px solid var(--signal); outline-offset: 3px; }
details table { margin-top: 0.75rem; max-width: 24rem; }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #555; --rule: #ccc; --shade: #f4f4f4; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2 { margin-top: 2.5rem; break-after: avoid; }
  figure, table, li { break-inside: avoid; }
}
`;

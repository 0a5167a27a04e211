/** Style of the report; it stands in the page itself. */
export const REPORT_STYLE = `
:root { color-scheme: light; --ink: #1d2733; --soft: #5b6775; --line: #dfe4ea; --paper: #ffffff; }
* { box-sizing: border-box; }
body { margin: 0; background: #f4f6f8; color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; background: var(--paper); }
h1 { margin: 0.2rem 0; font-size: 1.8rem; }
h2 { margin: 2.2rem 0 0.6rem; font-size: 1.15rem; }
.verdict { display: inline-block; margin: 0; padding: 0.15rem 0.7rem; border-radius: 1rem; background: #5b6775; color: #fff; }
.verdict.serverless { background: #00734f; }
.verdict.hybrid { background: #8a5a00; }
.verdict.traditional { background: #00588a; }
.summary { font-size: 1.1rem; }
.date, li { color: var(--soft); }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; }
th, td { padding: 0.35rem 0.6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.yes { color: #00734f; }
.no { color: #b03a2e; }
figure { margin: 0; }
figure svg { max-width: 100%; height: auto; }
pre { overflow-x: auto; padding: 1rem; background: #f4f6f8; border-radius: 0.4rem; font-size: 0.85rem; }
a { color: #00588a; }
@media print { body { background: none; } main { max-width: none; padding: 0; } section { break-inside: avoid; } }
`;

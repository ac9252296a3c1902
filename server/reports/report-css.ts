import { paletteCss, type Theme } from '@/pictures/palette';

/** Colours beside those of the pictures. */
const COLOURS: Record<Theme, string> = {
  light: '--page: #f5f6f8; --good: #0b7548; --warn: #8a5a00; --bad: #c0271d; --line: #e1e5e9;',
  dark: '--page: #0a0c0f; --good: #45c98f; --warn: #e8a93a; --bad: #ff6f66; --line: #20262d;',
};

const theme = (name: Theme) => `:root { ${paletteCss(name)} ${COLOURS[name]} }`;

/** A phone gets the pictures drawn for it; paper gets the light theme and one column. */
export const REPORT_CSS = `
:root { color-scheme: light dark; }
${theme('light')}
@media (prefers-color-scheme: dark) { ${theme('dark')} }
@media print { :root { color-scheme: light; } ${theme('light')} }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1300px; padding: 24px 16px 40px; background: var(--page); color: var(--text);
  font: 14px/1.5 Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; }
h1 { margin: 0; font-size: 24px; line-height: 1.25; }
h2 { margin: 0 0 10px; font-size: 16px; }
h3 { margin: 20px 0 4px; font-size: 14px; }
p { margin: 0 0 8px; max-width: 92ch; overflow-wrap: anywhere; }
.subtitle { color: var(--text-2); }
.question { font-size: 16px; }
section { margin: 16px 0 0; padding: 16px; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.headline { font-size: 20px; line-height: 1.35; font-weight: 600; }
ul { margin: 0 0 12px; padding-left: 20px; max-width: 100ch; }
li { margin: 0 0 6px; overflow-wrap: anywhere; }
.wide { overflow-x: auto; margin: 8px 0 12px; }
table { border-collapse: collapse; width: 100%; font-size: 12px; line-height: 1.4; }
caption { text-align: left; padding: 0 0 4px; font-weight: 600; font-size: 13px; }
th, td { padding: 4px 5px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; white-space: nowrap; }
th { color: var(--text-2); font-weight: 500; vertical-align: bottom; }
.n { text-align: right; }
.t { white-space: normal; min-width: 130px; }
.c, pre, dd { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
dd { font-size: 12px; }
.s { font-weight: 600; }
.good { color: var(--good); }
.warn { color: var(--warn); }
.bad { color: var(--bad); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 20px; margin: 0; }
dt { color: var(--text-2); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 0 0 12px; padding: 10px 12px; border: 1px solid var(--line); border-radius: 6px; background: var(--page);
  white-space: pre-wrap; overflow-wrap: anywhere; font-size: 12px; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(560px, 1fr)); gap: 20px 16px; margin: 8px 0 0; }
figure { margin: 0; min-width: 0; break-inside: avoid; }
figcaption { font-weight: 600; font-size: 13px; padding: 0 0 6px; }
svg { display: block; }
.p { display: none; }
footer { margin: 16px 0 0; color: var(--text-2); font-size: 12px; }
@media (max-width: 640px) {
  body { padding: 16px 8px 32px; }
  section { padding: 12px; }
  .w { display: none; }
  .p { display: block; }
  .figures { grid-template-columns: minmax(0, 1fr); }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin: 0 0 8px; }
}
@media print {
  body { padding: 0; font-size: 11px; max-width: none; }
  section { border: 0; padding: 8px 0; background: none; }
  .wide { overflow: visible; }
  table { font-size: 8px; }
  th, td { padding: 2px 3px; white-space: normal; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  .figures { display: block; }
  .w { display: block; }
  .p { display: none; }
}
`;

type Attributes = Record<string, string | number | undefined>;

/** Text made safe for XML and HTML, in content and in quoted attributes; characters that XML forbids become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** An element with its attributes escaped, numbers to three decimals; children are markup and stay as they are. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escapeXml(String(value))}"`);
  return `<${name}${written.join('')}${children.length ? `>${children.join('')}</${name}>` : '/>'}`;
}

/** A text element with its content escaped. */
export function label(content: string, attributes: Attributes): string {
  return element('text', attributes, escapeXml(content));
}

/** A number as SVG text: at most three decimals, no exponent, no −0. */
export function round(value: number): string {
  return String(Math.round(value * 1000) / 1000 + 0);
}

/** Size in pixels and text alternative of a picture. */
export interface Picture {
  width: number;
  height: number;
  /** What the picture is, in a few words: its name for a screen reader. */
  title: string;
  /** What it shows, for readers who do not see it. */
  description: string;
}

/** A picture that is a file of its own, in an `<img>` say, has no text around it: ink and paper follow the reader's system. */
const STYLE = '<style>svg:root{color-scheme:light dark;color:CanvasText}</style>';

/** The `<svg>` around a picture: scales with the page, takes the ink of the text around it, speaks its text alternative. */
export function picture({ width, height, title, description }: Picture, ...children: string[]): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${round(width)} ${round(height)}`,
    role: 'img',
    'aria-label': title,
    'font-family': 'ui-sans-serif, system-ui, sans-serif',
    'font-size': 11,
    fill: 'currentColor',
  };
  const alternative = [element('title', {}, escapeXml(title)), element('desc', {}, escapeXml(description))];
  return element('svg', attributes, ...alternative, STYLE, ...children);
}

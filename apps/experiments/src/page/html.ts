import { escapeXml } from '@hairpin/interpret';

/** Markup that is safe to put into a page as it is. */
export class Html {
  constructor(readonly markup: string) {}
}

type Content = Html | string | number | readonly Content[];

/** A template of markup: what is put in is escaped unless it is itself `Html`; lists are joined. */
export function html(template: TemplateStringsArray, ...content: Content[]): Html {
  return new Html(template.map((text, i) => (i === 0 ? text : write(content[i - 1]) + text)).join(''));
}

function write(content: Content): string {
  if (content instanceof Html) return content.markup;
  return typeof content === 'object' ? content.map(write).join('') : escapeXml(String(content));
}

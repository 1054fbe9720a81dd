/** What stands in an element. */
export type Content = Node | string | undefined | readonly Content[];

type Tag = keyof HTMLElementTagNameMap;

/** Properties of an element by their names in the DOM, and attributes that are none. */
type Properties<K extends Tag> = Partial<Omit<HTMLElementTagNameMap[K], 'style' | 'attributes'>> & {
  readonly attributes?: Readonly<Record<string, string>>;
};

/** An element with its properties and what stands in it; text is text, never markup. */
export function make<K extends Tag>(
  tag: K,
  { attributes = {}, ...properties }: Properties<K> = {},
  ...content: Content[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...nodes(content));
  return element;
}

function nodes(content: Content): (Node | string)[] {
  if (content === undefined) return [];
  return typeof content === 'string' || content instanceof Node ? [content] : content.flatMap(nodes);
}

let made = 0;

/** An id that no other element has. */
export const newId = (what: string): string => `${what}-${++made}`;

/** Raises unless the tags of some XML nest, its attributes are quoted and its text holds no stray `<` or `&`. */
export function checkWellFormed(xml: string): void {
  const open: string[] = [];
  const rest = xml.replace(/<(\/?)([\w-]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/g, (_, closing, name, _attributes, empty) => {
    if (closing && open.pop() !== name) throw new Error(`</${name}> closes nothing`);
    if (!closing && !empty) open.push(name);
    return '';
  });
  if (open.length) throw new Error(`<${open.at(-1)}> is never closed`);
  if (/[<>]|&(?!#\d+;)/.test(rest)) throw new Error(`stray markup: ${rest.match(/.{0,20}[<>&].{0,20}/)}`);
}

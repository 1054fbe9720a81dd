/**
 * Puts a picture into the page and tells what is wrong with it: what is cut off, which texts lie on each other or under a
 * line, which do not stand out from the paper. Runs in the browser, so it uses nothing from outside.
 *
 * @param {{ svg: string, paper: number[], ink: number[] }} picture
 * @returns {string[]}
 */
export function flaws({ svg, paper, ink }) {
  const css = (rgb) => `rgb(${rgb.join(',')})`;
  document.body.style.cssText = `margin:0;background:${css(paper)};color:${css(ink)}`;
  document.body.innerHTML = svg;
  const root = document.body.querySelector('svg');
  const whole = root.getBoundingClientRect();
  const found = [];

  for (const shape of root.querySelectorAll('text, path, rect, circle, line, image')) {
    const box = shape.getBoundingClientRect();
    const beyond = [whole.left - box.left, whole.top - box.top, box.right - whole.right, box.bottom - whole.bottom];
    if (Math.max(...beyond) > 0.6) found.push(`cut off by ${Math.max(...beyond).toFixed(1)} px: ${nameOf(shape)}`);
  }

  const texts = [...root.querySelectorAll('text')].filter((text) => text.textContent.trim() !== '');
  const boxes = texts.map((text) => inkBox(text));
  for (let i = 0; i < texts.length; i++) {
    for (let j = i + 1; j < texts.length; j++) {
      const [a, b] = [boxes[i], boxes[j]];
      const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      if (!apart) found.push(`overlap: ${nameOf(texts[i])} and ${nameOf(texts[j])}`);
    }
  }

  for (const stroke of root.querySelectorAll('path[fill=none], line')) {
    const points = pointsAlong(stroke);
    for (let i = 0; i < texts.length; i++) {
      const { left, right, top, bottom } = boxes[i];
      const isHit = points.some(({ x, y }) => x > left + 1 && x < right - 1 && y > top + 1 && y < bottom - 1);
      if (isHit) found.push(`crossed by a line: ${nameOf(texts[i])}`);
    }
  }

  for (const text of texts) {
    const contrast = contrastOf(text);
    if (contrast < 4.5) found.push(`contrast ${contrast.toFixed(1)}: ${nameOf(text)}`);
  }
  return found;

  /** Places every pixel or two along a line, in the page. */
  function pointsAlong(stroke) {
    const matrix = stroke.getScreenCTM();
    const length = stroke.getTotalLength();
    const steps = Math.ceil(length / 1.5) || 1;
    return Array.from({ length: steps + 1 }, (_, i) =>
      stroke.getPointAtLength((length * i) / steps).matrixTransform(matrix),
    );
  }

  /** The box of the letters: a font's line leaves a fifth of its height empty at either side. */
  function inkBox(text) {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const isUpright = (text.getAttribute('transform') ?? '').includes('rotate');
    const [x, y] = isUpright ? [(right - left) / 5, 0] : [0, (bottom - top) / 5];
    return { left: left + x, right: right - x, top: top + y, bottom: bottom - y };
  }

  /** WCAG's contrast of a text and the paper, opacity taken into account. */
  function contrastOf(text) {
    const style = getComputedStyle(text);
    const rgb = style.fill.match(/[\d.]+/g).map(Number);
    const opacity = Number(style.fillOpacity);
    const seen = paper.map((p, i) => p + (rgb[i] - p) * opacity);
    const [low, high] = [luminance(seen), luminance(paper)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  function luminance(rgb) {
    const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function nameOf(shape) {
    return shape.tagName === 'text' ? JSON.stringify(shape.textContent) : shape.outerHTML.slice(0, 120);
  }
}

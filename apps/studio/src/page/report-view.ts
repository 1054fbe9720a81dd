import { experimentPage, type ExperimentResult } from '@hairpin/experiments';
import { make } from './element';

/** What a run has found: its report, and both files to keep. */
export function reportView(result: ExperimentResult): HTMLElement {
  const page = experimentPage(result);
  const json = `${JSON.stringify(result, undefined, 2)}\n`;
  return make(
    'div',
    { className: 'report' },
    make(
      'div',
      { className: 'actions' },
      download(`${result.experiment}-report.html`, page, 'text/html', 'Download report.html'),
      download(`${result.experiment}-result.json`, json, 'application/json', 'Download result.json'),
    ),
    frame(page, result.question),
  );
}

function download(name: string, text: string, type: string, says: string): HTMLElement {
  const url = URL.createObjectURL(new Blob([text], { type }));
  return make('a', { className: 'button', href: url, download: name }, says);
}

/** As high as its page, so that there is one scroll bar. That the height can be read takes the same origin; scripts stay forbidden. */
function frame(page: string, title: string): HTMLIFrameElement {
  const element = make('iframe', {
    title: `Report: ${title}`,
    srcdoc: page,
    attributes: { sandbox: 'allow-same-origin' },
  });
  const fit = () => {
    const body = element.contentDocument?.body;
    if (body) element.style.height = `${Math.ceil(body.getBoundingClientRect().height)}px`;
  };
  element.addEventListener('load', () => {
    fit();
    if (element.contentDocument) new ResizeObserver(fit).observe(element.contentDocument.body);
  });
  return element;
}

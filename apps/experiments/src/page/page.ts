import { Html, html } from './html';
import { style } from './style';

/** A whole page: nothing is fetched and no script runs, and the policy in its head makes sure of both. */
export function page(title: string, body: Html): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `.markup;
}

/** A part of the page under a heading of its own. */
export function section(heading: string, ...content: Html[]): Html {
  return html`<section>
    <h2>${heading}</h2>
    ${content}
  </section> `;
}

/** A picture with what is said below it. */
export function figure(svg: string, caption: Html): Html {
  return html`<figure>
    ${new Html(svg)}
    <figcaption>${caption}</figcaption>
  </figure> `;
}

/** Facts by name, one a row; those without a value are left out. */
export function factsTable(
  caption: string,
  facts: readonly (readonly [name: string, value: Html | string | undefined])[],
): Html {
  const rows = facts.flatMap(([name, value]) =>
    value === undefined
      ? []
      : [
          html`<tr>
            <th scope="row">${name}</th>
            <td class="number">${value}</td>
          </tr> `,
        ],
  );
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <tbody>
      ${rows}
    </tbody>
  </table> `;
}

/** Rows of numbers under the names of their columns; the first column names the row. */
export function numbersTable(caption: string, columns: readonly string[], rows: readonly (readonly string[])[]): Html {
  const head = columns.map((name, i) => html`<th scope="col" ${i > 0 ? NUMBER : ''}>${name}</th>`);
  const body = rows.map(([name, ...numbers]) => {
    return html`<tr>
      <th scope="row">${name}</th>
      ${numbers.map((n) => html`<td class="number">${n}</td>`)}
    </tr> `;
  });
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${head}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table> `;
}

const NUMBER = new Html(' class="number"');

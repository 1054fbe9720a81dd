import type { TextOption } from '@hairpin/experiments';
import { make } from './element';
import { Field } from './field';
import type { PickedFiles } from './picked-files';
import { bytes } from './words';

/** A field for a text, which may be the name of a file: one can be picked, or dropped on the field, and its name stands there. */
export function fileField(name: string, option: TextOption, files: PickedFiles): Field {
  const input = make('input', { type: 'file', hidden: true });
  const choose = make('button', { type: 'button', className: 'quiet' }, 'Choose a file…');
  const chosen = make('span', { className: 'chosen' });
  const field = new Field(name, option, make('div', { className: 'file' }, choose, chosen, input));

  const show = () => {
    const file = files.get(field.control.value.trim());
    chosen.textContent = file ? `${bytes(file.size)}, read in this page and sent nowhere` : 'or drop one here';
  };
  const take = (file: File | undefined) => {
    if (!file) return;
    files.add(file);
    field.write(file.name);
    show();
  };
  show();
  choose.addEventListener('click', () => input.click());
  input.addEventListener('change', () => take(input.files?.[0]));
  field.element.addEventListener('input', show);
  field.element.addEventListener('click', show); // its value may be restored
  acceptDrops(field.element, take);
  return field;
}

function acceptDrops(element: HTMLElement, take: (file: File | undefined) => void): void {
  const over = (isOver: boolean) => element.classList.toggle('is-drop-target', isOver);
  element.addEventListener('dragover', (event) => {
    event.preventDefault();
    over(true);
  });
  element.addEventListener('dragleave', () => over(false));
  element.addEventListener('drop', (event) => {
    event.preventDefault();
    over(false);
    take(event.dataTransfer?.files[0]);
  });
}

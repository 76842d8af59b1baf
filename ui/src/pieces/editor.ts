import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup } from 'codemirror';
import type { Answer } from '../api.ts';

type Finding = Answer<'workshop'>['findings'][number];

export interface Editor {
  /** marks what was found at its places */
  readonly show: (findings: readonly Finding[]) => void;
  readonly go: (line: number, column: number) => void;
  readonly close: () => void;
}

/** In the page's own colours, which know light and dark. */
const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--busy)' },
  { tag: [tags.string, tags.content], color: 'var(--ink)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword, tags.typeName], color: 'var(--unsure)' },
  { tag: [tags.comment, tags.meta, tags.punctuation, tags.separator], color: 'var(--dim)' },
  { tag: tags.invalid, color: 'var(--bad)' },
]);

/** A text editor for YAML and JSON (which is YAML). */
export const createEditor = (parent: HTMLElement, text: string, changed: (text: string) => void): Editor => {
  const view = new EditorView({
    parent,
    doc: text,
    extensions: [
      basicSetup,
      yaml(),
      syntaxHighlighting(colours),
      lintGutter(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'YAML' }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) changed(update.state.doc.toString());
      }),
    ],
  });
  const at = (line: number, column: number): number => {
    const found = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
    return Math.min(found.from + column - 1, found.to);
  };
  return {
    show: (findings) =>
      view.dispatch(
        setDiagnostics(
          view.state,
          findings
            .filter(({ line }) => line !== null)
            .map(({ line, column, severity, message }) => {
              const from = at(line ?? 1, column ?? 1);
              return { from, to: view.state.doc.lineAt(from).to, severity, message };
            }),
        ),
      ),
    go: (line, column) => {
      const anchor = at(line, column);
      view.dispatch({ selection: { anchor }, scrollIntoView: true });
      view.focus();
    },
    close: () => view.destroy(),
  };
};

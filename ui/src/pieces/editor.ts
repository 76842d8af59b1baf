import { yaml } from '@codemirror/lang-yaml';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import type { Answer } from '../api.ts';

type Finding = Answer<'workshop'>['findings'][number];

export interface Editor {
  /** marks what was found at its places */
  readonly show: (findings: readonly Finding[]) => void;
  readonly go: (line: number, column: number) => void;
  readonly close: () => void;
}

/** A text editor for YAML and JSON (which is YAML). */
export const createEditor = (parent: HTMLElement, text: string, changed: (text: string) => void): Editor => {
  const view = new EditorView({
    parent,
    doc: text,
    extensions: [
      basicSetup,
      yaml(),
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

import type { Answer } from '../api.ts';
import { State } from './state.tsx';

type Finding = Answer<'workshop'>['findings'][number];

/** What is wrong with what somebody wrote: where, what, what to do. */
export const Findings = ({ of, go }: { of: readonly Finding[]; go?: (finding: Finding) => void }) =>
  of.length === 0 ? null : (
    <ul className="findings">
      {of.map((found, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same may be found twice
        <li key={i}>
          <State state={found.severity === 'error' ? 'fault' : 'warning'} />
          <div>
            {found.line !== null &&
              (go === undefined ? (
                <code>
                  {found.file}:{found.line}:{found.column}
                </code>
              ) : (
                <button type="button" className="link" onClick={() => go(found)}>
                  {found.line}:{found.column}
                </button>
              ))}{' '}
            {found.message}
            {found.hint !== null && <p className="dim">→ {found.hint}</p>}
            <code className="dim">
              {found.code} {found.path}
            </code>
          </div>
        </li>
      ))}
    </ul>
  );

import { Banner, Button } from '@douyinfe/semi-ui-19';
import { Refused } from '../api.ts';
import { useSay } from '../lang.ts';

/** What went wrong, why, and what to do; with the places in files where there are some. */
export const Faulty = ({ error, again }: { error: unknown; again?: () => void }) => {
  const say = useSay();
  const problem = error instanceof Refused ? error.problem : null;
  return (
    <Banner
      type="danger"
      bordered
      fullMode={false}
      closeIcon={null}
      className="faulty"
      title={problem?.title ?? String(error)}
      description={
        <div role="alert">
          {problem?.detail && <p>{problem.detail}</p>}
          {problem?.hint && <p>→ {problem.hint}</p>}
          {problem?.problems.map((found) => (
            <p key={`${found.file}${found.line}${found.path}${found.code}`}>
              {found.file !== null && (
                <code>
                  {found.file}:{found.line}:{found.column}{' '}
                </code>
              )}
              {found.message} {found.hint}
            </p>
          ))}
          {problem !== null && <code className="dim">{problem.code}</code>}
        </div>
      }
    >
      {again !== undefined && <Button onClick={again}>{say({ zh: '再试', en: 'Try again' })}</Button>}
    </Banner>
  );
};

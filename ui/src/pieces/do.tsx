import { Modal, Toast } from '@douyinfe/semi-ui-19';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Refused } from '../api.ts';

/** An act by a button: one at a time; what came of it is said, a refusal with what to do. */
export const useDo = () => {
  const client = useQueryClient();
  const [doing, setDoing] = useState(false);
  const act = async <T,>(what: () => Promise<T>, done: (answer: T) => string | null): Promise<T | null> => {
    setDoing(true);
    try {
      const answer = await what();
      const words = done(answer);
      if (words !== null) Toast.success(words);
      return answer;
    } catch (error) {
      const problem = error instanceof Refused ? error.problem : null;
      Toast.error({
        content: problem === null ? String(error) : [problem.title, problem.hint].filter(Boolean).join(' → '),
        duration: 8,
      });
      return null;
    } finally {
      setDoing(false);
      void client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'preview',
      });
    }
  };
  return [act, doing] as const;
};

/** Asks before something that reaches people. */
export const sure = (title: string, content: string, words: { yes: string; no: string }): Promise<boolean> =>
  new Promise((resolve) => {
    Modal.confirm({
      title,
      content,
      okText: words.yes,
      okButtonProps: { 'aria-label': words.yes },
      cancelText: words.no,
      cancelButtonProps: { 'aria-label': words.no },
      onOk: () => resolve(true),
      onCancel: () => resolve(false),
    });
  });

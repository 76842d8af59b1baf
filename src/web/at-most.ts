import { failure } from '../model/errors.ts';
import { webWords } from './words.ts';

/** Lets so many go on at once; who comes while they do is refused (`busy`) rather than kept waiting. */
export const atMost = (most: number) => {
  let underWay = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (underWay >= most) throw failure(webWords, 'busy', { most }, { status: 1 });
    underWay++;
    try {
      return await work();
    } finally {
      underWay--;
    }
  };
};

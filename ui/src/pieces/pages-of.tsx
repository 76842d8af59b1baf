import { Button, Spin } from '@douyinfe/semi-ui-19';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask, type Query, withQuery } from '../api.ts';
import { useSay } from '../lang.ts';
import { Faulty } from './faulty.tsx';
import { Nothing } from './read.tsx';

interface Sheet<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** A list that is asked for page by page, newest first; a page may be short, even empty, and have a next one. */
export const PagesOf = <T,>({
  name,
  path,
  query,
  children,
}: {
  name: string;
  path: string;
  query: Query;
  children: (items: readonly T[]) => ReactNode;
}) => {
  const say = useSay();
  const sheets = useInfiniteQuery({
    queryKey: [name, path, query],
    queryFn: ({ pageParam }) => ask<Sheet<T>>(withQuery(path, { ...query, cursor: pageParam })),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  if (sheets.isPending) return <Spin wrapperClassName="waiting" />;
  if (sheets.isError && sheets.data === undefined)
    return <Faulty error={sheets.error} again={() => void sheets.refetch()} />;
  const items = sheets.data.pages.flatMap((sheet) => sheet.items);
  return (
    <>
      {items.length === 0 && !sheets.hasNextPage ? (
        <Nothing>{say({ zh: '没有符合条件的', en: 'Nothing like this' })}</Nothing>
      ) : (
        children(items)
      )}
      {sheets.hasNextPage && (
        <p className="further">
          <Button onClick={() => void sheets.fetchNextPage()} loading={sheets.isFetchingNextPage}>
            {say({ zh: '更早的', en: 'Earlier ones' })}
          </Button>
        </p>
      )}
    </>
  );
};

import { Empty, Spin } from '@douyinfe/semi-ui-19';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Answer, ask, type Query, withQuery } from '../api.ts';
import { Faulty } from './faulty.tsx';

type Reads =
  | 'today'
  | 'jobs'
  | 'job'
  | 'jobDays'
  | 'jobTimes'
  | 'run'
  | 'sent'
  | 'incidents'
  | 'recipients'
  | 'calendar'
  | 'doctor'
  | 'tokens';

/** What the API says at an address, kept up to date by events. */
export const useRead = <Name extends Reads>(
  name: Name,
  path: string,
  query: Query = {},
): UseQueryResult<Answer<Name>> =>
  useQuery({
    queryKey: [name, path, query],
    queryFn: () => ask<Answer<Name>>(withQuery(path, query)),
    placeholderData: keepPreviousData,
  });

/** The page once it is known, or what is in its way. */
export const Loaded = <T,>({ of, children }: { of: UseQueryResult<T>; children: (data: T) => ReactNode }) => {
  if (of.data !== undefined)
    return (
      <>
        {of.isError && <Faulty error={of.error} again={() => void of.refetch()} />}
        {children(of.data)}
      </>
    );
  return of.isError ? <Faulty error={of.error} again={() => void of.refetch()} /> : <Spin wrapperClassName="waiting" />;
};

/** Where there is nothing: what that means. */
export const Nothing = ({ children }: { children: ReactNode }) => <Empty className="nothing" description={children} />;

export const Page = ({
  title,
  note,
  acts,
  children,
}: {
  title: ReactNode;
  note?: ReactNode;
  acts?: ReactNode;
  children: ReactNode;
}) => (
  <>
    <div className="head">
      <div>
        <h1>{title}</h1>
        {note !== undefined && <p className="dim">{note}</p>}
      </div>
      {acts !== undefined && <div className="acts">{acts}</div>}
    </div>
    {children}
  </>
);

export const Part = ({ title, acts, children }: { title: ReactNode; acts?: ReactNode; children: ReactNode }) => (
  <section className="part">
    <div className="part-head">
      <h2>{title}</h2>
      {acts}
    </div>
    {children}
  </section>
);

/** A table for wide screens, whose rows are cards on a phone: `heads` go into each cell there. */
export const Table = ({
  heads,
  rows,
  label,
}: {
  heads: readonly string[];
  rows: readonly (readonly [key: string, cells: readonly ReactNode[], more?: ReactNode])[];
  label: string;
}) => (
  <table className="list" aria-label={label}>
    <thead>
      <tr>
        {heads.map((head, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move
          <th key={i} scope="col">
            {head}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map(([key, cells, more]) => [
        <tr key={key}>
          {cells.map((cell, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move
            <td key={i} data-head={heads[i]}>
              {cell}
            </td>
          ))}
        </tr>,
        more !== undefined && more !== null && more !== false && (
          <tr key={`${key} more`} className="more">
            <td colSpan={heads.length}>{more}</td>
          </tr>
        ),
      ])}
    </tbody>
  </table>
);

/** A number that people look for first. */
export const Figure = ({ n, of, tone }: { n: ReactNode; of: string; tone?: string }) => (
  <div className={`figure tone-${tone ?? 'idle'}`}>
    <strong>{n}</strong>
    <span>{of}</span>
  </div>
);

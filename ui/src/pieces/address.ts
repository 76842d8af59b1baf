import { useSearchParams } from 'wouter';

/** What is filtered stands in the address, so that it can be sent to somebody. Empty: not asked for. */
export const useAddress = <Name extends string>(names: readonly Name[]) => {
  const [search, setSearch] = useSearchParams();
  const asked = Object.fromEntries(names.map((name) => [name, search.get(name) ?? ''])) as Record<Name, string>;
  const ask = (changed: Partial<Record<Name, string>>): void =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changed) as [Name, string][])
          if (value === '') next.delete(name);
          else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return [asked, ask] as const;
};

import { useSearchParams } from 'wouter';

/** A name as it stands in an address; what is none there is taken as it is written. */
export const decoded = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

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

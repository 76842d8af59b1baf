import { Input } from '@douyinfe/semi-ui-19';
import { useEffect, useState } from 'react';

/** What is typed counts when the typing rests, and at once by Enter. */
const REST = 400;

export const Typed = ({ label, value, change }: { label: string; value: string; change: (value: string) => void }) => {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new function at each drawing must not begin the wait anew
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => change(typed), REST);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <Input
      value={typed}
      onChange={setTyped}
      onEnterPress={() => change(typed)}
      showClear
      placeholder={label}
      aria-label={label}
    />
  );
};

/** One of several. A select of the browser's own: it is known to keyboards, screen readers and phones. */
export const Choice = ({
  label,
  value,
  options,
  none,
  choose,
}: {
  label: string;
  value: string;
  options: readonly (readonly [value: string, text: string])[];
  /** what to choose when nothing is chosen; left out: something always is */
  none?: string;
  choose: (value: string) => void;
}) => (
  <select className="choice" aria-label={label} value={value} onChange={(event) => choose(event.target.value)}>
    {none !== undefined && <option value="">{none}</option>}
    {options.map(([each, text]) => (
      <option key={each} value={each}>
        {text}
      </option>
    ))}
  </select>
);

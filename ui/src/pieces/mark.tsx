/** larkcron's own mark: a clock. */
export const Mark = () => (
  <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="8" fill="#245bdb" />
    <circle cx="16" cy="16" r="9" fill="none" stroke="#fff" strokeWidth="2.6" />
    <path
      d="M16 10.5V16l4 3"
      fill="none"
      stroke="#fff"
      strokeWidth="2.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

/** Made when it is first asked for. */
export const once = <T>(make: () => T): (() => T) & { made(): T | null } => {
  let value: T | null = null;
  const get = (): T => {
    value ??= make();
    return value;
  };
  return Object.assign(get, { made: () => value });
};

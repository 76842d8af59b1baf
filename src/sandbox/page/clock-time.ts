import type { Ms } from '../../model/time.ts';

const two = (number: number): string => String(number).padStart(2, '0');

/** `18:05`, on this machine's wall clock: the page is only ever seen on it. */
export const clockTime = (at: Ms): string => {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
};

/** `2026-03-01 18:05:09`. */
export const moment = (at: Ms): string => {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${clockTime(at)}:${two(date.getSeconds())}`;
};

/** How numbers and names stand in sentences for people. */

/** `20,034` */
export const count = (value: number): string => value.toLocaleString('en-US');

/** `1 send`, `20,034 sends` */
export const times = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;

/** `replica1`, `replica1 and replica2`, `replica1, replica2 and replica3` */
export const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

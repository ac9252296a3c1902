/** How numbers and names stand in sentences for people. */

/** `20,034` */
export const count = (value: number): string => value.toLocaleString('en-US');

/** `1 send`, `20,034 sends` */
export const times = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;

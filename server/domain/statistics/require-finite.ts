/**
 * Throws RangeError at the first value that is infinite or not a number. Whoever asks for statistics leaves out what could
 * not be measured, and n then says so; a NaN that slipped in would turn into a result nobody can explain.
 */
export function requireFinite(values: readonly number[]): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at !== -1) throw new RangeError(`value ${at} is ${values[at]}; statistics take finite numbers`);
}

/** `14:32:26.000093` in local time, of the engine's `sec.nanos`. */
export function formatLogTime(time: string): string {
  const [seconds = '0', nanos = ''] = time.split('.');
  const date = new Date(Number(seconds) * 1000);
  const part = (value: number) => String(value).padStart(2, '0');
  return `${part(date.getHours())}:${part(date.getMinutes())}:${part(date.getSeconds())}.${nanos.padEnd(6, '0').slice(0, 6)}`;
}

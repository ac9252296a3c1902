/**
 * CPUs that no service is pinned to, as Compose takes them (`2-3`); null where there are none, or where nothing is pinned and
 * so none is anybody's.
 */
export function freeCpus(cpusets: Record<string, string>, cores: number): string | null {
  const pinned = Object.values(cpusets);
  if (pinned.length === 0) return null;
  const taken = new Set(pinned.flatMap(listCpus));
  const free = Array.from({ length: cores }, (_, cpu) => cpu).filter((cpu) => !taken.has(cpu));
  return free.length === 0 ? null : free.join(',');
}

/** `0,2-3` is 0, 2, 3. */
function listCpus(cpuset: string): number[] {
  return cpuset.split(',').flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  });
}

/**
 * Lines of translated code without what differs from load to load: numbers of maps and of BTF objects, the kernel's addresses,
 * the tags in functions' labels. Maps are numbered in the order in which they appear, so that two that were swapped still differ.
 */
export function normaliseCode(lines: readonly string[]): string[] {
  const maps = new Map<string, number>();
  const place = (id: string) => {
    const known = maps.get(id) ?? maps.size + 1;
    maps.set(id, known);
    return known;
  };
  return lines.map((line) =>
    line
      .replaceAll(/map\[id:(\d+)\]/g, (_, id: string) => `map[${place(id)}]`)
      .replaceAll(/bpf_prog_[0-9a-f]{16}/g, 'bpf_prog')
      .replaceAll(/0x[0-9a-f]{9,16}/g, '0xaddress')
      .replaceAll(/(call [A-Za-z_]\w*)#-?\d+/g, '$1')
      .trimEnd(),
  );
}

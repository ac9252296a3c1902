/** Tags as somebody types them: commas and line ends part them, and each is kept once, whatever its case. */
export function addTags(known: readonly string[], typed: string): string[] {
  const tags = new Map(known.map((tag) => [tag.toLowerCase(), tag]));
  for (const part of typed.split(/[,\n]/)) {
    const tag = part.trim().replace(/\s+/g, ' ');
    if (tag !== '' && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  }
  return [...tags.values()];
}

/** Known tags worth offering, most used first. */
export function suggestTags(
  facets: readonly { value: string; runs: number }[],
  chosen: readonly string[],
  most: number,
): string[] {
  const free = facets.filter(({ value }) => !chosen.includes(value));
  return [...free]
    .sort((a, b) => b.runs - a.runs || a.value.localeCompare(b.value))
    .slice(0, most)
    .map(({ value }) => value);
}

/** Why a tool inside a container printed nothing that can be used: its own words, where it has any. */
export function sayFailure(command: string, exitCode: number, text: string): string {
  if (exitCode === 127 || (exitCode === 126 && /not found|no such file/i.test(text))) return 'the container has no bpftool';
  const words = /"error":"([^"]*)"/.exec(text)?.[1] ?? text.trim();
  return `${command} failed with exit code ${exitCode}: ${words || 'no output'}`;
}

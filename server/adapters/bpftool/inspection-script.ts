import { LabError } from '@/server/domain/errors';
import type { ContainerExec, ExecResult } from '../docker/container-exec';

/** What one command printed and how it ended. */
export type Section = { name: string; exitCode: number; text: string };

/** ASCII record separator: none of the tools prints it. */
const MARK = '\u001e';

/**
 * One exec for everything, since each bills some 20 ms of CPU to the replica and the answers should be of one moment.
 * Fixed text, nothing is interpolated. The shell's own `read` stands in for grep, which slim images may lack.
 */
const SCRIPT = `
end() { printf '\\036%s\\036%s\\036\\n' "$1" "$2"; }
bpftool prog show 2>&1; end verbatim $?
bpftool -j prog show 2>&1; end programs $?
bpftool -j net 2>&1; end net $?
for path in /sys/class/net/*; do
  name=\${path##*/}
  [ "$name" = lo ] && continue
  for side in ingress egress; do
    tc -j filter show dev "$name" "$side" 2>&1; end "tc $name $side" $?
  done
done
for file in /proc/[0-9]*/fdinfo/*; do
  while read -r key value; do
    if [ "$key" = prog_id: ]; then
      pid=\${file#/proc/}; pid=\${pid%%/*}
      read -r comm < "/proc/$pid/comm"
      echo "$value $pid $comm"
    fi
  done < "$file"
done 2>/dev/null
end holders 0
`;

/** Inspects with one exec where the container has a shell, else with one exec per command and without holders. */
export async function inspectContainer(exec: ContainerExec, containerId: string): Promise<Section[]> {
  // Listing programs needs CAP_SYS_ADMIN; on newer engines replicas run without it.
  const needsPrivilege = !(await exec.hasSysAdmin(containerId));
  const first = await runScript(exec, containerId, needsPrivilege);
  // Some hosts let no process have every capability; then the tool itself says what it may not do.
  const result = needsPrivilege && cannotBegin(first) ? await runScript(exec, containerId, false) : first;
  return cannotBegin(result) ? inspectWithoutShell(exec, containerId) : parseSections(result.stdout);
}

function runScript(exec: ContainerExec, containerId: string, privileged: boolean): Promise<ExecResult> {
  return exec.exec(containerId, ['sh', '-c', SCRIPT], { privileged });
}

async function inspectWithoutShell(exec: ContainerExec, containerId: string): Promise<Section[]> {
  const commands = {
    verbatim: ['bpftool', 'prog', 'show'],
    programs: ['bpftool', '-j', 'prog', 'show'],
    net: ['bpftool', '-j', 'net'],
  };
  const sections: Section[] = [];
  for (const [name, argv] of Object.entries(commands)) {
    const { exitCode, stdout, stderr } = await exec.exec(containerId, argv, { privileged: false });
    sections.push({ name, exitCode: exitCode ?? 127, text: stdout + stderr });
  }
  return sections;
}

/** Each section's text stands before its mark. Throws LabError inspector_failed on output without marks. */
export function parseSections(output: string): Section[] {
  const parts = output.split(MARK);
  const sections: Section[] = [];
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const text = parts[at] ?? '';
    // The newline after the previous mark isn't the tool's.
    sections.push({ name: parts[at + 1] ?? '', exitCode: Number(parts[at + 2]), text: at === 0 ? text : text.slice(1) });
  }
  if (sections.length > 0) return sections;
  throw new LabError('inspector_failed', `the inspection printed nothing that can be read: ${output.slice(0, 200)}`);
}

/** The engine's codes for a process that could not begin; a script that ran ends with 0. */
function cannotBegin({ exitCode }: ExecResult): boolean {
  return exitCode === 126 || exitCode === 127;
}

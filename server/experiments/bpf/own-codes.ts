import type { BpfCode } from '@/server/domain/bpf-watch';
import type { LabPorts } from '../lab-ports';
import type { LiveRun } from '../live-run';
import { wordsOf } from '../tear-down';

type Read = (programId: number) => Promise<Pick<BpfCode, 'lines' | 'problem'>>;

/** The code of these programs of one replica, one after the other. */
export async function readCodesOf(
  replica: string,
  programs: readonly { id: number; name: string; tag: string }[],
  read: Read,
): Promise<BpfCode[]> {
  const codes: BpfCode[] = [];
  for (const { id, name, tag } of programs) codes.push({ replica, programId: id, name, tag, ...(await read(id)) });
  return codes;
}

/** After the measured window: the code of every replica's own programs, as its second sample shows them. */
export async function keepCodes(run: LiveRun, { engine, inspector, store }: LabPorts): Promise<void> {
  const { id, label } = run.config;
  const samples = store.samples(id).filter(({ moment }) => moment === 'after_measuring');
  const containers = await engine.containers(label);
  const kept = samples.map(async ({ replica, programs }) => {
    const container = containers.find((each) => each.service === replica && each.state === 'running');
    if (container === undefined) return;
    const own = programs.filter(({ owner }) => owner === 'replica');
    const codes = await readCodesOf(replica, own, (programId) => inspector.code(container.id, programId));
    for (const code of codes) store.saveBpfCode(id, code);
  });
  for (const { reason } of (await Promise.allSettled(kept)).filter((each) => each.status === 'rejected')) {
    run.remark('warn', `the code of an eBPF program could not be kept: ${wordsOf(reason)}`);
  }
}

import { decideOwnership } from '@/server/domain/bpf-ownership';
import type { BpfAttachment, BpfSample } from '@/server/domain/bpf-program';
import type { BpfCode } from '@/server/domain/bpf-watch';
import type { BpfInspector } from '@/server/domain/ports';
import type { ContainerExec } from '../docker/container-exec';
import { inspectContainer, type Section } from './inspection-script';
import { mergeAttachments, parseNet, parseTcFilters } from './parse-attachments';
import { dumpCommand, toCode } from './parse-code';
import { idsInVerbatim, parseHolders, parsePrograms } from './parse-programs';
import { sayFailure } from './say-failure';

/** Programs may come and go between the tool's two listings; then both are taken again. */
const ATTEMPTS = 3;

type Sample = Omit<BpfSample, 'moment' | 'insideWindow'>;

/** Looks into a container with the container's own bpftool. */
export class ContainerBpfInspector implements BpfInspector {
  constructor(private readonly exec: ContainerExec) {}

  async sample(containerId: string, replica: string): Promise<Sample> {
    let sample = await this.sampleOnce(containerId, replica);
    for (let attempt = 1; attempt < ATTEMPTS && sample.problem === null && !isOfOneMoment(sample); attempt++) {
      sample = await this.sampleOnce(containerId, replica);
    }
    return sample;
  }

  async code(containerId: string, programId: number): Promise<Pick<BpfCode, 'lines' | 'problem'>> {
    try {
      // Reading instructions needs CAP_SYS_ADMIN, as listing does.
      const privileged = !(await this.exec.hasSysAdmin(containerId));
      return toCode(await this.exec.exec(containerId, dumpCommand(programId), { privileged }));
    } catch (cause) {
      return { lines: [], problem: cause instanceof Error ? cause.message : String(cause) };
    }
  }

  private async sampleOnce(containerId: string, replica: string): Promise<Sample> {
    const takenAt = Date.now();
    try {
      return toSample(replica, takenAt, await inspectContainer(this.exec, containerId));
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : String(cause);
      return { replica, takenAt, verbatim: '', programs: [], attachments: [], problem };
    }
  }
}

function toSample(replica: string, takenAt: number, sections: Section[]): Sample {
  const section = (name: string) => sections.find((candidate) => candidate.name === name);
  const verbatim = section('verbatim')?.text ?? '';
  const failed = [section('verbatim'), section('programs')].find((candidate) => candidate?.exitCode !== 0);
  if (failed !== undefined) {
    const problem = sayFailure('bpftool prog show', failed.exitCode, failed.text);
    return { replica, takenAt, verbatim, programs: [], attachments: [], problem };
  }
  const attachments = readAttachments(sections);
  const holders = parseHolders(section('holders')?.text ?? '');
  const programs = decideOwnership(parsePrograms(section('programs')?.text ?? '', holders), attachments);
  const names = new Map(programs.map(({ id, name }) => [id, name]));
  return {
    replica,
    takenAt,
    verbatim,
    programs,
    attachments: attachments.map((attachment) => ({ ...attachment, programName: nameOf(attachment, names) })),
    problem: null,
  };
}

function readAttachments(sections: Section[]): BpfAttachment[] {
  const net = sections.find(({ name }) => name === 'net');
  const fromNet = net?.exitCode === 0 ? parseNet(net.text) : [];
  const fromTc = sections.flatMap(({ name, exitCode, text }) => {
    const [, ifname, side] = /^tc (\S+) (\S+)$/.exec(name) ?? [];
    return ifname !== undefined && side !== undefined && exitCode === 0 ? parseTcFilters(text, ifname, side) : [];
  });
  return mergeAttachments(fromNet, fromTc);
}

/** tc calls a program by its object file, which says less than its own name. */
function nameOf({ programId, programName }: BpfAttachment, names: ReadonlyMap<number, string>): string {
  return (programId === null ? undefined : names.get(programId)) || programName;
}

function isOfOneMoment({ verbatim, programs }: Sample): boolean {
  return idsInVerbatim(verbatim).join() === programs.map(({ id }) => id).join();
}

import type Dockerode from 'dockerode';
import type { RunLabel } from '@/server/domain/run';
import { projectOf, RUN_LABEL } from '@/server/domain/run-label';
import { ROLE_LABEL, removeContainer } from './run-objects';

/** A container that the lab sets beside a run's. argv: what it runs. cpuset: null leaves it to the kernel. */
export type BesideSpec = { label: RunLabel; image: string; argv: string[]; cpuset: string | null };

const MEBIBYTE = 1024 * 1024;

/** The next of a run gets another name while the last one is still being removed. */
let started = 0;

/**
 * What both kinds need: the host's process ids, to find the replicas' network namespaces, and three capabilities (SYS_ADMIN for
 * bpf() on engines that know no BPF and PERFMON, NET_ADMIN for tc, SYS_PTRACE to enter namespaces). The engine removes it when
 * it ends by itself; the run's label lets a sweep find it after a crash. Nothing is written to the engine's disk.
 */
export function besideOptions(role: string, { label, image, argv, cpuset }: BesideSpec): Dockerode.ContainerCreateOptions {
  started += 1;
  return {
    name: `${projectOf(label)}-${role}-${process.pid}-${started}`,
    Image: image,
    Cmd: argv,
    Labels: { [RUN_LABEL]: label, [ROLE_LABEL]: role },
    HostConfig: {
      AutoRemove: true,
      PidMode: 'host',
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      CapAdd: ['SYS_ADMIN', 'NET_ADMIN', 'SYS_PTRACE'],
      SecurityOpt: ['no-new-privileges:true'],
      ReadonlyRootfs: true,
      Memory: 128 * MEBIBYTE,
      PidsLimit: 32,
      LogConfig: { Type: 'none', Config: {} },
      ...(cpuset === null ? {} : { CpusetCpus: cpuset }),
    },
  };
}

/** Runs the step that attaches and starts it; a container for which that fails is removed. */
export async function orRemove<Result>(client: Dockerode, id: string, step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (cause) {
    await removeContainer(client, id);
    throw cause;
  }
}

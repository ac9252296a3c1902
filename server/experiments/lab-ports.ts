import type { ArchiveFiles } from '../domain/archive';
import type {
  BpfInspector,
  BpfWatcher,
  Composer,
  Engine,
  FaultInjector,
  HostLock,
  HostMonitor,
  LabStore,
  OwnCpus,
} from '../domain/ports';

/** Everything outside that the use cases reach; main and the CLI fill it with adapters. */
export type LabPorts = {
  engine: Engine;
  composer: Composer;
  inspector: BpfInspector;
  bpfWatcher: BpfWatcher;
  faultInjector: FaultInjector;
  store: LabStore;
  lock: HostLock;
  monitor: HostMonitor;
  ownCpus: OwnCpus;
  archives: ArchiveFiles;
  /** Commit of the lab's own tree, recorded with each run; null outside a repository. */
  gitCommit: string | null;
};

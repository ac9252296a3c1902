/** Adapters and use cases put together, once for the panel and once for each `lab` command. */
import { createArchiveFiles } from './adapters/archive/archive-files';
import { ContainerBpfInspector } from './adapters/bpftool/bpf-inspector';
import { ContainerBpfWatcher } from './adapters/bpftool/bpf-watcher';
import { ComposeCli } from './adapters/compose/compose-cli';
import { DockerEngine } from './adapters/docker/docker-engine';
import { ContainerFaultInjector } from './adapters/faults/container-fault-injector';
import { ProcHostMonitor } from './adapters/host/host-monitor';
import { TasksetOwnCpus } from './adapters/host/own-cpus';
import { checkReadiness } from './adapters/host/readiness';
import { SqliteHostLock } from './adapters/lock/sqlite-host-lock';
import { openStore } from './adapters/store/open-store';
import type { Readiness } from './domain/host';
import type { RunConfig } from './domain/run';
import { labelOf } from './domain/run-label';
import { childEnvironment, type LabEnv } from './env';
import { Lab } from './experiments/lab';
import { sweepLeftovers } from './experiments/sweep-leftovers';
import { readGitCommit } from './git-commit';

export type OpenLab = {
  lab: Lab;
  readiness(): Promise<Readiness>;
  /** Interrupts what runs, then closes lock and store. */
  close(): Promise<void>;
};

/** Opens the store and the lock; the engine is first asked when something needs it. Throws LabError store_failed. */
export async function openLab(env: LabEnv, origin: RunConfig['origin']): Promise<OpenLab> {
  const store = openStore({ dataDir: env.dataDir });
  const engine = new DockerEngine({ dockerHost: env.dockerHost });
  const composer = new ComposeCli({ scenariosDir: env.scenariosDir, environment: childEnvironment(env) });
  const lock = new SqliteHostLock({
    dataDir: env.dataDir,
    activeRuns: async () => {
      // What an earlier teardown had to leave behind is nobody's run any more.
      await sweepLeftovers({ store, engine });
      return engine.activeRuns();
    },
    removeLeftovers: (run) => engine.removeLeftovers(labelOf(store.storeId, run)),
  });
  const gitCommit = await readGitCommit(env.projectRoot);
  const inspector = new ContainerBpfInspector(engine);
  const bpfWatcher = new ContainerBpfWatcher(engine, env.image);
  const faultInjector = new ContainerFaultInjector(engine, env.image);
  const monitor = new ProcHostMonitor();
  const ownCpus = new TasksetOwnCpus();
  const archives = createArchiveFiles();
  const outside = { engine, composer, inspector, bpfWatcher, faultInjector, store, lock, monitor, ownCpus, archives };
  const lab = new Lab({ ...outside, gitCommit }, origin);
  return {
    lab,
    readiness: async () => {
      const { scenarios } = await composer.catalogue();
      const replicasMax = Math.max(3, ...scenarios.map((scenario) => scenario.replicas.length));
      return checkReadiness({ engine, composer, dataDir: env.dataDir, image: env.image, replicasMax });
    },
    close: async () => {
      await lab.close();
      lock.close();
      store.close();
    },
  };
}

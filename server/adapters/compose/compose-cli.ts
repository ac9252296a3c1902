import { access, readFile } from 'node:fs/promises';
import { LabError } from '@/server/domain/errors';
import type { ComposeLaunch, Composer } from '@/server/domain/ports';
import type { RunConfig } from '@/server/domain/run';
import type { Catalogue, Scenario } from '@/server/domain/scenario';
import { CatalogueReader } from './catalogue';
import { composeMissing, isComposeMissing, toComposeError } from './compose-errors';
import { type ComposeNames, renderOverride } from './override-file';
import { type CliResult, runCli } from './run-cli';
import { ScenarioDocument, ScenarioProblem } from './scenario-document';
import { composeShape } from './x-lab';

const VERSION_TIMEOUT_MS = 15_000;
const DOWN_TIMEOUT_MS = 60_000;
/** Replicas end within 100 ms of SIGTERM; whoever doesn't is killed after this. */
const GRACE_S = 2;

export type ComposeCliOptions = {
  /** Absolute. */
  scenariosDir: string;
  /** The CLI's whole environment: PATH, HOME, DOCKER_HOST, DOCKER_CONFIG, LAB_IMAGE and what scenarios interpolate. */
  environment: Readonly<Record<string, string>>;
};

/** Docker's own `docker compose`, version 2. */
export class ComposeCli implements Composer {
  private readonly reader: CatalogueReader;

  constructor(private readonly options: ComposeCliOptions) {
    this.reader = new CatalogueReader(options.scenariosDir, options.environment);
  }

  /** Throws LabError compose_missing. */
  async version(): Promise<string> {
    const argv = ['docker', 'compose', 'version', '--short'];
    const result = await runCli({ argv, environment: this.options.environment, cwd: '/', timeoutMs: VERSION_TIMEOUT_MS });
    if (result.exitCode === 0) return result.stdout.trim();
    if (isComposeMissing(result)) throw composeMissing();
    throw new LabError('compose_missing', `docker compose does not run: ${result.stderr.trim() || 'no output'}`, {
      remedy: 'docker compose version',
    });
  }

  catalogue(): Promise<Catalogue> {
    return this.reader.read();
  }

  async override(config: RunConfig, scenario: Scenario): Promise<string> {
    return renderOverride(config, scenario, await readNames(scenario));
  }

  async up(launch: ComposeLaunch, signal: AbortSignal): Promise<void> {
    const argv = [...this.command(launch), '--file', launch.overrideFile, 'up', '--detach', '--pull', 'never'];
    const result = await this.run(argv, signal);
    signal.throwIfAborted();
    if (result.exitCode !== 0) throw this.toError(result, launch);
  }

  /** Leaves nothing of the project: containers, networks, volumes. Works without the files too, which may be gone. */
  async down(launch: Pick<ComposeLaunch, 'scenario' | 'project' | 'overrideFile'>): Promise<void> {
    const down = ['down', '--remove-orphans', '--volumes', '--timeout', String(GRACE_S)];
    if (await canRead(launch.overrideFile, launch.scenario.composeFile)) {
      const result = await this.run([...this.command(launch), '--file', launch.overrideFile, ...down]);
      if (result.exitCode === 0) return;
      if (isComposeMissing(result)) throw composeMissing();
    }
    // By the project's labels alone; a file that broke after the launch must not keep the containers alive.
    const result = await this.run(['docker', 'compose', '--ansi', 'never', '--project-name', launch.project, ...down]);
    if (result.exitCode !== 0) throw this.toError(result, launch);
  }

  private command({ scenario, project }: Pick<ComposeLaunch, 'scenario' | 'project'>): string[] {
    return ['docker', 'compose', '--ansi', 'never', '--project-name', project, '--file', scenario.composeFile];
  }

  private run(argv: string[], signal?: AbortSignal): Promise<CliResult> {
    // Compose looks for files from here upwards when none is named, and would find the panel's own.
    const call = { argv, environment: this.options.environment, cwd: '/' };
    return runCli(signal === undefined ? { ...call, timeoutMs: DOWN_TIMEOUT_MS } : { ...call, signal });
  }

  private toError(result: CliResult, { scenario, project }: Pick<ComposeLaunch, 'scenario' | 'project'>): LabError {
    return toComposeError(result, { project, scenario: scenario.name, composeFile: scenario.composeFile });
  }
}

/** Networks that are somebody else's can't be labelled. Throws LabError bad_compose_file if the file broke since it was listed. */
async function readNames(scenario: Scenario): Promise<ComposeNames> {
  try {
    const document = ScenarioDocument.parse(scenario.composeFile, await readFile(scenario.composeFile, 'utf8'));
    const { services, networks } = composeShape.parse(document.content);
    const own = Object.entries(networks ?? {}).filter(([, network]) => !network?.external);
    const usesDefault = Object.values(services).some(
      (service) => service?.networks == null && service?.network_mode === undefined,
    );
    const names = own.map(([name]) => name);
    return {
      services: Object.keys(services),
      networks: usesDefault && networks?.default === undefined ? [...names, 'default'] : names,
    };
  } catch (cause) {
    const words = cause instanceof ScenarioProblem ? cause.message : `${scenario.composeFile} cannot be read`;
    throw new LabError('bad_compose_file', words, { cause });
  }
}

async function canRead(...paths: string[]): Promise<boolean> {
  try {
    await Promise.all(paths.map((path) => access(path)));
    return true;
  } catch {
    return false;
  }
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Eight containers that print nothing but lines; see ebpf/bin/testing/flood.c. */
export const FLOOD_SOURCES = [...Array.from({ length: 7 }, (_, at) => `replica${at + 1}`), 'client'];

/** After its last line the client stays this long, the replicas until they are stopped. */
const LINGER_S = { client: 2, replica: 3600 };

export type Flood = { linesPerS: number; seconds: number };

export type FloodScenario = {
  scenariosDir: string;
  name: string;
  /** What a container wrote, as it says itself. */
  fileOf: (source: string) => string;
  remove: () => void;
};

/** A third party's scenario in a folder of its own: no `x-lab`, so the lab follows the output and knows nothing of it. */
export function writeFloodScenario({ linesPerS, seconds }: Flood): FloodScenario {
  const root = mkdtempSync(join(tmpdir(), 'electrode-lab-flood-'));
  const name = 'flood8';
  const scenariosDir = join(root, 'scenarios');
  const written = join(root, 'written');
  mkdirSync(join(scenariosDir, name), { recursive: true });
  mkdirSync(written, { mode: 0o777 });
  const services = FLOOD_SOURCES.map((source) => serviceOf(source, { linesPerS, seconds }, written));
  const document = ['services:', ...services, 'networks:', '  flood:', '    internal: true', ''].join('\n');
  writeFileSync(join(scenariosDir, name, 'docker-compose.yaml'), document);
  return {
    scenariosDir,
    name,
    fileOf: (source) => join(written, source),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function serviceOf(source: string, { linesPerS, seconds }: Flood, written: string): string {
  const rate = Math.round(linesPerS / FLOOD_SOURCES.length);
  const linger = source === 'client' ? LINGER_S.client : LINGER_S.replica;
  return [
    `  ${source}:`,
    '    image: electrode-lab/replica-testing:dev',
    `    command: [flood, "${rate}", "${seconds}", /written/${source}, "${linger}"]`,
    '    networks: [flood]',
    '    init: false',
    '    stop_grace_period: 2s',
    '    volumes:',
    `      - ${written}:/written`,
  ].join('\n');
}

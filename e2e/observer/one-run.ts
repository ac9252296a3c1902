import { z } from 'zod';

export type Observe = { bpfStatistics: boolean; trace: boolean };
export type RunChoice = { scenario: string; variant: string; requests: number; warmupSeconds: number; observe: Observe };

/** What one run says of itself. CPU in cores: 1 = one core, over the measured window. */
export type RunFigures = {
  id: string;
  p50Ns: number;
  p99Ns: number;
  /** The panel's process and its children. */
  serverCores: number;
  /** dockerd, containerd and their shims. */
  engineCores: number;
  viewers: number;
  offload: string;
};

const launched = z.object({ result: z.object({ data: z.object({ id: z.string() }) }) });
const view = z.object({
  result: z.object({
    data: z.object({
      state: z.string(),
      latency: z.object({ p50Ns: z.number(), p99Ns: z.number() }).nullable(),
      conditions: z
        .object({ labCores: z.number().nullable(), engineCores: z.number().nullable(), viewers: z.number() })
        .nullable(),
      proof: z.object({ mechanism: z.object({ verdict: z.string() }) }).nullable(),
    }),
  }),
});

export async function launchRun(url: string, choice: RunChoice): Promise<string> {
  const { scenario, variant, requests, warmupSeconds, observe } = choice;
  const workload = {
    amount: { kind: 'requests', requests },
    warmupSeconds,
    clients: 1,
    payloadBytes: 64,
    getPercent: 50,
    placement: 'auto',
  };
  const body = JSON.stringify({ scenario, variant, workload, observe, insist: true, requestId: crypto.randomUUID() });
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${url}/api/trpc/runs.launch`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`the run was not launched: ${await response.text()}`);
  return launched.parse(await response.json()).result.data.id;
}

/** Asked once a second: the question itself costs the panel something, and the same in every run. */
export async function runFigures(url: string, id: string): Promise<RunFigures> {
  for (;;) {
    const response = await fetch(`${url}/api/trpc/runs.get?input=${encodeURIComponent(JSON.stringify({ id }))}`);
    const { state, latency, conditions, proof } = view.parse(await response.json()).result.data;
    if (state === 'done' && latency !== null && conditions !== null) {
      const { labCores, engineCores, viewers } = conditions;
      if (labCores === null || engineCores === null) throw new Error(`${id}: CPU of the panel or the engine could not be read`);
      const offload = proof?.mechanism.verdict ?? 'unknown';
      return { id, ...latency, serverCores: labCores, engineCores, viewers, offload };
    }
    if (['done', 'failed', 'stopped', 'interrupted'].includes(state)) throw new Error(`${id} ended as ${state}`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

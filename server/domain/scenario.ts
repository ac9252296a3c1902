/** A folder under `scenarios/` with a compose file: what can be launched. */

/** Which offloads are on. Own scenarios know `baseline` and `tc_broadcast`; others may name more. */
export type VariantName = string;

export type Variant = {
  name: VariantName;
  /** What a user reads beside the name. */
  title: string;
  /** Set on every replica service. */
  environment: Record<string, string>;
  /** Replaces the replicas' image, for variants that are builds of their own. */
  image: string | null;
  /** What the proof of offload has to say for a run of this variant to be what it claims. */
  expects: 'not_offloaded' | 'offloaded' | 'anything';
};

export type ScenarioReplica = {
  /** 1..N, in the order of the cluster's configuration. */
  id: number;
  /** Compose service name, e.g. `replica1`. */
  service: string;
};

/** How the client's output is read. `electrode` is the original client's text; `lab` is events.def. */
export type ClientFormat = 'lab' | 'electrode';

export type Scenario = {
  /** The folder's name; unique. */
  name: string;
  title: string;
  /** Absolute path of its compose file. */
  composeFile: string;
  replicas: ScenarioReplica[];
  /** Majority of the replicas. */
  quorum: number;
  clientService: string;
  clientFormat: ClientFormat;
  variants: Variant[];
  /** False: inferred from service names, the file has no `x-lab`. */
  declared: boolean;
  /** Images that the services use, after interpolation. */
  images: string[];
  /** Largest payload in bytes that one datagram carries on this scenario's network. */
  payloadMaxBytes: number;
  /** Said beside the scenario, e.g. a config.txt that disagrees. */
  notes: string[];
};

/** A folder that cannot be launched, and why, in words that name file, line and remedy. */
export type BrokenScenario = { name: string; composeFile: string; problem: string };

export type Catalogue = { scenarios: Scenario[]; broken: BrokenScenario[] };

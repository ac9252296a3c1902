import { describe, expect, it } from 'vitest';
import { applyElectrode, readElectrodeLine, startElectrode } from './electrode-client';

const output = `
20261023-055511-1187 19223 * WarmupDone      (benchmark.cc:79):  Completed warmup period of 1 seconds with 4086 requests
20261023-060302-1622 27627 ! ResendRequest   (client.cc:134):    Client timeout; resending request
20261023-055513-1527 19223 * Finish          (benchmark.cc:156): Completed 10000 requests in 2.033928 seconds
20261023-055514-1524 19223 * CooldownDone    (benchmark.cc:96):  Median latency is 168790 ns (168 us)
20261023-055514-1524 19223 * CooldownDone    (benchmark.cc:100): 90th percentile latency is 239575 ns (239 us)
20261023-055514-1524 19223 * CooldownDone    (benchmark.cc:104): 95th percentile latency is 290112 ns (290 us)
20261023-055514-1524 19223 * CooldownDone    (benchmark.cc:108): 99th percentile latency is 705355 ns (705 us)
`;

const read = (text: string) =>
  text
    .split('\n')
    .flatMap((line) => readElectrodeLine(line) ?? [])
    .reduce(applyElectrode, startElectrode());

describe("the original client's text", () => {
  it('gives requests, seconds, percentiles and timeouts', () => {
    const state = read(output);
    expect(state).toMatchObject({ phase: 'done', completed: 10_000, seconds: 2.033928, timeouts: 1 });
    expect(state.throughputPerS).toBeCloseTo(4916.6, 1);
    expect(state.latency).toEqual({
      n: 10_000,
      minNs: null,
      meanNs: null,
      p50Ns: 168_790,
      p90Ns: 239_575,
      p95Ns: 290_112,
      p99Ns: 705_355,
      p999Ns: null,
      maxNs: null,
    });
  });

  it('goes to measuring after the warm-up', () => {
    expect(read(output.split('\n').slice(0, 2).join('\n'))).toMatchObject({ phase: 'measuring', completed: 0, latency: null });
  });

  it('gives no summary while a percentile is missing', () => {
    expect(read(output.replace(/.*95th.*\n/, '')).latency).toBeNull();
  });

  it('reads what replicas say about resends and views', () => {
    expect(readElectrodeLine('20261023-060252-9591 27613 * ResendPrepare   (replica.cc:480):   [0] Resending prepare')).toEqual(
      { fact: 'prepare_resent' },
    );
    expect(
      readElectrodeLine(
        '20261023-060255-1591 27621 ! operator()      (replica.cc:138):   [2] Have not heard from leader; starting view change',
      ),
    ).toEqual({
      fact: 'leader_silent',
      replica: 2,
    });
    expect(
      readElectrodeLine('20261023-060255-1610 27613 * EnterView       (replica.cc:396):   [0] Entering new view 1'),
    ).toEqual({
      fact: 'view_entered',
      replica: 0,
      view: 1,
    });
  });

  it('takes nothing from other lines', () => {
    expect(readElectrodeLine('Median latency is unknown')).toBeNull();
    expect(readElectrodeLine('')).toBeNull();
  });
});

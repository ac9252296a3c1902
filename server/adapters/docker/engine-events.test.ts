import { expect, test } from 'vitest';
import { toEngineEvent } from './engine-events';
import { readEventStream } from './event-stream';

const TIME = 1_795_457_121_123_456_000;
const line = (Type: string, Action: string, Attributes: Record<string, string>) =>
  `${JSON.stringify({ Type, Action, Actor: { ID: 'abc', Attributes }, scope: 'local', time: 1_795_457_121, timeNano: TIME })}\n`;

async function* chunksOf(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("a run's containers are told by label and its networks by the project's name; the rest of the engine is not", async () => {
  const stream =
    line('network', 'create', { name: 'electrode-lab-3fa9c1-r-0007_lab', type: 'bridge' }) +
    line('network', 'create', { name: 'electrode-lab-3fa9c1-r-00070_lab', type: 'bridge' }) +
    line('container', 'start', { 'electrode-lab.run': '3fa9c1-r-0007', 'com.docker.compose.service': 'replica1' }) +
    line('container', 'die', { 'com.docker.compose.project': 'electrode-lab-3fa9c1-r-0007', exitCode: '137' }) +
    line('container', 'start', { 'electrode-lab.run': '3fa9c1-r-0008' }) +
    // The same run id of other stores.
    line('container', 'start', { 'electrode-lab.run': '0b77de-r-0007' }) +
    line('network', 'create', { name: 'electrode-lab-0b77de-r-0007_lab', type: 'bridge' }) +
    line('container', 'start', { name: 'somebody-else' });
  for (const size of [5, 10_000]) {
    const events = [];
    for await (const message of readEventStream(chunksOf(stream, size))) events.push(toEngineEvent(message, '3fa9c1-r-0007'));
    const at = TIME / 1e6;
    expect(events.filter((event) => event !== null)).toEqual([
      { kind: 'network', action: 'create', service: null, containerId: null, exitCode: null, at },
      { kind: 'container', action: 'start', service: 'replica1', containerId: 'abc', exitCode: null, at },
      { kind: 'container', action: 'die', service: null, containerId: 'abc', exitCode: 137, at },
    ]);
  }
});

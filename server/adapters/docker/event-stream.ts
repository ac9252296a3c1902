import { z } from 'zod';

const engineMessage = z.object({
  Type: z.string(),
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()).nullish() }),
  timeNano: z.number(),
});

/** An event as the Engine tells it. timeNano is rounded to about 256 ns by JSON. */
export type EngineMessage = z.infer<typeof engineMessage>;

/** Reads the Engine's event stream: one JSON object per line, cut anywhere by the chunks. */
export async function* readEventStream(stream: AsyncIterable<Buffer | string>): AsyncGenerator<EngineMessage> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.trim() !== '') yield engineMessage.parse(JSON.parse(line));
    }
  }
}
